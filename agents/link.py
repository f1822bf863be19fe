"""link: makes the statements at a subject into evidence of its claims, and into candidates for more evidence."""

import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter

from claimwire.claims import by_claim
from claimwire.linking import SubjectLinks
from claimwire.linking.subject_rows import SubjectRow
from claimwire.subject_updates import JOURNAL, finishing, journal, of_journal, saves, take
from claimwire.versions import SubjectChange
from streams.carried_headers import arrived
from streams.codecs import PAGES, SUBJECT_ROW, SUBJECT_ROWS, decode, decode_changes, encode
from streams.engine.app import Event, Record, Streams
from streams.engine.batches import Agent, Handled, Stumbled, in_step
from streams.engine.cache import Cache
from streams.engine.stores import GROUP_ENDS
from streams.engine.tables import by_partition
from streams.kafka.topics import CANDIDATES, EVIDENCE, STATEMENTS, SUBJECT_TABLE

AT_ONCE = 200
"""The most records whose statements are linked together, if many wait."""

Place = tuple[int, str]
"""A partition and one of its subjects."""


class Link(Agent[list[SubjectChange]]):
    """The agent."""

    name = "link"

    def __init__(self, streams: Streams) -> None:
        settings = streams.settings
        self._streams = streams
        self._window, self._lateness = timedelta(days=settings.window_days), timedelta(days=settings.lateness_days)
        self._table = streams.table(SUBJECT_TABLE)
        self._subjects: Cache[Place, SubjectLinks] = Cache(settings.cache_statements, len)
        self._new: dict[Place, tuple[SubjectLinks, dict[str, SubjectRow]]] = {}
        self._table.on_recover(self._begin)

    async def read(self, event: Event) -> list[SubjectChange]:
        """Decode a record."""
        return decode_changes(event.value)

    async def take(self, event: Event, read: list[SubjectChange]) -> Handled:
        """Link a record's statements, and say what changes in the evidence and the candidates of the subject."""
        place = event.message.partition, read[0].subject
        if place not in self._new:
            self._new[place] = await self._links(place), {}
        links, new = self._new[place]
        links.reach(datetime.fromtimestamp(arrived() or time.time(), UTC))
        ids = [id for change in read for id in (*(s.id for s in change.said), *change.withdrawn, *change.dated)]
        found = {id: new.get(id) or self._row(place, id) for id in ids}
        try:
            taken = take(links, read, {id: row for id, row in found.items() if row})
        except Exception as error:  # a fault of ours must not stop the wire
            raise Stumbled(f"{type(error).__name__}: {error}") from error
        new |= taken.rows

        def count() -> None:
            if taken.late:
                self._streams.count_late(links.subject, read[0].origin.item)
            self._streams.metrics.linked(taken.told)

        told = [Record(EVIDENCE, c.claim.encode(), encode(c)) for c in by_claim(taken.told)]
        told += [Record(CANDIDATES, c.claim.encode(), encode(c)) for c in taken.candidates]
        return Handled(told, count)

    async def keep(self) -> None:
        """Keep the statements, as they are after all records taken in."""
        for writes in in_step(_saves(place, rows) for place, (_, rows) in self._new.items()):
            await self._table.put_all(by_partition(writes))
        # Stubs need no journal: no remaining statement needs those that left, whether all stubs are written or some.
        for writes in in_step([_rows(place, links.prune())] for place, (links, _) in self._new.items()):
            await self._table.put_all(by_partition(writes))
        for place, (links, _) in self._new.items():
            self._subjects.keep(place, links)
        self._new.clear()

    def forget(self) -> None:
        """Forget the subjects whose changes are not kept yet."""
        for place in self._new:
            self._subjects.drop(place)
        self._new.clear()

    async def _links(self, place: Place) -> SubjectLinks:
        links = self._subjects.get(place)
        if links is None:
            for writes in finishing(journal(self._all_rows(place))):
                await self._table.put_all(by_partition(_rows(place, writes)))
            kept = self._all_rows(place)
            links = SubjectLinks(place[1], self._window, self._lateness)
            links.restore({id: row for id, row in kept.items() if not of_journal(id) and row.statement})
        return links

    def _row(self, place: Place, id: str) -> SubjectRow | None:
        partition, subject = place
        row = self._table.read(partition, _key(subject, id))
        return decode(SUBJECT_ROW, row) if row else None

    def _all_rows(self, place: Place) -> dict[str, Any]:
        """All rows of a subject, by id."""
        partition, subject = place
        rows = self._table.group(partition, subject.encode())
        found = {key.partition(GROUP_ENDS)[2].decode(): row for key, row in rows.items()}
        return {id: decode(_kind(id), row) for id, row in found.items()}

    async def _begin(self) -> None:
        """Begin anew after a rebalance: other workers may now have the subjects in memory."""
        self._subjects.clear()
        self._new.clear()


def link(streams: Streams) -> None:
    """Register the agent."""
    streams.batches([STATEMENTS], Link(streams), AT_ONCE)


def _rows(place: Place, rows: Mapping[str, Any]) -> dict[tuple[int, bytes], bytes]:
    """The rows of a subject as they are written."""
    partition, subject = place
    return {(partition, _key(subject, id)): encode(row) for id, row in rows.items()}


def _saves(place: Place, rows: Mapping[str, SubjectRow]) -> Iterator[dict[tuple[int, bytes], bytes]]:
    return (_rows(place, writes) for writes in saves(rows))


def _key(subject: str, id: str) -> bytes:
    return subject.encode() + GROUP_ENDS + id.encode()


def _kind(id: str) -> TypeAdapter[Any]:
    """The type of the row under an id."""
    if id == JOURNAL:
        return PAGES
    return SUBJECT_ROWS if of_journal(id) else SUBJECT_ROW
