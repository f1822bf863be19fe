"""What has become of verdicts: which ones hold, were undone or overruled, do not count, or are without effect."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from claimwire.verdict_weighing import EVERYBODY, Trusted, slot_of, weigh
from claimwire.verdicts import Undoes, Verdict


class Fate(StrEnum):
    """What has become of a verdict."""

    HOLDS = "holds"
    UNDONE = "undone"
    OVERRULED = "overruled"
    NOT_COUNTED = "not counted"
    """The settings do not trust its maker."""
    VOID = "without effect"
    """It would undo a verdict that does not exist, or that its maker may not undo."""


@dataclass(frozen=True, slots=True)
class Fated:
    """A verdict, and what has become of it.

    Attributes
    ----------
    by
        The verdict that undid or overruled it; None for the other fates.
    """

    verdict: Verdict
    fate: Fate
    by: Verdict | None = None


def fates(verdicts: Iterable[Verdict], trusted: Trusted = EVERYBODY) -> list[Fated]:
    """What has become of verdicts on any claims. Each verdict comes once, the earliest first."""
    given = {v.id: v for v in verdicts}
    counted: dict[str, list[Verdict]] = defaultdict(list)
    for v in given.values():
        if trusted.counts(v.maker):
            counted[v.claim].append(v)
    weighed = {claim: weigh(ones) for claim, ones in counted.items()}

    def fated(v: Verdict) -> Fated:
        if not trusted.counts(v.maker):
            return Fated(v, Fate.NOT_COUNTED)
        found = weighed[v.claim]
        if v.id in found.undone:
            return Fated(v, Fate.UNDONE, found.undone[v.id])
        if isinstance(v.says, Undoes):
            return Fated(v, Fate.HOLDS if found.undone.get(v.says.verdict) == v else Fate.VOID)
        best = found.holding[slot_of(v)]
        return Fated(v, Fate.HOLDS) if best == v else Fated(v, Fate.OVERRULED, best)

    return [fated(v) for v in sorted(given.values(), key=lambda v: v.moment)]
