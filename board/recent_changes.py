"""Recent changes: the latest ones in memory, with what filters ask of their claims."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from board.change_queries import ChangeRow, change_of
from board.claim_rows import Facet, facets, milliseconds, standing, tags_of
from board.filters import Filters
from board.following import News
from board.full_text import Phrase
from board.store import BoardStore
from board.tables import changes as change_table
from board.tables import claims

MOST_KEPT = 1_000
"""How many changes are in memory. Who is farther behind reads them from the store."""


@dataclass(frozen=True, slots=True)
class ListedChange:
    """A change, with the number of its claim and the facets by which that claim was listed when it was read."""

    row: ChangeRow
    claim: int
    facets: frozenset[Facet]

    def passes(self, filters: Filters) -> bool:
        """Whether the change passes filters; the words are another question, see `holding`."""
        event = self.row.event
        time = milliseconds(event.time)
        return (
            (not filters.status or standing(str(event.status), str(event.gone or "")) in filters.status)
            and (filters.since is None or milliseconds(filters.since) <= time)
            and all(time <= milliseconds(until) for until in (filters.until, filters.as_of) if until)
            and self.facets.issuperset(filters.facets())
        )


@dataclass(frozen=True, slots=True)
class RecentChanges:
    """All changes of a store after one number, up to the last one that was read.

    Attributes
    ----------
    news
        How far the store had got when all was read; with the old news there is more to read.
    after
        Changes up to this number are not here.
    upto
        The number of the last change.
    """

    news: News
    after: int
    upto: int
    kept: tuple[ListedChange, ...] = ()

    def since(self, seq: int) -> list[ListedChange]:
        """The changes after a number."""
        return [change for change in self.kept if change.row.seq > seq]

    def place_of(self, event: str) -> int | None:
        """The number of an event's change, if it is here."""
        return next((change.row.seq for change in self.kept if change.row.event.id == event), None)

    def advanced(self, store: BoardStore, news: News) -> "RecentChanges":
        """The changes up to the news, or the next `MOST_KEPT` of them."""
        if news.generation != self.news.generation:
            return latest_changes(store, news)
        new = _listed_changes(store, self.upto, MOST_KEPT)
        kept = (*self.kept, *new)
        dropped, kept = kept[:-MOST_KEPT], kept[-MOST_KEPT:]
        return RecentChanges(
            news=news if len(new) < MOST_KEPT else self.news,
            after=dropped[-1].row.seq if dropped else self.after,
            upto=new[-1].row.seq if new else self.upto,
            kept=kept,
        )


def latest_changes(store: BoardStore, news: News) -> RecentChanges:
    """The latest changes of a store."""
    with store.reading() as connection:
        latest = select(change_table.c.seq).order_by(change_table.c.seq.desc()).limit(MOST_KEPT).subquery()
        first, last = connection.execute(select(func.min(latest.c.seq), func.max(latest.c.seq))).one()
    after = (first or 1) - 1
    kept = tuple(_listed_changes(store, after, MOST_KEPT))
    return RecentChanges(news, after, kept[-1].row.seq if kept else last or 0, kept)


def holding(store: BoardStore, numbers: Collection[int], phrases: Sequence[Phrase]) -> frozenset[int]:
    """Which of these claims hold all of these phrases."""
    if not numbers or not phrases:
        return frozenset()
    found = store.full_text
    asked = select(found.number).select_from(found.found).where(found.holds(phrases), found.number.in_(numbers))
    with store.reading() as connection:
        return frozenset(connection.execute(asked).scalars())


def _listed_changes(store: BoardStore, after_seq: int, limit: int) -> list[ListedChange]:
    """The next changes after a number, the earliest first."""
    listed_by = (claims.c.status, claims.c.gone, claims.c.side, claims.c.subject, claims.c.place, claims.c.tags)
    asked = select(change_table, *listed_by).join(claims, claims.c.number == change_table.c.claim)
    asked = asked.where(change_table.c.seq > after_seq).order_by(change_table.c.seq).limit(limit)
    with store.reading() as connection:
        rows = [row._asdict() for row in connection.execute(asked)]
    return [
        ListedChange(change_of(row["seq"], row["at"], row["json"]), row["claim"], facets(row, tags_of(row)))
        for row in rows
    ]
