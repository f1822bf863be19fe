"""link: statements at a subject to evidence of its claims."""

from collections import defaultdict
from datetime import timedelta

from claimwire.claims import EvidenceChange
from claimwire.ledger import link as link_change
from claimwire.linking import SubjectLinks
from claimwire.versions import StatementChange
from streams.app import Event, Record, Streams
from streams.codecs import STATEMENT_CHANGE, SUBJECT_ROW, SubjectRow, Undecodable, decode, encode
from streams.tables import SUBJECT_TABLE
from streams.topics import EVIDENCE, STATEMENTS


def link(streams: Streams) -> None:
    """Register the agent."""
    table = streams.table(SUBJECT_TABLE)
    window = timedelta(days=streams.settings.window_days)
    subjects: dict[str, SubjectLinks] = {}
    keys: dict[str, list[bytes]] = defaultdict(list)

    async def forget() -> None:
        """After every rebalance: what is in memory may be another worker's now."""
        subjects.clear()
        keys.clear()
        for key in table.rows():
            keys[key.partition(b"\0")[0].decode()].append(key)

    def links_of(subject: str) -> SubjectLinks:
        if subject not in subjects:
            links = SubjectLinks(subject, window)
            rows = [decode(SUBJECT_ROW, table.rows()[key]) for key in keys.pop(subject, [])]
            links.restore((row.change.statement, row.change.id, row.revisions) for row in rows)
            subjects[subject] = links
        return subjects[subject]

    def row_of(subject: str, id: str) -> SubjectRow | None:
        data = table.read(_key(subject, id))
        return decode(SUBJECT_ROW, data) if data else None

    async def handle(event: Event) -> None:
        try:
            change = decode(STATEMENT_CHANGE, event.value)
        except Undecodable as error:
            await streams.reject(event, "link", str(error))
            return
        before = row_of(change.subject, change.id)
        if before and before.change.order > change.order:
            return
        try:
            links = links_of(change.subject)
            repeated = before is not None and before.change == change
            told = links.part_of(change.id) if repeated else link_change(links, change)
        except Exception as error:  # a fault of ours must not stop the wire
            await forget()
            await streams.reject(event, "link", f"{type(error).__name__}: {error}")
            return
        await streams.send([_record(c) for c in told])
        if repeated:
            return
        streams.metrics.linked(told)
        # The statement's own row comes last: until it is written, all of this is done again.
        for id in dict.fromkeys(c.evidence.statement.id for c in told):
            row = row_of(change.subject, id)
            if row and id != change.id:
                await save(row.change, links)
        await save(change, links)

    async def save(change: StatementChange, links: SubjectLinks) -> None:
        row = SubjectRow(change=change, revisions=links.revisions(change.id))
        await table.put(_key(change.subject, change.id), encode(row))

    table.on_recover(forget)
    streams.agent("link", STATEMENTS, handle)


def _key(subject: str, id: str) -> bytes:
    return f"{subject}\0{id}".encode()


def _record(change: EvidenceChange) -> Record:
    return Record(EVIDENCE, change.evidence.claim.encode(), encode(change))
