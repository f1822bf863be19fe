"""Following: keeps the store up to date with the topics of the ledger, and makes it anew."""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from board.arrival_order import ArrivalOrder
from board.change_queries import last_seq
from board.projection import PROJECTED, LedgerRecord, forget_lost, next_offsets, project
from board.store import REMEDY, BoardStore, StoreReplaced, replacement, store_url
from streams.errors import BoardUnfit
from streams.kafka.broker_watch import broker_watched
from streams.kafka.client import administrator, consumer, ensure_topics, partitions_of, seek, topic_name
from streams.kafka.ledger_pointer import CURRENT, current, pointed_at
from streams.kafka.topics import LEDGERS, SNAPSHOTS, STATUS, Topic
from streams.logs import tell
from streams.settings import MAIN, Settings

POLL_MS = 200
MOST_AT_ONCE = 1_000
"""The most records that are written in one transaction."""

MOST_WAITING = 5_000
"""The most status events of a partition that wait for those of another."""

SETTLED_MS = 60 * 60 * 1000
"""After this time nothing is still on its way between two topics. A compacted topic keeps deletions for a day."""


class Promoted(Exception):
    """Another ledger was promoted: readers read it from now on."""


@dataclass(frozen=True, slots=True)
class News:
    """How far a store has got: its generation, and the number of its last change."""

    generation: str
    seq: int


class Following:
    """Keeps a store up to date, and wakes those who wait for news of it.

    Parameters
    ----------
    most
        The most records that are written in one transaction.
    """

    def __init__(self, settings: Settings, store: BoardStore, most: int = MOST_AT_ONCE) -> None:
        self._asked = settings
        self._store = store
        self._most = most
        self._moved = asyncio.Condition()
        self._here = asyncio.Event()
        self.news = News(store.stated("generation"), last_seq(store))

    async def run(self) -> None:
        """Follow the ledger that readers read, also when another one is promoted, until cancelled.

        Raises
        ------
        BoardUnfit
            If the store is of another stream, or has read more than the topics hold.
        KafkaUnreachable, TopicMissing
            If no broker answers at the start, or there is no ledger.
        """
        while True:
            settings = await current(self._asked)
            if self._asked.ledger in (None, MAIN):  # whoever makes a shadow makes its topics
                await ensure_topics(settings)
            try:
                async with broker_watched(settings, tell.warning):
                    await self._follow(settings)
            except StoreReplaced:
                tell.warning("the board's store was made anew: it is followed from there")
            except Promoted:
                tell.warning("another ledger was promoted: the board's store is made anew of it")
                await asyncio.to_thread(asyncio.run, rebuild(self._asked))

    async def caught_up(self) -> None:
        """Wait until the store has all records that were on the topics at the start."""
        await self._here.wait()

    async def moved(self, known: News) -> News:
        """Wait until the store has got farther than the known news, or another store has replaced it."""
        async with self._moved:
            await self._moved.wait_for(lambda: self.news != known)
            return self.news

    async def _follow(self, settings: Settings) -> None:
        generation = self._store.stated("generation")
        follows_pointer = not self._asked.ledger
        async with consumer(settings) as reader:
            pointer = await partitions_of(reader, settings, LEDGERS) if follows_pointer else []
            ends = await reader.end_offsets(pointer) if pointer else {}
            reading = await _begin(self._store, settings, reader, ends)
            await self._tell(generation)
            while True:
                records = await reading.records(self._most)
                for pointed in reading.pointers:
                    if pointed.key == CURRENT and pointed.value:
                        name = pointed_at(settings, pointed.value)
                        if name != settings.ledger:
                            raise Promoted
                if records:
                    await asyncio.to_thread(_write, self._store, generation, records, self._most)
                    await self._tell(generation)
                if not self._here.is_set() and await reading.done():
                    before = int(time.time() * 1000) - SETTLED_MS
                    await asyncio.to_thread(forget_lost, self._store, generation, before)
                    self._here.set()

    async def _tell(self, generation: str) -> None:
        news = News(generation, await asyncio.to_thread(last_seq, self._store))
        async with self._moved:
            self.news = news
            self._moved.notify_all()


