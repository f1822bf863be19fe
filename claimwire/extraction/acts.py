"""Acts: what a speaker does, from the cue, its negation and what follows it.

"Denied" is a denial only of words: that something is so, a report, having done a thing. A court
that denies bail, a reporter denied access and a proposal rejected are no answers to any claim.
"""

import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from claimwire.statements import Act

CUES_FILE = files("claimwire") / "data" / "cues.tsv"

WORDS_SPOKEN = (
    r"(?:reports?|claims?|allegations?|accusations?|charges?|assertions?|suggestions?|statements?"
    r"|rumou?rs?|account|talk|story|stories|article|accusing|hints?|premise|contentions?|declarations?"
    r"|accounts|speculation|announcements?|version|figures?|news|notions?|implications?|insinuations?)"
)
SPOKEN = re.compile(rf"^\W*+(?:[\w’'.-]++\W++){{0,5}}?{WORDS_SPOKEN}\b", re.I)
PROPOSITION = re.compile(
    r"^\W*(?:that\b(?! \w+\W*$)|(?:it|this)\W*$|(?:it|this) (?:had|has|was|is|would|will|did)\b"
    r"|(?:having|being)\b|(?:any|all|its|their|his"
    r"|her) (?:\w+ )?(?:involvement|responsibility|role|part|knowledge"
    r"|link|links|intention|plans?|wrongdoing|connection|connections|ties)\b"
    r"|(?:responsibility|involvement|wrongdoing|plans?|knowledge|links?|ties)\b"
    r"|(?:[\w’'.-]+ ){1,10}?(?:had|has|have|was|were|is|are|will|would|did)\b)",
    re.I,
)
ONLY_REJECTED = re.compile(r"^\W*(?:an?|the|any|all|that|this) [\w-]+ (?:to|for)\b", re.I)
"""A proposal or the like, which one turns down rather than denies."""

DENY = re.compile(r"den(?:y|ies|ied|ying|ials?)", re.I)
RULED_OUT = re.compile(r"rul(?:es?|ed|ing) out", re.I)
WITHHELD = re.compile(
    r"^\W*+(?:[\w’'.-]++\W++){0,7}?(?:access|entry|bail|visas?|permission|permits?|requests?"
    r"|applications?|appeals?|petitions?"
    r"|motions?|parole|asylum|admission|admittance|licen[cs]es?|injunctions?|relief|credits?|aid|benefits?"
    r"|rights?|bid"
    r"|hikes?|increases?|opportunity|chance|privileges|hearing|rehearing|protection|approval|status|funds?|funding|service|services)\b",
    re.I,
)
"""What is withheld, not denied: in the few words after "deny"."""

NEGATION = r"not|never|nor|neither|cannot|nothing|no|\w+n['’]t"
NEGATED = re.compile(rf"(?:\b(?:{NEGATION}))\s*(?:\w+\s*){{0,2}}$", re.I)
TURNS_DOWN = re.compile(r"\b(?:declin|refus|unwilling|unable)", re.I)
SILENT = re.compile(
    r"\b(?:declin\w+|refus\w+|unwilling|unable) (?:also |further )?(?:to )?(?:publicly |even |further )?(?:comment"
    r"|confirm|deny|discuss|say|elaborate|answer|respond|identify|name|give|disclose|reveal|specify|provide|go into"
    r"|attribute|predict|speculate|estimate|detail|explain|be (?:drawn|named|identified|specific))\b"
    r"|\bno (?:immediate |official |further )?(?:comment|mention|word|response|confirmation|details)\b"
    r"|(?:\bnot|\bnever|n['’]t)\b.{0,30}\b(?:comment|respond|reply|reached|elaborate|mention|discuss|address|return)\w*",
    re.I,
)
SAYS_NOTHING = re.compile(
    r"^\W*(?:that )?(?:(?:it|he|she|they|we|i) )?(?:(?:had|has|have|there was|there is) )?"
    r"(?:no (?:\w+ )?comment\b(?! (?:\w+ed|can|could|will|would|is|was|has|had)\b)"
    r"|(?:(?:would|could|will|can|did|does)(?: not|n['’]t)|cannot|declined to|refused to) (?:\w+ly )?comment\b)",
    re.I,
)
"""What is said to say nothing: "it would not comment"."""

