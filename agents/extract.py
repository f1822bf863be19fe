"""extract: from item versions to statements at their subjects."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from claimwire.items import Item
from claimwire.publication_order import places_back
from claimwire.statements import Statement
from claimwire.track_records import remark
from claimwire.versions import Known, SubjectChange, revise
from streams.codecs import KNOWN, decode, encode
from streams.engine.app import Event, Record, Streams
from streams.engine.batches import Agent, Handled
from streams.engine.extraction_processes import Extraction
from streams.intake import take_in
from streams.kafka.topics import ITEM_TABLE, ITEMS, LARGEST, REMARKS, STATEMENTS

Read = tuple[Item, list[Statement], str]
"""An item version, its statements, and why it could not be read, or empty. With a reason it is rejected."""

AT_ONCE = 16
"""The most items in a batch. `extract` is ahead of `link` by so many if more wait."""

FAR_BACK = 2
"""Places by which the new items of a batch go back on average from which they count as out of order."""

LARGE = LARGEST // 8
"""The most bytes of joined changes; further changes of the subject go into another record."""


class Extract(Agent[Read]):
    """The agent."""

    name = "extract"

    def __init__(self, streams: Streams) -> None:
        self._streams, self._metrics = streams, streams.metrics
        self._table = streams.table(ITEM_TABLE)
        self._extraction = Extraction()
        self._new: dict[int, dict[bytes, Known]] = {}
        self._published: list[datetime] = []
        streams.at_end(self._extraction.close)

    async def read(self, event: Event) -> Read:
        """Read the item and extract its statements."""
        item = take_in(event.key, event.value, self._streams.settings)
        return item, *await self._extraction.statements(item)

    async def take(self, event: Event, read: Read) -> Handled:
        """The changes of the version, as records for its subjects."""
        item, statements, reason = read
        key, partition = item.uri.encode(), event.message.partition
        new = self._new.setdefault(partition, {})
        before = new.get(key) or self._known(partition, key)
        if before is None:
            self._published.append(item.published)
        after, changes = revise(before, item, statements)
        if changes or after != before:
            new[key] = after
        records = [record for change in changes for record in _records(change)]
        if reason:  # its words are unknown, so its earlier statements are withdrawn
            records.insert(0, self._streams.rejection(event, self.name, reason))

        def count() -> None:
            if reason:
                self._metrics.rejected(self.name)
            self._metrics.extracted(before, after, changes)

        return Handled(records, count)

    def together(self, records: list[Record]) -> list[Record]:
        """Join the changes of items out of order at a subject into one record, so that they are linked only once.

        Items in order are sent one by one, since each must have its own status changes.
        """
        if places_back(self._published) <= FAR_BACK * len(self._published):
            return records
        by_subject: dict[bytes | None, list[Record]] = {}
        for record in records:
            if record.topic is STATEMENTS:
                by_subject.setdefault(record.key, []).append(record)
        others = [record for record in records if record.topic is not STATEMENTS]
        return [*others, *(joined for some in by_subject.values() for joined in _joined(some))]

    async def keep(self) -> None:
        """Write the new versions."""
        new = dict(self._new)
        self.forget()
        await self._table.put_all({p: {key: encode(known) for key, known in each.items()} for p, each in new.items()})

    def forget(self) -> None:
        """Drop the versions that were not written."""
        self._new.clear()
        self._published.clear()

    def _known(self, partition: int, key: bytes) -> Known | None:
        row = self._table.read(partition, key)
        return decode(KNOWN, row) if row else None


def extract(streams: Streams) -> None:
    """Register the agent."""
    streams.batches([ITEMS], Extract(streams), AT_ONCE)


def _records(change: SubjectChange) -> list[Record]:
    """The records of a change. Remarks on a track record skip linking; their topic keeps the last form of each."""
    if not change.of_a_record:
        return [Record(STATEMENTS, change.subject.encode(), encode(change))]
    said: dict[str, bytes | None] = dict.fromkeys(change.withdrawn) | {s.id: encode(remark(s)) for s in change.said}
    return [Record(REMARKS, f"{change.subject} {id}".encode(), value) for id, value in said.items()]


def _joined(records: list[Record]) -> Iterator[Record]:
    """The changes of one subject in few records."""
    some: list[Record] = []
    for record in records:
        if some and sum(each.size for each in some) + record.size > LARGE:
            yield _as_one(some)
            some = []
        some.append(record)
    yield _as_one(some)


def _as_one(records: list[Record]) -> Record:
    """Join records into one, with the first one's headers."""
    if len(records) == 1:
        return records[0]
    return replace(records[0], value=b"[" + b",".join(record.value or b"" for record in records) + b"]")
