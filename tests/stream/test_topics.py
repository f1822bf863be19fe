import asyncio

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from streams.kafka.topics import TOPICS
from tests.stream.harness import Stream

CHANGELOGS = ("items", "subjects", "claims")


async def described(broker: str, names: list[str]) -> tuple[dict[str, int], dict[str, dict[str, str]]]:
    admin = AIOKafkaAdminClient(bootstrap_servers=broker)
    await admin.start()
    try:
        topics = await admin.describe_topics(names)
        responses = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, name) for name in names])
    finally:
        await admin.close()
    counts = {topic["topic"]: len(topic["partitions"]) for topic in topics}
    configs = {
        resource[3]: {entry[0]: entry[1] for entry in resource[4]}
        for response in responses
        for resource in response.resources
    }
    return counts, configs


async def create(broker: str, name: str, partitions: int) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=broker)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(name, partitions, 1)])
    finally:
        await admin.close()


def test_topics_are_as_their_table_says(fed: Stream) -> None:
    names = [fed.prefix + topic.name for topic in TOPICS]
    counts, configs = asyncio.run(described(fed.broker, names))
    for topic, name in zip(TOPICS, names, strict=True):
        assert counts[name] == (fed.partitions if topic.keyed else 1), name
        assert configs[name]["cleanup.policy"] == topic.cleanup, name
        assert configs[name]["retention.ms"] == str(topic.retention_ms), name


def test_items_are_kept_for_ever_and_tables_are_compacted_only(fed: Stream) -> None:
    changelogs = [f"{fed.prefix}claimwire-{table}-changelog" for table in CHANGELOGS]
    counts, configs = asyncio.run(described(fed.broker, [*changelogs, f"{fed.prefix}news.items"]))
    assert configs[f"{fed.prefix}news.items"]["retention.ms"] == "-1"
    assert configs[f"{fed.prefix}news.items"]["cleanup.policy"] == "delete"
    for name in changelogs:
        assert counts[name] == fed.partitions
        assert configs[name]["cleanup.policy"] == "compact"


def test_differing_numbers_of_partitions_are_refused(stream: Stream) -> None:
    asyncio.run(create(stream.broker, f"{stream.prefix}news.items", 3))
    asyncio.run(create(stream.broker, f"{stream.prefix}claims.status", 2))
    started = [stream.start("worker"), stream.start("watch"), stream.start("ingest", "-")]
    for running in started:
        ended = running.ended()
        assert ended.code == 1, ended.said
        assert "Traceback" not in ended.said
        assert f"{stream.prefix}news.items 3" in ended.err
        assert f"{stream.prefix}claims.status 2" in ended.err


def test_partitions_that_exist_already_count_rather_than_the_setting(stream: Stream) -> None:
    asyncio.run(create(stream.broker, f"{stream.prefix}news.items", 2))
    stream.partitions = 5
    worker = stream.worker()
    counts, _ = asyncio.run(described(stream.broker, [stream.prefix + topic.name for topic in TOPICS if topic.keyed]))
    assert set(counts.values()) == {2}
    ended = worker.terminate()
    assert ended.code == 0, ended.said
