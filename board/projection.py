"""Projection: writes the records of the ledger's topics to the store, a batch and its offsets in one transaction.

The content of the store depends only on each claim's records and their order. It does not matter how they are cut into
batches, or which topic runs ahead. Only the numbers of claims and changes depend on the order of arrival.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, func, select, text

from board import claim_rows
from board.claim_rows import DAY_MS, Facet, Row, Snapshot, milliseconds
from board.full_text import ClaimWords
from board.packing import pack, unpack
from board.store import BoardStore
from board.tables import changes, claims, days, facets, offsets, tallies, verdicts
from claimwire.status_events import Gone, StatusChanged
from claimwire.verdicts import CLAIM_ID, Verdict
from streams.codecs import STATUS_CHANGED, Undecodable, decode, decode_verdict
from streams.kafka.topics import SNAPSHOTS, STATUS, VERDICTS, Topic
from streams.logs import tell

PROJECTED = (STATUS, SNAPSHOTS, VERDICTS)
"""The topics from which the store is made."""

LONGEST_EVENT_ID = 200

GO_ON = text(
    "INSERT INTO offsets (topic, partition, next) VALUES (:topic, :partition, :next) "
    "ON CONFLICT (topic, partition) DO UPDATE SET next = excluded.next"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRecord:
    """A record of one of the topics; ``at`` is its time in milliseconds."""

    topic: Topic
    partition: int
    offset: int
    at: int
    key: bytes | None
    value: bytes | None


@dataclass(frozen=True, slots=True)
class NewChange:
    """A status event as it came."""

    at: int
    event: StatusChanged
    packed: bytes


@dataclass(slots=True)
class LedgerBatch:
    """The decoded content of records. Of each claim it has the last snapshot; None where the claim is gone."""

    events: list[NewChange] = field(default_factory=list)
    snapshots: dict[str, Snapshot | None] = field(default_factory=dict)
    verdicts: dict[str, tuple[Verdict, bytes]] = field(default_factory=dict)

    def take(self, record: LedgerRecord) -> None:
        """Decode and add a record.

        Raises
        ------
        Undecodable
            If the record is not of the kind that its topic holds.
        """
        if record.topic == STATUS:
            event = decode(STATUS_CHANGED, record.value)
            if not CLAIM_ID.fullmatch(event.claim.id) or not 0 < len(event.id) <= LONGEST_EVENT_ID or "\0" in event.id:
                raise Undecodable("its ids are none")
            self.events.append(NewChange(record.at, event, pack(record.value or b"")))
        elif record.topic == SNAPSHOTS:
            id = (record.key or b"").decode("utf8", "replace")
            if not CLAIM_ID.fullmatch(id):
                raise Undecodable("its key is no id of a claim")
            value = record.value
            self.snapshots[id] = None if value is None else claim_rows.read_snapshot(id, value, record.at)
        else:
            verdict = decode_verdict(record.value)
            self.verdicts[verdict.id] = (verdict, pack(record.value or b""))


@dataclass(slots=True)
class Work:
    """A claim whose row is written anew: as it was, and as it will be."""

    was: Row
    row: Row
    had: frozenset[Facet]
    tags: frozenset[Facet]
    snapshot: Snapshot | None = None
    left: bool = False
    listed: frozenset[Facet] = frozenset()


def project(store: BoardStore, generation: str, records: Iterable[LedgerRecord]) -> int:
    """Write the records that the store does not have yet; returns the number of the last change after them.

    Raises
    ------
    StoreReplaced
        If another store has replaced that of this generation.
    """
    with store.writing(generation) as connection:
        known = next_offsets(connection)
        fresh = [r for r in records if r.offset >= known.get((r.topic.name, r.partition), 0)]
        batch = _decoded(fresh)
        last = int(connection.execute(select(func.max(changes.c.seq))).scalar() or 0)
        if batch.events or batch.snapshots:
            last = _write_claims(store, connection, batch, last)
        _write_verdicts(store, connection, batch)
        if fresh:
            ends = {(r.topic.name, r.partition): r.offset + 1 for r in fresh}
            rows = [{"topic": topic, "partition": number, "next": next} for (topic, number), next in ends.items()]
            connection.execute(GO_ON, rows)
    return last


def forget_lost(store: BoardStore, generation: str, before: int) -> None:
    """Take away claims that are still shown although their last event, older than a moment, says that they are gone.

    A compacted topic forgets deletions after a day. A follower that has not read it for longer misses some.

    Raises
    ------
    StoreReplaced
        If another store has replaced that of this generation.
    """
    with store.writing(generation) as connection:
        lost = select(claims.c.id).where(claims.c.present, claims.c.told.in_(list(Gone)), claims.c.changed < before)
        _write_claims(store, connection, LedgerBatch(snapshots=dict.fromkeys(connection.execute(lost).scalars())), 0)


def next_offsets(connection: Connection) -> dict[tuple[str, int], int]:
    """The offset of the next record, by topic and partition."""
    return {(row.topic, row.partition): row.next for row in connection.execute(select(offsets))}


def _decoded(records: Iterable[LedgerRecord]) -> LedgerBatch:
    batch = LedgerBatch()
    for record in records:
        try:
            batch.take(record)
        except Undecodable as error:
            tell.warning(f"{record.topic.name} {record.partition}:{record.offset} is left out: {error}")
    return batch


def _write_claims(store: BoardStore, connection: Connection, batch: LedgerBatch, last: int) -> int:
    """Write the changed claims and their events; returns the number of the last change."""
    events = _new_events(connection, batch.events)
    works = _load(connection, {*batch.snapshots, *(told.event.claim.id for told in events)})
    _fold_snapshots(connection, works, batch.snapshots)
    numbered = []
    for seq, told in enumerate(events, start=last + 1):
        numbered.append(_fold_event(works[told.event.claim.id], told, seq))
    _write(store, connection, list(works.values()))
    store.insert(connection, changes, numbered)
    _count_by_day(store, connection, numbered)
    return last + len(numbered)


def _count_by_day(store: BoardStore, connection: Connection, numbered: Sequence[Row]) -> None:
    counts = Counter((row["time"] // DAY_MS, row["previous"], row["word"]) for row in numbered)
    rows = [
        {"day": day, "previous": previous, "word": word, "changes": number}
        for (day, previous, word), number in sorted(counts.items())
    ]
    store.add(connection, days, rows)


def _new_events(connection: Connection, events: Sequence[NewChange]) -> list[NewChange]:
    """The events that are not there yet, each once, in their order."""
    ids = [told.event.id for told in events]
    there = set(connection.execute(select(changes.c.event).where(changes.c.event.in_(ids))).scalars())
    new: dict[str, NewChange] = {}
    for told in events:
        if told.event.id not in there:
            new.setdefault(told.event.id, told)
    return list(new.values())


def _load(connection: Connection, ids: Collection[str]) -> dict[str, Work]:
    """The claims as they are in the store. New ones get empty rows."""
    known = {row.id: row._asdict() for row in connection.execute(select(claims).where(claims.c.id.in_(ids)))}
    last = int(connection.execute(select(func.max(claims.c.number))).scalar() or 0)
    new = sorted(set(ids) - known.keys())
    rows = known | {id: claim_rows.empty_row(number, id) for number, id in enumerate(new, start=last + 1)}
    works = {}
    for id, row in rows.items():
        tags = claim_rows.tags_of(row)
        had = claim_rows.facets(row, tags) if row["status"] else frozenset()
        works[id] = Work(was=row, row=row, had=had, tags=tags)
    return works


def _fold_snapshots(
    connection: Connection, works: Mapping[str, Work], snapshots: Mapping[str, Snapshot | None]
) -> None:
    gone = [works[id].row["number"] for id, snapshot in snapshots.items() if snapshot is None]
    ends = _last_events(connection, gone) if gone else {}
    for id, snapshot in snapshots.items():
        work = works[id]
        if snapshot:
            work.snapshot, work.row, work.tags = snapshot, claim_rows.shown(work.row, snapshot), snapshot.tags
        else:
            end = ends.get(work.row["number"])
            work.left, work.row = True, claim_rows.left(work.row, end)
            work.tags = claim_rows.tags_left(end) if end else frozenset()


def _last_events(connection: Connection, numbers: Sequence[int]) -> dict[int, StatusChanged]:
    """The last event of each of these claims, where there is one."""
    latest = select(func.max(changes.c.seq)).where(changes.c.claim.in_(numbers)).group_by(changes.c.claim)
    found = connection.execute(select(changes.c.claim, changes.c.json).where(changes.c.seq.in_(latest)))
    return {row.claim: STATUS_CHANGED.validate_python(unpack(row.json)) for row in found}


def _fold_event(work: Work, told: NewChange, seq: int) -> Row:
    """Fold an event into its claim; returns the event's row."""
    event, before = told.event, work.row
    work.row = claim_rows.told(work.row, event, told.at)
    if work.row is not before and not work.row["present"]:
        work.tags = claim_rows.tags_left(event)
    return {
        "seq": seq,
        "event": event.id,
        "claim": work.row["number"],
        "at": told.at,
        "time": milliseconds(event.time),
        "previous": before["told"] if event.sequence == before["sequence"] + 1 else str(event.previous or ""),
        "word": claim_rows.standing(str(event.status), str(event.gone or "")),
        "json": told.packed,
    }