ON_MATTER = re.compile(r"\b(?:comment|confirm\w*|den(?:y|ied)|respond|reply|reached|reaction|response|calls?)\b", re.I)
NOBODY = re.compile(r"(?:nobody|no one|none|neither)\b", re.I)
UNABLE = re.compile(r"\b(?:could|can|cannot|unable)\b", re.I)
PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being|be)\s+(?:\w+ly\s+)?$", re.I)
COURT = re.compile(r"\b(?:court|judge|tribunal|magistrate|panel)\b", re.I)
UNTRUE = (
    r"(?:(?:not|n['’]t) (?:\w+ )?(?:true|correct|the case|accurate|so|right|in reality)|untrue|false|falsehoods?"
    r"|baseless|unfounded|groundless|incorrect|inaccurate|premature|wrong|frivolous"
    r"|without (?:\w+ )?(?:merit|foundation|basis|substance)|nonsense|rubbish|fiction"
    r"|invention|fabricat\w+|fak(?:es?|ed)|disproven|debunked|provocative speculation"
    r"|lies?|propaganda|hysteria|absurd|ridiculous|exaggerated|disinformation|misinformation|ill-founded"
    r"|unsubstantiated)"
)
"""One word for "it is not so", in what somebody says; the outlet's own are in `claimwire.extraction.verdicts`."""

NO_TRUTH = (
    r"\bno (?:\w+ )?[\"“]?(?:any )?(?:truth|basis|foundation|substance|evidence|grounds?|proof|question"
    r"|indication)[\"”]? (?:in|to|for|of|that|whatever)"
)

FALSE = re.compile(rf"\b{UNTRUE}\b", re.I)
DECLARED_FALSE = re.compile(
    rf"\b(?:that|this|it|those|these|they)(?:['’]s|['’]re| is| was| are| were| has been) (?:[\w-]+ ){{0,2}}?{UNTRUE}\b"
    rf"|{NO_TRUTH}\b",
    re.I,
)
NO_EVIDENCE = re.compile(
    rf"^.{{0,60}}?{NO_TRUTH} (?:the )?(?:reports? |claims? |allegations? |rumou?rs? )?(?:that |of |about )?",
    re.I,
)
TELLS = re.compile(r"tell|tells|told", re.I)
TO_DO = re.compile(r"\W*(?:(?!that\b)[\w’'.-]+ ){0,6}?(?:not )?to \w+", re.I)
TAKEN_BACK = re.compile(r"\b(?:take|takes|took|taken) (?:it|that|this|them) back\b", re.I)
OWN_WORDS = re.compile(
    r"^\W*(?:for\s+)?(?:(?:its|their|his|her|an?|the|that) )?(?:\w+ ){0,2}?"
    rf"(?:{WORDS_SPOKEN}|remarks?|comments?|saying)\b",
    re.I,
)
ANAPHOR = re.compile(
    rf"^\W*(?:the|this|that|these|those|it|such|any|all|as|its|his|her"
    rf"|their)?\s*(?:\w+ )?(?:{WORDS_SPOKEN}\b|(?:it|this|that|so)\b(?=\W*$))(?! (?:that|of|by|had|has|was|were|from"
    rf"|saying)\b)",
    re.I,
)
OF_WORDS = re.compile(
    rf"^\W*(?:[\w’'.-]+ ){{0,4}}?{WORDS_SPOKEN}\s*(?:(?:by|from|in) [\w’' .-]{{2,50}}?\s)?"
    r"(?:that|of|saying|about)\s+",
    re.I,
)
NESTED = re.compile(
    r"^\W*(?:[\w’'.-]+ ){1,6}?(?:said|says|saying|claimed|claims|reported|reports|stated|announced)\s+(?:that\s+)?",
    re.I,
)
FINITE = re.compile(
    r"\b(?:(?:is|are|was|were|be|been) (?:\w+ly |also |still )?)?(?P<modal>will|would|shall|may|might|could(?! not\b)"
    r"|should|must|ought|going to|plan(?:s|ned|ning)? to|intend(?:s|ed|ing)? to|expect(?:s|ed|ing)?"
    r"|anticipat(?:es?|ed|ing)|due to|set to|scheduled"
    r"|considering|(?:un)?likely|possibl[ey]|perhaps|probabl[ey])\b|['’](?P<short>ll)\b"
    r"|\b(?:is|are|was|were|has|have|had|do|does|did|can|[a-z]{3,}ed)\b",
    re.I,
)
FUTURE = re.compile(r"will|would|shall|ll$|going|plan|intend|expect|anticipat|due|set|scheduled", re.I)
DUTY = frozenset({"should", "must", "ought"})
VERB = re.compile(
    r"\b(?:is|are|was|were|be|has|have|had|do|does|did|will|would|can|could|may|might|should|must|sees?"
    r"|[a-z]{3,}ed)\b"
    r"|n['’]t\b|['’](?:s|re|ve|ll|d)\b"
)
NOT_SO = re.compile(
    r"(?:\b(?:no|not|never|none|nobody|nothing|neither|nor|cannot|rul(?:ed|es|ing) out|untrue|false|denied)\b"
    r"|n['’]t\b)"
    r"(?! (?:only|least|longer|more than|less than|later than|doubt)\b)",
    re.I,
)
AFTER_VERB = 26
"""Characters after the first verb in which its negation stands: "is, he stressed, not"."""