async def rebuild(settings: Settings, advance: Callable[[int], None] = lambda _: None) -> int:
    """Make the store anew from the topics as they are now, beside the old one, and then replace that one.

    Parameters
    ----------
    advance
        Called again and again with the number of records read so far.

    Returns
    -------
    int
        How many records were read.
    """
    settings = await current(settings)
    number = 0
    with replacement(store_url(settings)) as store:
        async with consumer(settings) as reader:
            reading = await _begin(store, settings, reader, {})
            generation = store.stated("generation")
            while not await reading.done():
                records = await reading.records(MOST_AT_ONCE)
                _write(store, generation, records, MOST_AT_ONCE)
                number += len(records)
                advance(number)
    return number


def _write(store: BoardStore, generation: str, records: list[LedgerRecord], most: int) -> None:
    for start in range(0, len(records), most):
        project(store, generation, records[start : start + most])


class Reading:
    """Reads the topics of a ledger, with the status events in the order of their arrival."""

    def __init__(
        self, reader: AIOKafkaConsumer, topics: Mapping[str, Topic], ends: Mapping[TopicPartition, int]
    ) -> None:
        self._reader = reader
        self._topics = topics
        self._ends = ends
        self._order = ArrivalOrder(MOST_WAITING)
        self.pointers: list[ConsumerRecord] = []

    async def records(self, most: int) -> list[LedgerRecord]:
        """The records to write next. What it reads of the pointer to the current ledger goes into `pointers`."""
        partitions = [p for p in self._reader.assignment() if not (self._ordered(p) and self._order.full(p.partition))]
        batches = await self._reader.getmany(*partitions, timeout_ms=POLL_MS, max_records=most)
        self.pointers = []
        found = []
        for partition, batch in batches.items():
            topic = self._topics.get(partition.topic)
            if topic is None:
                self.pointers += batch
                continue
            read = [_record(topic, record) for record in batch]
            if topic == STATUS:
                self._order.add(read)
            else:
                found += read
        return [*found, *self._order.take(await self._behind())]

    async def done(self) -> bool:
        """Whether all records that were there at the start are read, and none of them waits."""
        for partition, end in self._ends.items():
            if await self._reader.position(partition) < end or self._order.holds(partition.partition):
                return False
        return True

    async def _behind(self) -> set[int]:
        """The partitions of the status events of which the broker has more."""
        found = set()
        for partition in filter(self._ordered, self._reader.assignment()):
            end = self._reader.highwater(partition) or self._ends[partition]
            if await self._reader.position(partition) < end:
                found.add(partition.partition)
        return found

    def _ordered(self, partition: TopicPartition) -> bool:
        return self._topics.get(partition.topic) == STATUS


async def _begin(
    store: BoardStore, settings: Settings, reader: AIOKafkaConsumer, beside: Mapping[TopicPartition, int]
) -> Reading:
    """Set the reader to go on where the store ends, and at the given places of other topics.

    Raises
    ------
    BoardUnfit
        If the store is of another stream, or has read more than the topics hold.
    """
    _claim(store, await _stream(settings))
    topics = {topic_name(settings, topic): topic for topic in PROJECTED}
    partitions = [p for topic in PROJECTED for p in await partitions_of(reader, settings, topic)]
    starts, ends = await reader.beginning_offsets(partitions), await reader.end_offsets(partitions)
    with store.reading() as connection:
        known = next_offsets(connection)
    places = {p: known.get((topics[p.topic].name, p.partition), 0) for p in partitions}
    beyond = [p for p in partitions if places[p] > ends[p]]
    if beyond:
        raise BoardUnfit(
            f"the board's store has read {beyond[0].topic} {beyond[0].partition} up to {places[beyond[0]]}, "
            f"and it ends at {ends[beyond[0]]}: it is another one. {REMEDY}"
        )
    seek(reader, {**{p: max(starts[p], places[p]) for p in partitions}, **beside})
    return Reading(reader, topics, ends)


def _claim(store: BoardStore, stream: str) -> None:
    """Check that the store belongs to this stream. A new store belongs to it from now on."""
    stated = store.stated("stream") or store.state("stream", stream)
    if stated != stream:
        raise BoardUnfit(f"the board's store tells of the stream {stated}, and this is {stream}. {REMEDY}")


async def _stream(settings: Settings) -> str:
    """What distinguishes a ledger from all others: the cluster, and its topic there."""
    async with administrator(settings) as admin:
        cluster = await admin.describe_cluster()
    return f"{cluster['cluster_id']}/{topic_name(settings, SNAPSHOTS)}"


def _record(topic: Topic, record: ConsumerRecord) -> LedgerRecord:
    return LedgerRecord(
        topic=topic, partition=record.partition, offset=record.offset, at=record.timestamp, key=record.key,
        value=record.value,
    )  # fmt: skip
