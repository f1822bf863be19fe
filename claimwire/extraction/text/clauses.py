"""Clauses: the words around a phrase in its sentence, and whether it is stated as a fact."""

import re

from claimwire.rules import rule

NEGATION = rule(
    r"\b(?:not(?! know\b)|never|no|none|neither|nobody|nothing|without|cannot|hardly|failed to|fails to)\b"
    r"|n['’]t\b(?! know\b)",
    re.I,
    finds="the army does not hold the town",
    passes="the army does not know who holds the town",
)
NOT_A_FACT = rule(
    r"\b(?:struggl\w+|try|tries|tried|trying|attempt\w*|aim(?:s|ed|ing)?|seek(?:s|ing)?|sought|wants?|wanted"
    r"|hop(?:e|es|ed|ing)|plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|would|could|may|might|should|if|whether|unless"
    r"|until|order(?:s|ed) (?:\w+ ){0,3}to|threat\w*|risk of|possib\w+|told (?:of|about)|prepar\w+|unable|able to"
    r"|who|what|as|will|shall|going to|due to|bid to|battle for|fight(?:ing)? for|to(?! have\b)(?= \w+\s*$))\b"
    r"|(?<!continue )(?<!continues )(?<!continued )\bto\s+$",
    re.I,
    finds="the army hopes to ",
    passes="the army continues to ",
)
SUPPOSED = rule(
    r"\b(?:if|whether|unless|until|should(?= [\w ]{1,30}$)|would(?! be\b)|in (?:the )?(?:case|event)\b"
    r"|were .{1,30} to)\b"
    r"|^\s*should\b",
    re.I,
    finds="whether the bank would be ",
    passes="the bank would be ",
)
"""Words before a phrase that make it a supposition and not even an intention."""

CONJUNCTIONS = "and|but|while|although|though|where|which|that|as|after|because"
CLAUSE = rule(
    rf"[,;:]| - |\b(?:{CONJUNCTIONS}|why|how)\b",
    re.I,
    finds="the hill and the town",
    passes="the hill above the town",
)
"""Separators of clauses. "If" and "whether" are none, since they show that the next words are no fact."""
NEGATION_REACH = 60


def first_words(words: str, reach: int) -> str:
    """The whole words within the first characters of a text."""
    return words[: _between_words(words, reach, -1)]


def last_words(words: str, reach: int) -> str:
    """The whole words within the last characters of a text."""
    return words[_between_words(words, max(0, len(words) - reach), 1) :]


def _between_words(words: str, at: int, step: int) -> int:
    """The next offset that is not inside a word, since the end of "Volcano" is no "no"."""
    while 0 < at < len(words) and words[at - 1].isalnum() and words[at].isalnum():
        at += step
    return at


def clause_before(words: str, end: int) -> str:
    """The words of the clause before an offset."""
    cuts = [m.end() for m in CLAUSE.finditer(words, 0, end) if words[m.end() : end].strip()]
    return words[max(cuts, default=0) : end]


def is_supposed(clause: str) -> bool:
    """Whether the next words are a wish, a plan, a question or a supposition, and so no fact."""
    return bool(NOT_A_FACT.search(clause)) and clause.strip().lower() != "to"


def is_negated(words: str, match: re.Match[str]) -> bool:
    """Whether a negation is before the phrase in its part of the sentence, or at the phrase's slot for one."""
    if match.groupdict().get("not"):
        return True
    reach = last_words(words[max(0, match.start() - NEGATION_REACH - 1) : match.start()], NEGATION_REACH)
    return bool(NEGATION.search(reach[reach.rfind(",") + 1 :])) and not NEGATION.search(match.group())


def mask(words: str, spans: list[tuple[int, int]]) -> str:
    """The words with each span overwritten, so that patterns can ask for a name there."""
    for start, end in spans:
        words = words[:start] + "·" * (end - start) + words[end:]
    return words
