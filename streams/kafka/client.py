"""Kafka from outside the worker: makes and checks topics, writes records, and reads topics to their end."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import (
    KafkaConnectionError,
    StaleMetadata,
    TopicAlreadyExistsError,
    TopicAuthorizationFailedError,
    for_code,
)

from streams.errors import TopicMissing, TopicsDiffer
from streams.kafka.connection import answer_of, client_options, refusal, silent, who, why_unreachable
from streams.kafka.patience import PATIENCE_SECONDS, passes, patiently
from streams.kafka.patient_admin import PatientAdmin
from streams.kafka.topics import CHANGELOGS, HEADROOM, MAX_MESSAGE_BYTES, TOPICS, Topic
from streams.logs import tell
from streams.ports_and_processes import Answer
from streams.settings import MAIN, Settings

CONNECT_MS = 10_000
STOP_SECONDS = 10.0
MOVED = (
    "Keys would meet in the wrong place. Make a new set under another CLAIMWIRE_PREFIX and feed the items in again: "
    "docs/operations.md, More partitions."
)

Client = TypeVar("Client", AIOKafkaProducer, AIOKafkaConsumer)


def topic_name(settings: Settings, topic: Topic) -> str:
    """The topic's name on the broker. Only this function decides it."""
    return f"{settings.prefix if topic.shared else settings.own_prefix}{topic.name}"


def changelog_name(settings: Settings, table: str) -> str:
    """The name of a table's changelog topic, as Faust forms it."""
    return f"{settings.application}-{table}-changelog"


@asynccontextmanager
async def _reached(settings: Settings) -> AsyncIterator[None]:
    """Turn errors in the block into words on why a broker does not answer or refuses."""
    await _not_silent(settings)
    try:
        yield
    except (KafkaConnectionError, ConnectionError, TimeoutError):
        raise await why_unreachable(settings) from None


async def _not_silent(settings: Settings) -> None:
    """Wait for a while if the broker takes connections but does not answer; aiokafka would wait for ever.

    A busy broker may be silent for a while, so a warning comes before the error.

    Raises
    ------
    KafkaUnreachable
        If it stays silent.
    """
    deadline, warned = monotonic() + PATIENCE_SECONDS, False
    while await asyncio.to_thread(answer_of, settings) is Answer.SILENT:
        if monotonic() > deadline:
            raise silent(settings)
        if not warned:
            tell.warning(f"{silent(settings)} Trying for {PATIENCE_SECONDS:.0f} s.")
            warned = True


@asynccontextmanager
async def administrator(settings: Settings) -> AsyncIterator[AIOKafkaAdminClient]:
    """An administrator's connection."""
    made = PatientAdmin(settings, CONNECT_MS)
    async with _reached(settings):
        await made.start()
    try:
        yield made
    finally:
        await made.close()


@asynccontextmanager
async def _started(client: Client, settings: Settings) -> AsyncIterator[Client]:
    """Start a producer or a consumer, and stop it after the block."""
    try:
        async with _reached(settings):
            await client.start()
        yield client
    finally:
        await asyncio.sleep(0)  # let aiokafka's own tasks begin, or stopping them is an error
        with suppress(TimeoutError):  # a producer without its broker would wait for unsent records
            async with asyncio.timeout(STOP_SECONDS):
                await client.stop()


async def ensure_topics(settings: Settings) -> int:
    """Make the missing topics of the table and the missing changelogs of the agents' tables.

    Returns
    -------
    int
        The number of partitions of the keyed topics.

    Raises
    ------
    KafkaUnreachable
        If no broker answers.
    TopicsDiffer
        If the keyed topics that exist do not all have the same number of partitions.
    """
    async with administrator(settings) as client:
        existing, unseen = await _existing(client, settings)
        partitions = common_partitions(settings, existing)
        missing = [n for n in wanted_topics(settings, partitions) if n.name not in existing and n.name not in unseen]
        if missing:
            await patiently(settings, lambda: _make(client, settings, missing))
    return partitions


async def _make(client: AIOKafkaAdminClient, settings: Settings, topics: list[NewTopic]) -> None:
    """Make topics. Those that another command has just made are fine."""
    response = await client.create_topics(topics)
    for name, code, *_ in response.topic_errors:
        error = for_code(code)()
        if code and not isinstance(error, TopicAlreadyExistsError):
            raise error if passes(error) else refusal(settings, error, f"make topic {name}")


