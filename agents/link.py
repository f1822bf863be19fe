"""link: statements at a subject to evidence of its claims."""

import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter

from claimwire.claims import by_claim
from claimwire.keeping import JOURNAL, finishing, journal, of_journal, saves, take
from claimwire.linking import SubjectLinks
from streams.app import Event, Record, Streams
from streams.carried import arrived
from streams.codecs import PAGES, SUBJECT_CHANGE, SUBJECT_ROW, SUBJECT_ROWS, Undecodable, decode, encode
from streams.recent import Recent
from streams.stores import GROUP_ENDS
from streams.tables import AckedTable
from streams.topics import EVIDENCE, STATEMENTS, SUBJECT_TABLE


def link(streams: Streams) -> None:
    """Register the agent."""
    table = streams.table(SUBJECT_TABLE)
    settings = streams.settings
    window, lateness = timedelta(days=settings.window_days), timedelta(days=settings.lateness_days)
    subjects: Recent[str, SubjectLinks] = Recent(settings.cache_statements, len)

    async def links_of(subject: str) -> SubjectLinks:
        links = subjects.get(subject)
        if links is None:
            await save(subject, finishing(journal(_rows(table, subject))))
            kept = _rows(table, subject)
            links = SubjectLinks(subject, window, lateness)
            links.restore({id: row for id, row in kept.items() if not of_journal(id) and row.statement})
        return links

    async def save(subject: str, writes: Iterable[Mapping[str, Any]]) -> None:
        for rows in writes:
            await table.put_all({_key(subject, id): encode(row) for id, row in rows.items()})

    async def handle(event: Event) -> None:
        try:
            change = decode(SUBJECT_CHANGE, event.value)
        except Undecodable as error:
            await streams.reject(event, "link", str(error))
            return
        links = await links_of(change.subject)
        links.reach(datetime.fromtimestamp(arrived() or time.time(), UTC))
        ids = (*(s.id for s in change.said), *change.withdrawn, *change.dated)
        found = {id: table.read(_key(change.subject, id)) for id in ids}
        try:
            taken = take(links, change, {id: decode(SUBJECT_ROW, row) for id, row in found.items() if row})
        except Exception as error:  # a fault of ours must not stop the wire
            subjects.drop(change.subject)
            await streams.reject(event, "link", f"{type(error).__name__}: {error}")
            return
        if taken.late:
            streams.count_late(change.subject, change.origin.item)
        await streams.send([Record(EVIDENCE, c.claim.encode(), encode(c)) for c in by_claim(taken.told)])
        streams.metrics.linked(taken.told)
        await save(change.subject, saves(taken.rows))
        # Stubs need no journal: what has left is missed by nothing that stays, however much of it has left.
        await save(change.subject, [links.prune()])
        subjects.keep(change.subject, links)

    async def forget() -> None:
        """After every rebalance: what is in memory may be another worker's now."""
        subjects.clear()

    table.on_recover(forget)
    streams.agent("link", STATEMENTS, handle)


def _key(subject: str, id: str) -> bytes:
    return subject.encode() + GROUP_ENDS + id.encode()


def _rows(table: AckedTable, subject: str) -> dict[str, Any]:
    """All rows of a subject, by id."""
    found = {key.partition(GROUP_ENDS)[2].decode(): row for key, row in table.group(subject.encode()).items()}
    return {id: decode(_kind(id), row) for id, row in found.items()}


def _kind(id: str) -> TypeAdapter[Any]:
    """What the row under an id holds."""
    if id == JOURNAL:
        return PAGES
    return SUBJECT_ROWS if of_journal(id) else SUBJECT_ROW
