"""Kafka from outside the worker: topics made and checked, records written, and read to their end."""

from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaConnectionError, TopicAlreadyExistsError, for_code

from streams.errors import KafkaUnreachable, TopicsDiffer
from streams.machine import answers
from streams.settings import Settings
from streams.tables import CHANGELOGS
from streams.topics import HEADROOM, MAX_MESSAGE_BYTES, TOPICS, Topic

CONNECT_MS = 10_000
MOVED = (
    "Keys would meet in the wrong place. Make a new set under another CLAIMWIRE_PREFIX and feed the items in again: "
    "docs/operations.md, More partitions."
)

Client = TypeVar("Client", AIOKafkaProducer, AIOKafkaConsumer)


def topic_name(settings: Settings, topic: Topic) -> str:
    """The topic's name on the broker."""
    return f"{settings.prefix}{topic.name}"


def changelog_name(settings: Settings, table: str) -> str:
    """The name of a table's changelog topic, as Faust forms it."""
    return f"{settings.application}-{table}-changelog"


def broker_answers(settings: Settings) -> bool:
    """Whether one of the bootstrap servers answers, asked without a client that would have to be kept or made."""
    addresses = (server.strip().rpartition(":") for server in settings.broker.split(","))
    return any(answers(host, int(port)) for host, _, port in addresses)


def unreachable(settings: Settings, why: str = "") -> KafkaUnreachable:
    """What to tell the user where no broker answers."""
    return KafkaUnreachable(
        f"no Kafka broker answers at {settings.broker}. Start one with `claimwire broker start`, "
        f"or name yours in CLAIMWIRE_BROKER.{why}"
    )


@asynccontextmanager
async def _reached(settings: Settings) -> AsyncIterator[None]:
    """Turn a broker that does not answer into words."""
    try:
        yield
    except (KafkaConnectionError, ConnectionError, TimeoutError) as error:
        raise unreachable(settings, f" ({type(error).__name__})") from None


@asynccontextmanager
async def _admin(settings: Settings) -> AsyncIterator[AIOKafkaAdminClient]:
    """An administrator's connection."""
    admin = AIOKafkaAdminClient(bootstrap_servers=settings.broker, request_timeout_ms=CONNECT_MS)
    async with _reached(settings):
        await admin.start()
    try:
        yield admin
    finally:
        await admin.close()


@asynccontextmanager
async def _started(client: Client, settings: Settings) -> AsyncIterator[Client]:
    """A producer or a consumer between its start and its stop."""
    try:
        async with _reached(settings):
            await client.start()
        yield client
    finally:
        await client.stop()


