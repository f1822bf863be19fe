"""Remarks: the outlet's own word on somebody's record, how claims of theirs have turned out so far.

"Its claims have often proved false" says nothing on any single claim. Said by a party to the matter
it is a statement like others; said by the outlet it belongs to the track record of that side.
"""

import re
from dataclasses import dataclass, replace

from claimwire.extraction.acts.verdicts import FALSE
from claimwire.extraction.attribution.attributions import Attribution
from claimwire.extraction.text.sentences import Sentence
from claimwire.sides import sides_in
from claimwire.statements import Span

CLAIMS = (
    r"(?:claims|statements|announcements|assertions|reports|figures|numbers|declarations|accounts|denials|boasts"
    r"|communiqu[eé]s|bulletins|predictions)"
)
SAYS = r"(?:(?:claim|announce|declare|report|assert|say|boast|proclaim)(?:e?[ds])?|said)"
OFTEN = (
    r"(?:often|routinely|repeatedly|frequently|regularly|usually|generally|mostly|sometimes|occasionally|rarely|seldom"
    r"|always|never|consistently|habitually|in the past|time and again|many times|more than once|at times"
    r"|on (?:several|many|other|earlier|previous|numerous) occasions)"
)
FAILS = rf"(?:{FALSE}|exaggerated|inflated|overstated|misleading|unreliable|fabricated|invented|mistaken|lies)"
HOLDS = r"(?:true|right|correct|accurate|reliable|well[ -]founded|justified)"
STANDS = r"(?:wrong|mistaken|inaccurate|unreliable|misleading|right|correct|accurate|reliable)"
"""What can be said of somebody, not of words alone."""

RATED = (
    rf"(?:\b(?:turn(?:ed|s)? out|prove[ds]?|proven|been|being|was|were|are|is|be)(?: to be| to have been)?"
    rf" (?:[\w-]+ ){{0,3}}(?:{FAILS}|{HOLDS})\b|\b(?:borne out|held up|ahead of (?:the )?(?:events|facts))\b)"
)
STRETCHES = r"(?:exaggerate|overstate|inflate|misstate|understate)[ds]?"
GAP = r"[^;:“”\"]{0,80}?"
"""What may stand between two parts of a remark."""

ON_CLAIMS = re.compile(
    rf"\b{CLAIMS}\b(?: (?:by|from) ((?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){{0,3}}))?"
    rf"(?:{GAP}{RATED}(?:{GAP}\b{OFTEN}\b)?|{GAP}\b{OFTEN} (?:{FAILS}|{HOLDS})\b)"
)
"""What is said of the claims: "its claims have often proved false"."""

ON_WHO = re.compile(
    rf"\b(?:(?:has|have|had) )?{OFTEN} (?:(?:has|have|had) )?(?:"
    rf"{SAYS} [^;:“”\"]{{0,120}}?\b{CLAIMS} (?:that|which|many of which|most of which)\b{GAP}{RATED}"
    rf"|{STRETCHES}\b|(?:been|prove[dn]?(?: to be)?) {STANDS}\b|made (?:{FAILS}) {CLAIMS}\b|lied\b"
    rf"|(?:falsely|prematurely|wrongly) {SAYS}\b)"
    rf"|\b(?:has|have|had) (?:an?|its own) (?:[\w-]+ ){{0,2}}(?:history|record|pattern|habit|reputation) (?:of|for)\b"
    rf"{GAP}\b(?:{FAILS}|{HOLDS}|exaggerat\w+|inflating|overstating|lying|misleading|accuracy)\b"
)
"""What is said of those who make them: "has often exaggerated", "has a history of false claims"."""

GENERAL = re.compile(rf"\b{OFTEN}\b")
MANY = re.compile(r"\b(?:[Mm]any|[Mm]ost|[Ss]ome|[Ff]ew|[Ii]n the past,?) [^,;:]{0,60}$")
"""What tells a remark on a record from a verdict on claims just made."""

BREAK = r",;:()“”\"–—"
OWNER = re.compile(
    r"(?:((?:[Tt]he (?:[\w-]+ ){0,3}|(?:[A-Z][\w.-]* ){0,4})[\w.-]+)['’]s?|\b([Ii]ts|[Tt]heir|[Hh]is|[Hh]er)"
    rf"|\b([A-Z][\w-]+)|([^{BREAK}]{{2,50}}), whose)(?: \w[\w-]*){{0,3}} $"
)
"""Whose claims they are, before the word for them: "Moscow's", "Its", "Russian", "Russia, whose"."""

WHOSE = 4
"""The group of the last of these."""

