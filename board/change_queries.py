"""Queries on changes: what has happened, change by change and day by day."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, func, select

from board.claim_rows import DAY_MS, WORD, milliseconds, moment
from board.filters import Filters, narrowed
from board.packing import unpack
from board.store import BoardStore
from board.tables import changes as change_table
from board.tables import claims, tallies
from board.tables import days as day_table
from claimwire.claims import DecidedBy
from claimwire.status_events import Gone, StatusChanged
from claimwire.statuses import Status
from streams.codecs import STATUS_CHANGED

OPEN = frozenset({Status.UNVERIFIED})
DISPUTED = frozenset({Status.DISPUTED, Status.CONTESTED})
SETTLED = frozenset({Status.CONFIRMED, Status.CORROBORATED, Status.REFUTED, Status.RETRACTED})


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A status change.

    Attributes
    ----------
    seq
        Its number in the store; later changes have higher numbers.
    at
        When the event arrived.
    event
        The whole event.
    """

    seq: int
    at: datetime
    event: StatusChanged

    @property
    def time(self) -> datetime:
        """When the statement that changed the status was published or withdrawn, or when the verdict was made."""
        return self.event.time

    @property
    def claim(self) -> str:
        """Id of the claim."""
        return self.event.claim.id

    @property
    def text(self) -> str:
        """The claim in words."""
        return self.event.claim.text

    @property
    def headline(self) -> str:
        """The headline of the item that put it forward; may be empty."""
        return self.event.claim.headline

    @property
    def side(self) -> str:
        """The side that claims it."""
        return self.event.claim.side

    @property
    def previous(self) -> Status | None:
        """Its status before."""
        return self.event.previous

    @property
    def word(self) -> Status | Gone:
        """What has become of the claim."""
        return self.event.word

    @property
    def sources(self) -> int:
        """How many sources the status rests on."""
        return self.event.sources

    @property
    def decided_by(self) -> DecidedBy:
        """Whose word decides the status."""
        return self.event.decided_by


@dataclass(frozen=True, slots=True)
class Day:
    """How many claims of the ledger were open, disputed and settled at the end of a day, in UTC."""

    day: date
    open: int
    disputed: int
    settled: int


def changes(
    store: BoardStore,
    after_seq: int = 0,
    filters: Filters | None = None,
    limit: int = 100,
    newest_first: bool = True,
    before_seq: int | None = None,
) -> list[ChangeRow]:
    """The changes between two numbers, without these two.

    Parameters
    ----------
    filters
        `status` is what the change made of the claim. The times are those of the change. All others apply to the claim
        as it is now.
    """
    filters = filters or Filters()
    with store.reading() as connection:
        asked = select(change_table.c.seq, change_table.c.at, change_table.c.json)
        asked = asked.where(change_table.c.seq > after_seq)
        if before_seq is not None:
            asked = asked.where(change_table.c.seq < before_seq)
        if filters.status:
            asked = asked.where(change_table.c.word.in_(filters.status))
        if filters.since:
            asked = asked.where(change_table.c.time >= milliseconds(filters.since))
        if until := min((t for t in (filters.until, filters.as_of) if t), default=None):
            asked = asked.where(change_table.c.time <= milliseconds(until))
        conditions = list(narrowed(connection, store.full_text, filters))
        if conditions:
            asked = asked.join(claims, claims.c.number == change_table.c.claim).where(*conditions)
        order = change_table.c.seq.desc() if newest_first else change_table.c.seq
        return [change_of(row.seq, row.at, row.json) for row in connection.execute(asked.order_by(order).limit(limit))]


def changes_of(connection: Connection, number: int, until: datetime | None = None) -> list[ChangeRow]:
    """The changes of a claim by the number of its row, the earliest first, up to a moment if one is given."""
    asked = select(change_table).where(change_table.c.claim == number).order_by(change_table.c.seq)
    if until:
        asked = asked.where(change_table.c.time <= milliseconds(until))
    return [change_of(row.seq, row.at, row.json) for row in connection.execute(asked)]


def change_of(seq: int, at: int, kept: bytes) -> ChangeRow:
    """The change in a row of the store."""
    return ChangeRow(seq, moment(at), STATUS_CHANGED.validate_python(unpack(kept)))


def seq_of(store: BoardStore, event: str) -> int | None:
    """The number of an event's change; None where the store knows no such event.

    When the store is made anew, the id of an event stays the same, but its number may change.
    """
    with store.reading() as connection:
        return connection.execute(select(change_table.c.seq).where(change_table.c.event == event)).scalar()


def last_seq(store: BoardStore) -> int:
    """The number of the last change; 0 where there is none."""
    with store.reading() as connection:
        return int(connection.execute(select(func.max(change_table.c.seq))).scalar() or 0)


def over_time(store: BoardStore, filters: Filters | None = None, days: int = 30) -> list[Day]:
    """How many claims had which status at the end of each of the last days, up to the last change's day or today.

    The query counts back from the present statuses, by the times of the changes.

    Parameters
    ----------
    filters
        Which claims to count; `status`, `since`, `until` and `as_of` are ignored.
    """
    filters = filters or Filters()
    with store.reading() as connection:
        last = connection.execute(select(func.max(change_table.c.time))).scalar()
        if last is None:
            return []
        today = min(moment(last), datetime.now(UTC)).date()
        first = today - timedelta(days=days - 1)
        conditions = list(narrowed(connection, store.full_text, filters))
        begins = milliseconds(datetime(first.year, first.month, first.day, tzinfo=UTC)) // DAY_MS
        asked = select(day_table).where(day_table.c.day >= begins)
        if conditions:
            day = change_table.c.time // DAY_MS
            counted = func.count().label("changes")
            asked = select(day.label("day"), change_table.c.previous, change_table.c.word, counted)
            asked = asked.join(claims, claims.c.number == change_table.c.claim)
            asked = asked.where(change_table.c.time >= begins * DAY_MS, *conditions)
            asked = asked.group_by(day, change_table.c.previous, change_table.c.word)
        moved: dict[int, Counter[str]] = {}
        for row in connection.execute(asked):
            counts = moved.setdefault(int(row.day) - begins, Counter())
            counts[row.word] += row.changes
            counts[row.previous] -= row.changes
        if conditions:
            now = select(claims.c.status, func.count()).where(claims.c.present, *conditions).group_by(claims.c.status)
        else:
            now = select(tallies.c.name, tallies.c.claims).where(tallies.c.kind == WORD)
        stand: Counter[str] = Counter(dict(connection.execute(now).all()))
    for later in (number for number in moved if number >= days):
        stand.subtract(moved[later])
    found = []
    for number in reversed(range(days)):
        found.append(_day(first + timedelta(days=number), stand))
        stand.subtract(moved.get(number, Counter()))
    return found[::-1]


def _day(day: date, stand: Mapping[str, int]) -> Day:
    return Day(day, *(max(0, sum(stand.get(s, 0) for s in kind)) for kind in (OPEN, DISPUTED, SETTLED)))