async def ensure_topics(settings: Settings) -> int:
    """Make the topics of the table, and the tables' changelogs, where they are missing.

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
    async with _admin(settings) as admin:
        existing = await _existing(admin, settings)
        partitions = _partitions(settings, existing)
        missing = [n for n in _wanted(settings, partitions) if n.name not in existing]
        if missing:
            response = await admin.create_topics(missing)
            for name, code, *_ in response.topic_errors:
                error = for_code(code)
                if code and error is not TopicAlreadyExistsError:
                    raise TopicsDiffer(f"topic {name} could not be made: {error.__name__}: {error.description}")
    return partitions


async def check_partitions(settings: Settings, partitions: int) -> None:
    """See that the keyed topics still have as many partitions as before: with more, keys move between them.

    Raises
    ------
    KafkaUnreachable
        If no broker answers.
    TopicsDiffer
        If one of them has another number by now.
    """
    async with _admin(settings) as admin:
        now = _partitions(settings, await _existing(admin, settings))
    if now != partitions:
        raise TopicsDiffer(f"the topics have {now} partitions by now instead of {partitions}. {MOVED}")


async def _existing(admin: AIOKafkaAdminClient, settings: Settings) -> dict[str, int]:
    """Those of our topics that exist, and how many partitions they have."""
    described = await admin.describe_topics([n.name for n in _wanted(settings, settings.partitions)])
    return {t["topic"]: len(t["partitions"]) for t in described if not t["error_code"]}


def _wanted(settings: Settings, partitions: int) -> list[NewTopic]:
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


def _partitions(settings: Settings, existing: dict[str, int]) -> int:
    """The number that the keyed topics have; the one of the settings where there are none yet."""
    one = {topic_name(settings, t) for t in TOPICS if not t.keyed}
    counts = {name: n for name, n in existing.items() if name not in one}
    if len(set(counts.values())) > 1:
        told = ", ".join(f"{name} {n}" for name, n in sorted(counts.items()))
        raise TopicsDiffer(f"the topics do not all have the same number of partitions ({told}). {MOVED}")
    return next(iter(counts.values()), settings.partitions)


@asynccontextmanager
async def producer(settings: Settings) -> AsyncIterator[AIOKafkaProducer]:
    """A producer whose sends are acknowledged by all replicas."""
    made = AIOKafkaProducer(
        bootstrap_servers=settings.broker,
        acks="all",
        enable_idempotence=True,
        linger_ms=10,
        max_request_size=MAX_MESSAGE_BYTES + HEADROOM,
    )
    async with _started(made, settings) as started:
        yield started


@asynccontextmanager
async def consumer(settings: Settings) -> AsyncIterator[AIOKafkaConsumer]:
    """A consumer of no group: it leaves no trace on the broker."""
    made = AIOKafkaConsumer(
        bootstrap_servers=settings.broker, enable_auto_commit=False, fetch_max_wait_ms=100,
        max_partition_fetch_bytes=MAX_MESSAGE_BYTES + HEADROOM,
    )  # fmt: skip
    async with _started(made, settings) as started:
        yield started


def seek(reader: AIOKafkaConsumer, offsets: Mapping[TopicPartition, int]) -> None:
    """Read these partitions, from these offsets.

    Nothing may be awaited between the two calls: aiokafka would look for a position of its own
    meanwhile, and put it in the place of ours.
    """
    reader.assign(list(offsets))
    for partition, offset in offsets.items():
        reader.seek(partition, offset)


async def partitions_of(reader: AIOKafkaConsumer, settings: Settings, topic: Topic) -> list[TopicPartition]:
    """The topic's partitions.

    Raises
    ------
    TopicsDiffer
        If there is no such topic.
    """
    name = topic_name(settings, topic)
    await reader._client.force_metadata_update()
    numbers = reader.partitions_for_topic(name)
    if not numbers:
        raise TopicsDiffer(f"the broker at {settings.broker} has no topic {name}. Start a worker: `claimwire worker`.")
    return [TopicPartition(name, n) for n in sorted(numbers)]


async def read_to_end(settings: Settings, topic: Topic) -> AsyncIterator[ConsumerRecord]:
    """The topic's records, partition by partition, up to where it ends now.

    Raises
    ------
    KafkaUnreachable, TopicsDiffer
        If no broker answers, or it has no such topic.
    """
    async with consumer(settings) as reader:
        partitions = await partitions_of(reader, settings, topic)
        starts = await reader.beginning_offsets(partitions)
        ends = await reader.end_offsets(partitions)
        for partition, end in ends.items():
            seek(reader, {partition: starts[partition]})
            while await reader.position(partition) < end:
                batch = await reader.getmany(partition, timeout_ms=1000)
                for record in batch.get(partition, []):
                    if record.offset < end:
                        yield record


@dataclass(frozen=True, slots=True)
class Done:
    """How far the application is through a partition, by its commits."""

    committed: int
    end: int

    @property
    def lag(self) -> int:
        """Records that it has not finished with."""
        return self.end - self.committed


@dataclass(frozen=True, slots=True)
class Progress:
    """Asks the broker how far the application is."""

    settings: Settings
    admin: AIOKafkaAdminClient
    reader: AIOKafkaConsumer

    async def of(self, partitions: Collection[TopicPartition]) -> dict[TopicPartition, Done]:
        """How far it is through each of the partitions."""
        if not partitions:
            return {}
        commits = await self.admin.list_consumer_group_offsets(self.settings.application)
        starts = await self.reader.beginning_offsets(partitions)
        ends = await self.reader.end_offsets(partitions)
        done = {p: max(commits[p].offset, starts[p]) if p in commits else starts[p] for p in partitions}
        return {p: Done(done[p], ends[p]) for p in partitions}


@asynccontextmanager
async def progress(settings: Settings) -> AsyncIterator[Progress]:
    """Connections to ask for the application's progress by, again and again."""
    async with _admin(settings) as admin, consumer(settings) as reader:
        yield Progress(settings, admin, reader)


async def committed_lag(settings: Settings, topics: list[Topic]) -> dict[str, int]:
    """Records of each topic that the application has not finished with, by its commits."""
    async with progress(settings) as asked:
        found = {t.name: await asked.of(await partitions_of(asked.reader, settings, t)) for t in topics}
        return {name: sum(done.lag for done in partitions.values()) for name, partitions in found.items()}
