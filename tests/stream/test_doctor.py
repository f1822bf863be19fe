import asyncio
import json
from typing import Any

import pytest
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from streams.kafka.topics import ITEMS
from tests.stream.harness import SEEDS, Ended, Stream


def checks(ended: Ended) -> dict[str, dict[str, Any]]:
    assert "Traceback" not in ended.said
    return {check["name"]: check for check in ended.lines}


async def changed(stream: Stream, topic: str, config: dict[str, str]) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=stream.broker)
    await admin.start()
    try:
        await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, stream.prefix + topic, config)])
    finally:
        await admin.close()


async def deleted(stream: Stream, topic: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=stream.broker)
    await admin.start()
    try:
        await admin.delete_topics([stream.prefix + topic])
    finally:
        await admin.close()


async def topics_of(stream: Stream) -> list[str]:
    admin = AIOKafkaAdminClient(bootstrap_servers=stream.broker)
    await admin.start()
    try:
        return [topic for topic in await admin.list_topics() if topic.startswith(stream.prefix)]
    finally:
        await admin.close()


def test_healthy_stream_is_found_well_and_nothing_is_left_behind(stream: Stream) -> None:
    worker = stream.worker()
    stream.ingest(SEEDS)
    stream.settled(worker, topics=("news.items", "news.statements", "claims.evidence", "claims.status"))
    before = asyncio.run(topics_of(stream))
    ended = stream.run("doctor", "--json")
    found = checks(ended)
    assert ended.code == 0, ended.said
    assert {check["state"] for check in found.values()} == {"ok"}, ended.said
    looked_at = {"settings", "alert rules", "versions", "broker", "release", "cluster", "topics", "workers", "clock"}
    assert looked_at | {f"lag of {t}" for t in ("news.items", "claims.verdicts", "claims.evidence")} <= found.keys()
    assert found["workers"]["found"] == "1 worker, the group is stable"
    assert found["lag of news.items"]["found"] == "nothing waits"
    assert sorted(asyncio.run(topics_of(stream))) == sorted(before)


def test_altered_and_missing_topics_are_named_with_what_to_do(stream: Stream) -> None:
    stream.ingest(SEEDS)  # makes the topics
    asyncio.run(changed(stream, "news.items", {**ITEMS.config(), "retention.ms": "86400000"}))
    asyncio.run(deleted(stream, "claims.alerts"))
    ended = stream.run("doctor", "--json")
    found = checks(ended)
    assert ended.code == 1, ended.said
    altered = found[f"topic {stream.prefix}news.items"]
    assert (altered["state"], altered["found"]) == ("failed", "retention.ms is 86400000, and must be -1")
    assert altered["remedy"] == (
        f"kafka-configs.sh --bootstrap-server {stream.broker} --alter --entity-type topics "
        f"--entity-name {stream.prefix}news.items --add-config retention.ms=-1"
    )
    missing = found[f"topic {stream.prefix}claims.alerts"]
    assert missing["state"] == "failed"
    assert "`claimwire worker` makes it" in missing["remedy"]
    assert found["workers"]["remedy"] == "Records wait for one: `claimwire worker`."


@pytest.mark.parametrize("as_json", [True, False])
def test_broker_that_is_away_is_told_with_what_to_do(stream: Stream, as_json: bool) -> None:
    stream.settings = {"CLAIMWIRE_BROKER": "127.0.0.1:1", "CLAIMWIRE_BORKER": "x", "CLAIMWIRE_ALERT_RULES": "missing"}
    ended = stream.run("doctor", *(["--json"] if as_json else []))
    assert ended.code == 1, ended.said
    assert "Traceback" not in ended.said
    if as_json:
        found = checks(ended)
        assert "claimwire broker start" in found["broker"]["found"]
        assert found["settings"]["state"] == "warning"
        assert found["alert rules"]["state"] == "failed"
    else:
        assert "failed  broker: no Kafka broker answers at 127.0.0.1:1." in ended.text
        assert "warning settings: CLAIMWIRE_BORKER is no setting" in ended.text


def test_differing_partitions_are_told(stream: Stream) -> None:
    from tests.stream.test_topics import create

    asyncio.run(create(stream.broker, f"{stream.prefix}news.items", 3))
    asyncio.run(create(stream.broker, f"{stream.prefix}claims.status", 2))
    ended = stream.run("doctor", "--json")
    assert ended.code == 1, ended.said
    assert f"{stream.prefix}news.items 3" in checks(ended)["partitions"]["found"]


def test_stream_without_topics_is_told_to_start_a_worker(stream: Stream) -> None:
    ended = stream.run("doctor", "--json")
    assert ended.code == 0, ended.said
    assert checks(ended)["topics"]["state"] == "warning"
    assert json.loads(ended.out.splitlines()[0])["name"] == "settings"