async def wait_for_coordinator(settings: Settings) -> None:
    """Wait until the broker names the coordinator of the application's group.

    A new broker makes its own topics first, and Faust's client would log an error again and again meanwhile.

    Raises
    ------
    KafkaUnreachable
        If it names none in time.
    """
    async with administrator(settings) as client:
        await client.find_coordinator(settings.application)


async def check_partitions(settings: Settings, partitions: int) -> None:
    """Check that the keyed topics still have as many partitions as before. With more, keys move between them.

    Raises
    ------
    KafkaUnreachable
        If no broker answers.
    TopicsDiffer
        If one of them has another number by now.
    """
    async with administrator(settings) as client:
        existing, _ = await _existing(client, settings)
    now = common_partitions(settings, existing)
    if now != partitions:
        raise TopicsDiffer(f"the topics have {now} partitions by now instead of {partitions}. {MOVED}")


async def _existing(client: AIOKafkaAdminClient, settings: Settings) -> tuple[dict[str, int], set[str]]:
    """The partitions of each existing topic of ours, and the topics that this user may not see."""
    described = await client.describe_topics([n.name for n in wanted_topics(settings, settings.partitions)])
    existing = {t["topic"]: len(t["partitions"]) for t in described if not t["error_code"]}
    return existing, {t["topic"] for t in described if t["error_code"] == TopicAuthorizationFailedError.errno}


def wanted_topics(settings: Settings, partitions: int) -> list[NewTopic]:
    """The topics of the table and the changelogs, as requests to make them."""
    topics = [
        NewTopic(topic_name(settings, t), partitions if t.keyed else 1, settings.replication, topic_configs=t.config())
        for t in TOPICS
    ]
    # Compacted only: with a retention as well, Faust cannot recover from an emptied changelog.
    config = {"cleanup.policy": "compact", "max.message.bytes": str(MAX_MESSAGE_BYTES)}
    changelogs = [
        NewTopic(changelog_name(settings, table), partitions, settings.replication, topic_configs=config)
        for table in CHANGELOGS
    ]
    return topics + changelogs


def common_partitions(settings: Settings, existing: dict[str, int]) -> int:
    """The number of partitions of the keyed topics; the settings' number if there are none yet."""
    one = {topic_name(settings, t) for t in TOPICS if not t.keyed}
    counts = {name: n for name, n in existing.items() if name not in one}
    if len(set(counts.values())) > 1:
        listed = ", ".join(f"{name} {n}" for name, n in sorted(counts.items()))
        raise TopicsDiffer(f"the topics do not all have the same number of partitions ({listed}). {MOVED}")
    return next(iter(counts.values()), settings.partitions)


@asynccontextmanager
async def producer(settings: Settings, largest: int = MAX_MESSAGE_BYTES) -> AsyncIterator[AIOKafkaProducer]:
    """A producer whose sends all replicas acknowledge, for records of at most `largest` bytes."""
    made = AIOKafkaProducer(
        **client_options(settings),
        acks="all",
        enable_idempotence=True,
        linger_ms=10,
        max_request_size=max(largest, MAX_MESSAGE_BYTES) + HEADROOM,
    )
    async with _started(made, settings) as started:
        yield started


@asynccontextmanager
async def consumer(settings: Settings, group: str | None = None) -> AsyncIterator[AIOKafkaConsumer]:
    """A consumer. Without a group it leaves no trace on the broker, with one it leaves its commits."""
    made = AIOKafkaConsumer(
        **client_options(settings), group_id=group, enable_auto_commit=False, fetch_max_wait_ms=100,
        max_partition_fetch_bytes=MAX_MESSAGE_BYTES + HEADROOM,
    )  # fmt: skip
    async with _started(made, settings) as started:
        yield started


def seek(reader: AIOKafkaConsumer, offsets: Mapping[TopicPartition, int]) -> None:
    """Read these partitions from these offsets.

    Nothing may be awaited between the two calls, or aiokafka would look for a position of its own
    and overwrite ours.
    """
    reader.assign(list(offsets))
    for partition, offset in offsets.items():
        reader.seek(partition, offset)


async def _look_anew(reader: AIOKafkaConsumer, settings: Settings) -> None:
    """Have the client look at the topics anew. One that could not look would know of no topic."""

    async def look() -> None:
        if not await reader._client.force_metadata_update():
            raise StaleMetadata("the topics could not be looked at")

    await patiently(settings, look)


