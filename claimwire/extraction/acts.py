"""Acts: what a speaker does, from the cue, its negation and what follows it.

"Denied" is a denial only of words: that something is so, a report, having done a thing. A court
that denies bail, a reporter denied access and a proposal rejected are no answers to any claim.
"""

import re

from claimwire.statements import Act

WORDS_SPOKEN = (
    r"(?:reports?|claims?|allegations?|accusations?|charges?|assertions?|suggestions?|statements?"
    r"|rumou?rs?|account|talk|story|stories"
    r"|accounts|report|speculation|announcements?|version|figures?|news)"
)
SPOKEN = re.compile(rf"^(?:\W*\b[\w’'.-]+\b\W*){{0,5}}?\b{WORDS_SPOKEN}\b", re.I)
PROPOSITION = re.compile(
    r"^\W*(?:that\b|it\b|this\b|(?:having|being|\w+ing)\b|(?:any|all|its|their|his"
    r"|her) (?:\w+ )?(?:involvement|responsibility|role|part|knowledge"
    r"|link|links|intention|plans?|wrongdoing)\b|(?:responsibility|involvement|wrongdoing)\b"
    r"|(?:[\w’'.-]+ ){1,10}?(?:had|has|have|was|were|is|are|will|would|did)\b)",
    re.I,
)
NEGATED = re.compile(r"\b(?:not|never|nor|neither|cannot)\s*(?:[\w]+\s+)?$|n['’]t\s+$|\b(?:could|can) not be\s*$", re.I)
UNABLE = re.compile(r"\b(?:could|can|cannot|unable)\b", re.I)
PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being|be)\s+$", re.I)
COURT = re.compile(r"\b(?:court|judge|tribunal|magistrate|panel)\b", re.I)
DECLARED_FALSE = re.compile(
    r"\b(?:(?:is|was|are|were|as) (?:\w+ )?(?:untrue|false|not true|baseless|unfounded|groundless"
    r"|an? (?:lie|invention|fabrication|fake))"
    r"|(?:no|any) truth)\b",
    re.I,
)
FALSE = re.compile(r"\b(?:false|untrue|baseless|unfounded|groundless|a lie|lies|an invention|fake|nonsense)\b", re.I)
TAKEN_BACK = re.compile(r"\b(?:take|takes|took|taken) (?:it|that|this|them) back\b", re.I)
OWN_WORDS = re.compile(rf"^\W*(?:(?:its|their|his|her|an?|the|that) )?(?:\w+ ){{0,2}}?{WORDS_SPOKEN}\b", re.I)
ANAPHOR = re.compile(
    rf"^\W*(?:the|this|that|these|those|it|such|any|all|as|its|his|her"
    rf"|their)?\s*(?:\w+ )?(?:{WORDS_SPOKEN}|it|this|that|so)\b(?! (?:that|of|by|had|has|was|were|from"
    rf"|saying)\b)",
    re.I,
)
OF_WORDS = re.compile(
    rf"^\W*(?:[\w’'.-]+ ){{0,4}}?{WORDS_SPOKEN}\s*(?:(?:by|from|in) [\w’' .-]{{2,50}}?\s)?(?:that|of|saying|about)\s+",
    re.I,
)


def act_of(verb_act: Act, before: str, source: str, content: str) -> Act | None:
    """The act of an attribution; None where the cue puts no words in anybody's mouth.

    Parameters
    ----------
    verb_act
        What the cue's verb does by itself.
    before
        The sentence up to the cue, where a negation or a passive stands.
    source, content
        The words of the two spans.
    """
    if NEGATED.search(before):
        answers = verb_act in (Act.DENIES, Act.CONFIRMS) and source and not UNABLE.search(before)
        return Act.DECLINES if answers else None
    if verb_act is Act.ASSERTS and PASSIVE.search(before):
        return None
    if verb_act is Act.DENIES:
        return Act.DENIES if _denies_words(before, source, content) else None
    if verb_act is Act.RETRACTS:
        return Act.RETRACTS if OWN_WORDS.match(content) else None
    if verb_act is Act.ASSERTS:
        if TAKEN_BACK.search(content):
            return Act.RETRACTS
        if DECLARED_FALSE.search(content) and (SPOKEN.search(content) or len(content.split()) <= SHORT):
            return Act.DENIES
    return verb_act


SHORT = 7
"""Words of an answer that has no matter of its own: "the report was untrue"."""


def _denies_words(before: str, source: str, content: str) -> bool:
    if COURT.search(source) or (PASSIVE.search(before) and not source):
        return False
    if SPOKEN.search(content):
        return True
    return bool(PROPOSITION.match(content)) and not _only_rejects(content)


def _only_rejects(content: str) -> bool:
    """Whether the matter is a proposal or the like, which one turns down rather than denies."""
    return bool(re.match(r"^\W*(?:an?|the|any|all) [\w-]+ (?:to|for)\b", content, re.I))


def is_anaphor(content: str) -> bool:
    """Whether the content only points at words spoken before: "the claim", "those reports"."""
    return bool(ANAPHOR.match(content)) and not OF_WORDS.match(content)


def points_back(act: Act, content: str) -> bool:
    """Whether an answer that codes no event of its own speaks of words said before it."""
    if act is Act.DENIES:
        return is_anaphor(content) or bool(DECLARED_FALSE.search(content) or FALSE.search(content))
    return act in (Act.DECLINES, Act.RETRACTS)


def denied_clause(content: str) -> str:
    """The proposition inside "reports by X that Y": Y; the content itself where there is none."""
    match = OF_WORDS.match(content)
    return content[match.end() :] if match else content
