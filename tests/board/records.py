"""Records of the ledger's topics, as `judge` would write them, and what a store holds of them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import select

from board.packing import unpack
from board.projection import LedgerRecord, project
from board.store import BoardStore
from board.tables import changes, claims, days, facets, tallies, verdicts
from claimwire import Item, Ledger
from claimwire.verdict_json import as_json
from claimwire.verdicts import Verdict
from streams.codecs import encode
from streams.kafka.topics import SNAPSHOTS, STATUS, VERDICTS, Topic
from tests.unit.builders import extracted

PARTITIONS = 3


class Log:
    """Topics that keep all records."""

    def __init__(self) -> None:
        self.records: list[LedgerRecord] = []

    def write(self, topic: Topic, claim: str, value: Any, partition: int | None = None) -> None:
        """Write a record down; its time is its number."""
        number = int(claim, 16) % PARTITIONS if partition is None else partition
        offset = sum(1 for r in self.records if (r.topic, r.partition) == (topic, number))
        data = value if value is None or isinstance(value, bytes) else encode(value)
        record = LedgerRecord(
            topic=topic, partition=number, offset=offset, at=len(self.records), key=claim.encode(), value=data
        )
        self.records.append(record)

    def compacted(self) -> list[LedgerRecord]:
        """What is left once the broker has kept the last snapshot of each claim alone, and forgotten the deletions."""
        last = {r.key: r for r in self.records if r.topic == SNAPSHOTS}
        return [r for r in self.records if r.topic != SNAPSHOTS or (last[r.key] is r and r.value is not None)]


@dataclass
class Story:
    """What was written, and the ledger that it leads to."""

    log: Log
    ledger: list[dict[str, Any]]

    def gone(self) -> set[str]:
        """Claims that have left the ledger."""
        return {(r.key or b"").decode() for r in self.log.records if r.topic == STATUS} - {c["id"] for c in self.ledger}


def story_of(arrived: Iterable[Item | Verdict]) -> Story:
    """The topics after items and verdicts, and the claims of the ledger."""
    ledger, log = Ledger(), Log()
    shown: dict[str, bytes] = {}
    for each in arrived:
        if isinstance(each, Verdict):
            log.write(VERDICTS, each.claim, as_json(each))
            events = ledger.rule(each)
        else:
            events = ledger.add(each, extracted(each))
        for event in events:
            log.write(STATUS, event.claim.id, event)
        now = {claim["id"]: encode(claim) for claim in ledger.claims()}
        for id in sorted({*now, *shown}):
            if now.get(id) != shown.get(id):
                log.write(SNAPSHOTS, id, now.get(id))
        shown = now
    return Story(log, [json.loads(claim) for claim in shown.values()])


def shuffled(records: Sequence[LedgerRecord], chance: Random) -> list[LedgerRecord]:
    """The records with their partitions mixed anew: each keeps its own order."""
    lanes: dict[tuple[str, int], list[LedgerRecord]] = {}
    for record in records:
        lanes.setdefault((record.topic.name, record.partition), []).append(record)
    order = [lane for lane, held in lanes.items() for _ in held]
    chance.shuffle(order)
    heads = {lane: iter(held) for lane, held in lanes.items()}
    return [next(heads[lane]) for lane in order]


def take(store: BoardStore, records: Sequence[LedgerRecord], batch: int = 1000) -> None:
    """Project records, so many at once."""
    for start in range(0, len(records), batch):
        project(store, store.stated("generation"), records[start : start + batch])


def contents(store: BoardStore) -> Mapping[str, Any]:
    """All that the store holds, but for the numbers of claims and changes."""
    with store.reading() as connection:
        rows = [row._asdict() for row in connection.execute(select(claims))]
        ids = {row["number"]: row["id"] for row in rows}
        found = connection.execute(select(store.full_text.number).select_from(store.full_text.found)).scalars()
        return {
            "claims": {row["id"]: {**row, "number": 0} for row in rows},
            "facets": {(ids[row.claim], row.kind, row.name, row.changed) for row in connection.execute(select(facets))},
            "tallies": {
                (row.kind, row.name, row.status): row.claims
                for row in connection.execute(select(tallies))
                if row.claims
            },
            "days": {(row.day, row.previous, row.word): row.changes for row in connection.execute(select(days))},
            "changes": {
                row.event: (ids[row.claim], row.at, row.time, row.previous, row.word, unpack(row.json)["sequence"])
                for row in connection.execute(select(changes))
            },
            "verdicts": {row.id: (row.claim, row.time) for row in connection.execute(select(verdicts))},
            "found": sorted(ids[number] for number in found),
        }