async def partitions_of(reader: AIOKafkaConsumer, settings: Settings, topic: Topic) -> list[TopicPartition]:
    """The topic's partitions.

    Raises
    ------
    TopicMissing
        If there is no such topic.
    """
    name = topic_name(settings, topic)
    await _look_anew(reader, settings)
    numbers = reader.partitions_for_topic(name)
    if not numbers:
        hidden = f", or does not show it to {who(settings)}" if settings.sasl or settings.tls else ""
        remedy = "Start a worker: `claimwire worker`."
        if settings.ledger not in (None, MAIN) and not topic.shared:
            remedy = (
                f"CLAIMWIRE_LEDGER asks for the ledger {settings.ledger}: `claimwire replay status {settings.ledger}` "
                f"shows it, `claimwire replay --into {settings.ledger}` makes it, and without the setting the "
                "promoted one is read."
            )
        raise TopicMissing(f"the broker at {settings.broker} has no topic {name}{hidden}. {remedy}")
    return [TopicPartition(name, n) for n in sorted(numbers)]


async def read_to_end(
    settings: Settings, topic: Topic, known: Mapping[int, int] | None = None
) -> AsyncIterator[ConsumerRecord]:
    """The topic's records, partition by partition, up to its current end.

    Parameters
    ----------
    known
        The offset of each partition up to which they are known already.

    Raises
    ------
    KafkaUnreachable, TopicMissing
        If no broker answers, or it has no such topic.
    """
    async with consumer(settings) as reader:
        partitions = await partitions_of(reader, settings, topic)
        starts = await reader.beginning_offsets(partitions)
        ends = await reader.end_offsets(partitions)
        for partition, end in ends.items():
            seek(reader, {partition: max(starts[partition], (known or {}).get(partition.partition, 0))})
            while await reader.position(partition) < end:
                batch = await reader.getmany(partition, timeout_ms=1000)
                for record in batch.get(partition, []):
                    if record.offset < end:
                        yield record


async def read_one(settings: Settings, topic: str, partition: int, offset: int) -> ConsumerRecord:
    """The record at an offset.

    Raises
    ------
    LookupError
        If it is gone.
    """
    place = TopicPartition(topic, partition)
    async with consumer(settings) as reader:
        await _look_anew(reader, settings)
        if partition not in (reader.partitions_for_topic(topic) or ()):
            raise LookupError(f"there is no partition {partition} of {topic}")
        [start], [end] = (
            (await reader.beginning_offsets([place])).values(),
            (await reader.end_offsets([place])).values(),
        )
        seek(reader, {place: offset})
        while start <= offset < end:
            for record in (await reader.getmany(place, timeout_ms=1000, max_records=1)).get(place, []):
                if record.offset == offset:
                    return record
                raise LookupError(f"{topic} {partition}:{offset} is gone")
    raise LookupError(f"{topic} {partition}:{offset} is gone")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an application has read a partition, by its commits."""

    start: int
    done: int
    end: int

    @property
    def lag(self) -> int:
        """Records that it has not finished with."""
        return self.end - self.done


@dataclass(frozen=True, slots=True)
class Commits:
    """Asks the broker how far the application has read."""

    settings: Settings
    admin: AIOKafkaAdminClient
    reader: AIOKafkaConsumer

    async def of(self, partitions: Collection[TopicPartition]) -> dict[TopicPartition, Progress]:
        """How far it has read each of the partitions."""
        if not partitions:
            return {}
        commits = await self.admin.list_consumer_group_offsets(self.settings.application)
        starts = await self.reader.beginning_offsets(partitions)
        ends = await self.reader.end_offsets(partitions)
        done = {p: max(commits[p].offset, starts[p]) if p in commits else starts[p] for p in partitions}
        return {p: Progress(starts[p], done[p], ends[p]) for p in partitions}

    async def of_topic(self, topic: Topic) -> dict[int, Progress]:
        """How far it has read each partition of a topic, by number."""
        found = await self.of(await partitions_of(self.reader, self.settings, topic))
        return {partition.partition: progress for partition, progress in found.items()}


@asynccontextmanager
async def commits(settings: Settings) -> AsyncIterator[Commits]:
    """Connections for asking again and again for the application's progress."""
    async with administrator(settings) as admin, consumer(settings) as reader:
        yield Commits(settings, admin, reader)


async def progress(settings: Settings, topics: Iterable[Topic]) -> dict[Topic, dict[int, Progress]]:
    """How far the application has read each partition of these topics."""
    async with commits(settings) as asked:
        return {topic: await asked.of_topic(topic) for topic in topics}


async def committed_lag(settings: Settings, topics: Iterable[Topic]) -> dict[str, int]:
    """Records of each topic that the application has not finished with, by its commits."""
    found = await progress(settings, topics)
    return {topic.name: sum(p.lag for p in partitions.values()) for topic, partitions in found.items()}