SHORT_CLAUSE = 60
"""Characters in which a negation stands where no verb is found: headlines."""

CLAUSE = 120
"""Characters of a content in which it declares something untrue: behind them it goes on to other things."""

SHORT = 7
"""Words of an answer that has no matter of its own: "the report was untrue"."""

NEAR = 40
"""Characters before a cue in which its negation or its passive stands."""

ANSWERING = (Act.DENIES, Act.CONFIRMS, Act.RETRACTS, Act.CONCEDES)


@cache
def cues_of(file: Traversable = CUES_FILE) -> tuple[re.Pattern[str], dict[str, Act]]:
    """A table of cues: what finds its forms, and the act of each form by itself."""
    acts: dict[str, Act] = {}
    for line in file.read_text("utf8").splitlines():
        if not line.startswith("#"):
            act, forms = line.split("\t")
            acts.update((form, Act(act)) for form in forms.split("|"))
    longest_first = sorted(acts, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(longest_first)})(?![\w-])", re.I), acts


def _verb(cue: str) -> tuple[Act, int, int]:
    """The act of the cue's weightiest form by itself, and where that stands."""
    pattern, acts = cues_of()
    forms = [(acts[m.group().lower()], *m.span()) for m in pattern.finditer(cue)]
    weighty = [form for form in forms if form[0] is Act.DECLINES or form[0] in ANSWERING]
    return next(iter([*weighty, *forms[::-1]]), (Act.ASSERTS, len(cue), 0))


def knows(cue: str) -> bool:
    """Whether the table of cues holds a form of the cue."""
    return bool(cues_of()[0].search(cue))


