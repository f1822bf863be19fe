"""Answers: which statement of the same item a denial, a confirmation or a "no comment" speaks of.

An item mostly tells both: what was said, and what the other side says to that. Only the item can
tell to what "the charges" or "this" points, so it is settled here and not on the stream.
"""

from collections.abc import Sequence
from dataclasses import replace

from claimwire.extraction.drafts import Draft
from claimwire.extraction.fitting import REACH, SHORTLY, Seen, fit, is_hearsay
from claimwire.statements import ANSWERS, OUTLET, PUT_FORWARD, UNNAMED, Act

AHEAD = 10
"""Statements ahead in which an item's answer finds what it speaks of, where it is told first."""

TELLS_REPORTS = frozenset({Act.DENIES, Act.DECLINES})
"""Acts of which one after the other may be on one report."""


def pointed(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, those that answer one of their item with the place of that one.

    Parameters
    ----------
    drafts
        In the order in which the item was read.
    """
    seen = [Seen.of(d) for d in drafts]
    return [replace(d, target=_answered(seen, at)) for at, d in enumerate(drafts)]


def _answered(seen: Sequence[Seen], at: int) -> int | None:
    """The place of the draft that one answers, if it answers any of its item."""
    answer = seen[at].draft
    by_its_words = answer.act is Act.ASSERTS and not answer.side.startswith(OUTLET)
    if answer.act not in ANSWERS and not by_its_words:
        return None
    best: tuple[float, int] | None = None
    for place in range(max(0, at - REACH), min(len(seen), at + AHEAD + 1)):
        claim, away = seen[place].draft, abs(at - place)
        told = place < at and answer.act in TELLS_REPORTS and _tells_what_is_reported(claim)
        if place == at or not (told or (claim.act in PUT_FORWARD and _other(claim, answer))):
            continue
        if place > at and not _told_later(claim, answer):
            continue
        if claim.part is not answer.part and away > 1:
            continue
        if not _same_poles(seen[at], seen[place]):
            continue
        score = fit(seen[at], seen[place], away)
        if score is not None and (best is None or score > best[0]):
            best = score, place
    return best[1] if best else None


def _other(claim: Draft, answer: Draft) -> bool:
    """Whether the two speak for different parties; who retracts takes back own words."""
    same = claim.side == answer.side and (claim.side != UNNAMED or claim.speaker == answer.speaker)
    return same if answer.act is Act.RETRACTS else not same or claim.side.startswith(OUTLET)


def _tells_what_is_reported(claim: Draft) -> bool:
    """Whether an answer tells what others report, so that the next one in the item may speak of that as well."""
    return claim.reported and claim.act in TELLS_REPORTS


def _told_later(claim: Draft, answer: Draft) -> bool:
    """Whether an item tells first the answer and then what it answers: rumours, reports, what had been said."""
    if is_hearsay(claim):
        return answer.act is not Act.CONCEDES
    return answer.act in (Act.DENIES, Act.CONFIRMS, Act.RETRACTS) and (claim.recalled or claim.side == UNNAMED)


def _same_poles(mine: Seen, theirs: Seen) -> bool:
    """Whether an answer can speak of a claim with this "not" or without it: what is denied is put without one."""
    if mine.draft.act in SHORTLY:
        return mine.points or mine.negative == theirs.negative
    return not theirs.negative or mine.draft.act not in (Act.DENIES, Act.ASSERTS)
