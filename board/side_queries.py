"""Queries on sides, outlets and places: how many claims each has, by status, and how they ended."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from board.claim_rows import OUTLET, PLACE, SIDE
from board.store import BoardStore
from board.tables import tallies
from claimwire.places import Place, place_of
from claimwire.statuses import Status
from claimwire.track_records import NOBODY, TrackRecord, record_of


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims of the ledger one name has, in all and by status.

    Attributes
    ----------
    record
        How they ended; None for sides whose identity nobody knows.
    """

    name: str
    claims: int
    statuses: Mapping[Status, int]
    record: TrackRecord | None


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place and its location; None where no gazetteer holds the place."""

    tally: Tally
    place: Place | None


def sides(store: BoardStore, only: str = "", limit: int = 500) -> list[Tally]:
    """The sides that claim most, or one side."""
    return _tallies(store, SIDE, only, limit)


def outlets(store: BoardStore, only: str = "", limit: int = 500) -> list[Tally]:
    """The outlets that report most claims, or one outlet."""
    return _tallies(store, OUTLET, only, limit)


def places(store: BoardStore, only: str = "", limit: int = 500) -> list[PlaceRow]:
    """The places with most claims, or one place."""
    return [PlaceRow(each, place_of(each.name)) for each in _tallies(store, PLACE, only, limit)]


def _tallies(store: BoardStore, kind: str, only: str, limit: int) -> list[Tally]:
    number = func.sum(tallies.c.claims)
    most = select(tallies.c.name).where(tallies.c.kind == kind).group_by(tallies.c.name).having(number > 0)
    most = most.order_by(number.desc(), tallies.c.name).limit(limit)
    if only:
        most = most.where(tallies.c.name == only)
    with store.reading() as connection:
        names = list(connection.execute(most).scalars())
        asked = select(tallies).where(tallies.c.kind == kind, tallies.c.name.in_(names), tallies.c.claims > 0)
        statuses: dict[str, dict[Status, int]] = {name: {} for name in names}
        for row in connection.execute(asked):
            statuses[row.name][Status(row.status)] = row.claims
    return [_tally(kind, name, counts) for name, counts in statuses.items()]


def _tally(kind: str, name: str, counts: Mapping[Status, int]) -> Tally:
    unknown = kind == SIDE and name in NOBODY
    return Tally(name, sum(counts.values()), counts, None if unknown else record_of(name, counts))