def _write(store: BoardStore, connection: Connection, works: Sequence[Work]) -> None:
    """Write claims anew: their rows, facets, words and tallies."""
    changed = [work for work in works if work.row is not work.was and work.row["status"]]
    for work in changed:
        work.listed = claim_rows.facets(work.row, work.tags)
    old = [work.row["number"] for work in changed if work.was["status"]]
    if old:
        connection.execute(delete(claims).where(claims.c.number.in_(old)))
    store.insert(connection, claims, [claim_rows.with_tags(work.row, work.tags) for work in changed])

    moved = [w for w in changed if w.listed != w.had or w.row["changed"] != w.was["changed"]]
    store.delete(connection, facets, [row for w in moved for row in _facet_rows(w.was, w.had)])
    store.insert(connection, facets, [row for w in moved for row in _facet_rows(w.row, w.listed)])

    counts: Counter[tuple[str, str, str]] = Counter()
    for work in changed:
        counts.update(claim_rows.counted(work.row, work.listed))
        counts.subtract(claim_rows.counted(work.was, work.had))
    rows = [
        {"kind": kind, "name": name, "status": status, "claims": number}
        for (kind, name, status), number in sorted(counts.items())
        if number
    ]
    store.add(connection, tallies, rows)

    said = [w for w in works if w.snapshot or w.left]
    store.full_text.remove(connection, [w.row["number"] for w in said if w.was["snapshot"]])
    documents = [ClaimWords(w.row["number"], *w.snapshot.words, w.listed) for w in said if w.snapshot]
    store.full_text.put(connection, documents)


def _facet_rows(row: Row, listed: Iterable[Facet]) -> list[Row]:
    return [
        {"kind": kind, "name": name, "changed": row["changed"], "claim": row["number"]} for kind, name in sorted(listed)
    ]


def _write_verdicts(store: BoardStore, connection: Connection, batch: LedgerBatch) -> None:
    there = set(connection.execute(select(verdicts.c.id).where(verdicts.c.id.in_(batch.verdicts))).scalars())
    rows = [
        {"id": id, "claim": verdict.claim, "time": milliseconds(verdict.time), "json": packed}
        for id, (verdict, packed) in batch.verdicts.items()
        if id not in there
    ]
    store.insert(connection, verdicts, rows)
