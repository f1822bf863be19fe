"""Track records: how the claims of each side ended, and what outlets say of its record."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Any

from claimwire.statements import REPORTS, UNNAMED, Statement
from claimwire.statuses import Status
from claimwire.times import format_time


class Ending(StrEnum):
    """What became of a claim."""

    BORNE_OUT = "borne_out"
    """Somebody without an interest in it says the same."""
    FAILED = "failed"
    """Somebody who takes no part rules it out, or its own side takes it back."""
    OPEN = "open"
    """Only its own side has said it, or it is one word against another."""


ENDINGS: dict[Status, Ending] = {
    Status.CONFIRMED: Ending.BORNE_OUT,
    Status.CORROBORATED: Ending.BORNE_OUT,
    Status.REFUTED: Ending.FAILED,
    Status.RETRACTED: Ending.FAILED,
    Status.CONTESTED: Ending.OPEN,
    Status.DISPUTED: Ending.OPEN,
    Status.UNVERIFIED: Ending.OPEN,
}
"""How a status counts in a track record. A disputed claim is open, since an opponent who denies everything
would otherwise ruin any record."""

NOBODY = (REPORTS, UNNAMED)
"""Sides that stand for unknown claimants. They have no record."""

Z = 1.959964
"""Standard deviations around the mean of a normal distribution that hold 95% of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The share of settled claims that were borne out, with its 95% confidence bounds."""

    borne_out: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRecord:
    """How the claims of a side ended.

    Attributes
    ----------
    claims
        How many there are.
    endings, statuses
        The number of claims with each ending and each status, zeros included.
    settled
        How many are borne out or failed.
    share
        The share of settled claims that are borne out; None if none is settled.
    remarks
        What outlets say in their own voice of the side's record, by publication.
    """

    side: str
    claims: int
    settled: int
    endings: dict[str, int]
    statuses: dict[str, int]
    share: Share | None
    remarks: tuple[Mapping[str, Any], ...] = ()


def track_records(claims: Iterable[Mapping[str, Any]], remarks: Iterable[Mapping[str, Any]] = ()) -> list[TrackRecord]:
    """The track record of each side with a claim or a remark, the most settled claims first.

    Parameters
    ----------
    claims
        Snapshots.
    remarks
        As `remark` makes them.
    """
    statuses: dict[str, Counter[Status]] = {}
    remarked: dict[str, list[Mapping[str, Any]]] = {}
    for claim in claims:
        if claim["side"] not in NOBODY:
            statuses.setdefault(claim["side"], Counter())[Status(claim["status"])] += 1
    for said in sorted(remarks, key=lambda r: (r["published"], r["item"], r["start"])):
        remarked.setdefault(said["of"], []).append(said)
    sides = {*statuses, *remarked}
    records = [record_of(side, statuses.get(side, {}), remarked.get(side, ())) for side in sides]
    return sorted(records, key=lambda r: (-r.settled, -r.claims, r.side))


def record_of(side: str, statuses: Mapping[Status, int], remarks: Iterable[Mapping[str, Any]] = ()) -> TrackRecord:
    """The track record of a side, by how many of its claims have which status."""
    ended = {ending: sum(statuses.get(s, 0) for s, e in ENDINGS.items() if e is ending) for ending in Ending}
    settled = ended[Ending.BORNE_OUT] + ended[Ending.FAILED]
    return TrackRecord(
        side=side,
        claims=sum(statuses.values()),
        settled=settled,
        endings={ending.value: count for ending, count in ended.items()},
        statuses={status.value: statuses.get(status, 0) for status in Status},
        share=wilson(ended[Ending.BORNE_OUT], settled) if settled else None,
        remarks=tuple(remarks),
    )


def wilson(hits: int, of: int) -> Share:
    """A share with the bounds of Wilson's score interval, which also holds for small numbers and extreme shares."""
    share, z2 = hits / of, Z * Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z / (1 + z2 / of) * sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return Share(borne_out=round(share, 4), low=round(max(0, middle - half), 4), high=round(min(1, middle + half), 4))


def remark(statement: Statement) -> dict[str, Any]:
    """An outlet's remark on a side's track record, as the ledger shows it."""
    s = statement
    return {
        "of": s.about[0],
        "statement": s.id,
        "item": s.item,
        "version": s.order[0],
        "part": s.part,
        "start": s.start,
        "end": s.end,
        "outlet": s.outlet,
        "quote": s.quote,
        "published": format_time(s.published),
    }
