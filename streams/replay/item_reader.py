"""Reads a stretch of ``news.items`` with a consumer without a group, which commits nothing."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from claimwire.items import Item
from streams.codecs import Undecodable
from streams.errors import KafkaUnreachable
from streams.intake import take_in
from streams.kafka.client import consumer, partitions_of, seek, topic_name
from streams.kafka.topics import ITEMS
from streams.replay.stretches import FROM, TO, Bound, Offsets, Stretch, between, first_at
from streams.settings import Settings

STALL_SECONDS = 30.0
"""If no record comes for so long, the broker is gone."""

POLL_MS = 500
JUST_BEFORE = timedelta(milliseconds=1)
"""The smallest step of Kafka's times."""


@dataclass(frozen=True, slots=True)
class Ranges:
    """A stretch, and what the topic holds.

    Attributes
    ----------
    until
        When the stretch ends: it holds nothing that arrived later. None if it takes in everything.
    """

    stretch: Stretch
    held: dict[int, range]
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class PartitionRange:
    """What a stretch takes of a partition, with the times of arrival of its first and last record."""

    partition: int
    start: int
    end: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Arrived:
    """A record of ``news.items``: its item, or the reason why it holds none."""

    partition: int
    offset: int
    arrived: datetime
    item: Item | str


async def ranges(settings: Settings, start: Bound, end: Bound, options: tuple[str, str] = (FROM, TO)) -> Ranges:
    """The stretch between two bounds, as the topic is now.

    Raises
    ------
    StretchInvalid, KafkaUnreachable, TopicMissing
        If there is no such stretch, no broker answers, or the broker has no topic of items.
    """
    async with consumer(settings) as reader:
        partitions = await partitions_of(reader, settings, ITEMS)
        starts, ends = await reader.beginning_offsets(partitions), await reader.end_offsets(partitions)
        held = {p.partition: range(starts[p], ends[p]) for p in partitions}
        until = end if isinstance(end, datetime) else None
        if isinstance(start, datetime):
            start = await _looked_up(reader, start, FROM, ends)
        if isinstance(end, datetime):
            end = await _looked_up(reader, end, TO, ends)
    stretch = between(start, end, held, options)
    return Ranges(stretch, held, until or await _end_of(settings, stretch, held))


async def _end_of(settings: Settings, stretch: Stretch, held: dict[int, range]) -> datetime | None:
    """The moment until which only the stretch had arrived; None if nothing has arrived since.

    If partitions end at different times, the latest end counts.
    """
    after = {n: range(taken.stop, taken.stop + 1) for n, taken in stretch.items() if taken.stop < held[n].stop}
    if not after:
        return None
    next_ones = min(r.first for r in await described(settings, after) if r.first)
    last = [r.last for r in await described(settings, stretch) if r.last]
    return max([next_ones - JUST_BEFORE, *last])


async def _looked_up(
    reader: AIOKafkaConsumer, moment: datetime, option: str, ends: dict[TopicPartition, int]
) -> Offsets:
    """The offsets at which a stretch from this moment on begins, or a stretch until this moment ends."""
    found = await reader.offsets_for_times(dict.fromkeys(ends, first_at(moment, option)))
    return Offsets({p.partition: found[p].offset if found.get(p) else end for p, end in ends.items()})


async def described(settings: Settings, stretch: Stretch) -> list[PartitionRange]:
    """The stretch by partition. This reads the first and the last record of each."""
    told = []
    async with consumer(settings) as reader:
        for number, taken in stretch.items():
            partition = TopicPartition(topic_name(settings, ITEMS), number)
            edges = (
                [await _one(reader, settings, partition, offset) for offset in (taken[0], taken[-1])] if taken else []
            )
            first, last = (_arrival(edge) for edge in edges) if edges else (None, None)
            told.append(PartitionRange(number, taken.start, taken.stop, first, last))
    return told


async def _one(reader: AIOKafkaConsumer, settings: Settings, partition: TopicPartition, offset: int) -> ConsumerRecord:
    seek(reader, {partition: offset})
    patience = _Patience(settings)
    while not (batch := (await reader.getmany(partition, timeout_ms=POLL_MS, max_records=1)).get(partition, [])):
        patience.check()
    return batch[0]


async def read(settings: Settings, stretch: Stretch, advance: Callable[[], None]) -> list[Arrived]:
    """What a stretch holds, in the order of arrival.

    Parameters
    ----------
    advance
        Called after each record.
    """
    found: list[Arrived] = []
    name = topic_name(settings, ITEMS)
    left = {TopicPartition(name, number): taken.stop for number, taken in stretch.items() if taken}
    async with consumer(settings) as reader:
        seek(reader, {p: stretch[p.partition].start for p in left})
        patience = _Patience(settings)
        while left:
            batches = await reader.getmany(timeout_ms=POLL_MS)
            for partition, batch in batches.items():
                for record in batch:
                    if record.offset < left.get(partition, 0):
                        found.append(_arrived(settings, record))
                        advance()
            for partition, end in list(left.items()):
                if await reader.position(partition) >= end:
                    reader.pause(partition)
                    del left[partition]
            if batches:
                patience.moved()
            patience.check()
    return sorted(found, key=lambda a: (a.arrived, a.partition, a.offset))


class _Patience:
    """Limits how long a reader waits for a record."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.moved()

    def moved(self) -> None:
        self._until = time.monotonic() + STALL_SECONDS

    def check(self) -> None:
        if time.monotonic() > self._until:
            raise KafkaUnreachable(
                f"no record has come from {self._settings.broker} for {STALL_SECONDS:.0f} s. Check the broker."
            )


def _arrived(settings: Settings, record: ConsumerRecord) -> Arrived:
    item: Item | str
    try:
        item = take_in(record.key, record.value, settings)
    except Undecodable as error:
        item = str(error)
    return Arrived(record.partition, record.offset, _arrival(record), item)


def _arrival(record: ConsumerRecord) -> datetime:
    return datetime.fromtimestamp(record.timestamp / 1000, UTC)