SUBJECT = re.compile(
    rf"^(?:.*(?:[{BREAK}]|\b(?:[Bb]ut|[Aa]nd|[Aa]lthough|[Tt]hough|[Ww]hile|[Ss]ince|[Bb]ecause|[Hh]owever)\b))? ?"
    rf"([^{BREAK}]{{2,60}}?),? $",
    re.S,
)
"""Who has done it, before what they have done; "which" stands for what is before its comma."""

RELATIVE = re.compile(r"(.{2,60}?), (which|who) $", re.S)
BEFORE = 100
"""Characters before a remark's words in which it says whose record it is."""

REST = re.compile(rf"(?:(?! -)[^{BREAK}])*")
WORTH_A_LOOK = re.compile(
    rf"\b(?:{FAILS}|{HOLDS}|borne out|held up|ahead of|{STRETCHES}|exaggerat\w+|lying|lied|inflating|overstating"
    r"|falsely|prematurely|wrongly)\b"
)
ASIDE = re.compile(r"(?:, ?(?:although|though|even though|but|while|whereas)|[;–—-]) ?$")


@dataclass(frozen=True, slots=True)
class Remark:
    """How claims of somebody have turned out so far, in words of a sentence.

    Attributes
    ----------
    span
        The remark's words.
    who
        Whose claims.
    aside
        Whether it is put in beside what the sentence tells: ", whose claims have often ...".
    outlets
        Whether the outlet makes it, and nobody whom the sentence quotes.
    """

    span: Span
    who: Span
    aside: bool
    outlets: bool = True


def remark(text: str, sentence: Sentence) -> Remark | None:
    """The remark on somebody's record in a sentence, whoever makes it."""
    said = text[sentence.start : sentence.end]
    if not WORTH_A_LOOK.search(said):
        return None
    found = next((m for m in ON_CLAIMS.finditer(said) if _is_general(said, m)), None)
    placed = _owner(said, found) if found else None
    if placed is None:
        found = ON_WHO.search(said)
        placed = _subject(said, found.start()) if found else None
    if found is None or placed is None:
        return None
    who, start, aside = placed
    rest = REST.match(said, found.end())
    end = len(said[: rest.end() if rest else found.end()].rstrip(" .!"))
    return Remark(sentence.at((start, end)), sentence.at(who), aside or bool(ASIDE.search(said[:start])))


def beside(found: Remark, cued: list[Attribution]) -> tuple[Remark, list[Attribution]]:
    """Whose the remark is, and what its sentence attributes beside it.

    In somebody's content it is that speaker's, unless it is put in as an aside.
    """
    low, high = found.span
    left = [a for a in cued if not low <= a.cue[0] < high]
    holding = [a for a in left if any(start <= low and high <= end for start, end in a.content)]
    if holding and not found.aside:
        return replace(found, outlets=False), left
    cut = [_without(a, found.span) if a in holding else a for a in left]
    return found, [a for a in cut if a.content]


def _without(a: Attribution, span: Span) -> Attribution:
    """The attribution with its content before an aside, or after it where nothing stands before."""
    before = tuple((low, min(high, span[0])) for low, high in a.content if low < span[0])
    after = tuple((max(low, span[1]), high) for low, high in a.content if high > span[1])
    return replace(a, content=before or after)


def _is_general(said: str, found: re.Match[str]) -> bool:
    return bool(GENERAL.search(found.group()) or MANY.search(said[: found.start()]))


Placed = tuple[Span, int, bool]
"""Whose record a remark is on, where the remark begins, and whether a relative clause makes it."""


def _owner(said: str, claims: re.Match[str]) -> Placed | None:
    """Whose the claims are."""
    low = max(0, claims.start() - BEFORE)
    found = OWNER.search(said[low : claims.start()])
    if found is None or (found.group(3) and not sides_in(found.group(3))):
        return (claims.span(1), claims.start(), False) if claims.group(1) else None
    start, end = (low + offset for offset in found.span(found.lastindex or 0))
    whose = found.lastindex == WHOSE
    return (start, end), said.index("whose", end) if whose else start, whose


def _subject(said: str, at: int) -> Placed | None:
    """Who has done what is said from an offset on."""
    low = max(0, at - BEFORE)
    before = said[low:at]
    which = RELATIVE.search(before)
    if which:
        before = f"{which.group(1)} "
    found = SUBJECT.match(before)
    if found is None:
        return None
    low += which.start(1) if which else 0
    start = low + found.start(1)
    return (start, low + found.end(1)), low + which.start(2) - which.start(1) if which else start, which is not None