def act_of(cue: str, before: str, source: str, content: str) -> Act:
    """The act of an attribution.

    Parameters
    ----------
    cue, source, content
        The words of the spans; an empty cue asserts.
    before
        The sentence up to the cue, where a negation or a passive may stand.
    """
    verb_act, at, end = _verb(cue)
    before, matter = before[-NEAR:] + cue[:at], f"{cue[end:].lstrip()} {content}".lstrip()
    if verb_act is Act.DECLINES or SILENT.search(f"{cue} {content.lstrip()[:NEAR]}" if TURNS_DOWN.search(cue) else cue):
        return Act.DECLINES
    if NOBODY.match(source):
        return Act.HEDGES
    if NEGATED.search(before):
        if UNABLE.search(before) or not source:
            return Act.HEDGES
        return Act.DECLINES if verb_act in (*ANSWERING, Act.ASSERTS) else verb_act
    if verb_act is Act.DENIES:
        return Act.DENIES if _denies_words(cue[at:end], before, source, matter) else Act.REFUSES
    if verb_act is Act.RETRACTS:
        return Act.RETRACTS if OWN_WORDS.match(matter) else Act.ASSERTS
    if verb_act is Act.ASSERTS:
        if TELLS.fullmatch(cue[at:end]) and TO_DO.match(content):
            return Act.ASKS
        return Act.DECLINES if SAYS_NOTHING.match(content) else _asserted(matter, content)
    return verb_act


def _asserted(matter: str, content: str) -> Act:
    """What is done by words that are put forward."""
    if TAKEN_BACK.search(content):
        return Act.RETRACTS
    if (SPOKEN.search(matter) or SPOKEN.search(content.lstrip())) and FALSE.search(matter):
        return Act.DENIES
    if DECLARED_FALSE.search(content, 0, CLAUSE) or (FALSE.search(content) and len(content.split()) <= SHORT):
        return Act.DENIES
    return _modal(content)


def _modal(content: str) -> Act:
    """What the first finite verb makes of the words: what is to come or may be is no fact yet."""
    first = FINITE.search(content)
    modal = (first.group("modal") or first.group("short") or "").lower() if first else ""
    if not modal or first is None:
        return Act.ASSERTS
    if not content[: first.start()].strip('"“ '):
        return Act.HEDGES
    if modal in DUTY:
        return Act.ASKS
    return Act.PLANS if FUTURE.match(modal) else Act.HEDGES


def _denies_words(verb: str, before: str, source: str, matter: str) -> bool:
    """Whether what is denied are words: one denies them, and much besides words one rejects."""
    if COURT.search(source) or (PASSIVE.search(before) and not source and not is_anaphor(matter)):
        return False
    if SPOKEN.search(matter):
        return True
    if DENY.match(verb):
        return not WITHHELD.search(matter)
    if RULED_OUT.match(verb):
        return True
    return bool(PROPOSITION.match(matter)) and not ONLY_REJECTED.match(matter)


def is_negative(content: str) -> bool:
    """Whether the words say that something is not so: by their first verb, or before it."""
    verb = VERB.search(content)
    return bool(NOT_SO.search(content, 0, verb.end() + AFTER_VERB if verb else SHORT_CLAUSE))


def is_anaphor(content: str) -> bool:
    """Whether the content only points at words spoken before: "the claim", "those reports"."""
    return bool(ANAPHOR.match(content)) and not OF_WORDS.match(content)


def points_at_words(content: str) -> bool:
    """Whether the content begins with words spoken before: "the charges", "reports of a merger"."""
    return bool(SPOKEN.match(content))


def points_back(act: Act, cue: str, content: str) -> bool:
    """Whether an answer that codes no event of its own speaks of words said before it."""
    if act is Act.DENIES:
        return is_anaphor(content) or bool(DECLARED_FALSE.search(content) or FALSE.search(content))
    return act is Act.RETRACTS or (act is Act.DECLINES and bool(ON_MATTER.search(f"{cue} {content.lstrip()[:NEAR]}")))


def denied_clause(content: str) -> str:
    """The proposition inside "reports by X that Y said Z": Z; the content itself where there is none."""
    match = OF_WORDS.match(content) or NO_EVIDENCE.match(content)
    if not match:
        return content
    clause = content[match.end() :]
    nested = NESTED.match(clause)
    return clause[nested.end() :] if nested else clause
