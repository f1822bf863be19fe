"""Remarks: what an outlet says about somebody's track record.

"Its claims have often proved false" says nothing about a single claim. From a party to the matter
it is a statement like others; from the outlet it belongs to the track record of that side.
"""

import re
from dataclasses import dataclass, replace

from claimwire.extraction.attribution import remark_rules as rules
from claimwire.extraction.attribution.attributions import Attribution
from claimwire.extraction.text.sentences import Sentence
from claimwire.sides import sides_in
from claimwire.statements import Span

BEFORE = 100
"""Characters before a remark's words within which it says whose record it is."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence's words on how somebody's claims have turned out so far.

    Attributes
    ----------
    span
        The remark's words.
    who
        The words that say whose claims.
    aside
        Whether it is an aside: ", whose claims have often ...".
    outlets
        Whether the outlet makes it, rather than somebody whom the sentence quotes.
    """

    span: Span
    who: Span
    aside: bool
    outlets: bool = True


def remark(text: str, sentence: Sentence) -> Remark | None:
    """The remark on somebody's record in a sentence, whoever makes it."""
    said = text[sentence.start : sentence.end]
    if not rules.WORTH_A_LOOK.search(said):
        return None
    found = next((m for m in rules.ON_CLAIMS.finditer(said) if _is_general(said, m)), None)
    placed = _owner(said, found) if found else None
    if placed is None:
        found = rules.ON_WHO.search(said)
        placed = _subject(said, found.start()) if found else None
    if found is None or placed is None:
        return None
    who, start, aside = placed
    rest = rules.REST.match(said, found.end())
    end = len(said[: rest.end() if rest else found.end()].rstrip(" .!"))
    return Remark(sentence.at((start, end)), sentence.at(who), aside or bool(rules.ASIDE.search(said[:start])))


def beside(found: Remark, cued: list[Attribution]) -> tuple[Remark, list[Attribution]]:
    """The remark with its maker, and the other attributions of its sentence.

    In somebody's content it is that speaker's, unless it is an aside.
    """
    low, high = found.span
    left = [a for a in cued if not low <= a.cue[0] < high]
    holding = [a for a in left if any(start <= low and high <= end for start, end in a.content)]
    if holding and not found.aside:
        return replace(found, outlets=False), left
    cut = [_without(a, found.span) if a in holding else a for a in left]
    return found, [a for a in cut if a.content]


def _without(a: Attribution, span: Span) -> Attribution:
    """The attribution with its content before an aside, or after it if there is none before."""
    before = tuple((low, min(high, span[0])) for low, high in a.content if low < span[0])
    after = tuple((max(low, span[1]), high) for low, high in a.content if high > span[1])
    return replace(a, content=before or after)


def _is_general(said: str, found: re.Match[str]) -> bool:
    return bool(rules.GENERAL.search(found.group()) or rules.MANY.search(said[: found.start()]))


Placed = tuple[Span, int, bool]
"""Whose record it is, where the remark begins, and whether it is a relative clause."""


def _owner(said: str, claims: re.Match[str]) -> Placed | None:
    """Whose the claims are."""
    low = max(0, claims.start() - BEFORE)
    found = rules.OWNER.search(said[low : claims.start()])
    if found is None or (found.group(3) and not sides_in(found.group(3))):
        return (claims.span(1), claims.start(), False) if claims.group(1) else None
    start, end = (low + offset for offset in found.span(found.lastindex or 0))
    whose = found.lastindex == rules.WHOSE
    return (start, end), said.index("whose", end) if whose else start, whose


def _subject(said: str, at: int) -> Placed | None:
    """The subject of the words that begin at an offset."""
    low = max(0, at - BEFORE)
    before = said[low:at]
    which = rules.RELATIVE.search(before)
    if which:
        before = f"{which.group(1)} "
    found = rules.SUBJECT.match(before)
    if found is None:
        return None
    low += which.start(1) if which else 0
    start = low + found.start(1)
    return (start, low + found.end(1)), low + which.start(2) - which.start(1) if which else start, which is not None
