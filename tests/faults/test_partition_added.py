"""A partition added to a topic: keys would move away from their state, so everything refuses to go on."""

import asyncio

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewPartitions

from tests.faults.inputs import varied
from tests.faults.run import LONG, Run
from tests.stream.harness import Stream

NOTICED_SECONDS = 30.0


async def add_partition(stream: Stream, *topics: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=stream.broker)
    await admin.start()
    try:
        more = {f"{stream.prefix}{topic}": NewPartitions(total_count=stream.partitions + 1) for topic in topics}
        response = await admin.create_partitions(more)
        assert not any(code for _, code, *_ in response.topic_errors), response
    finally:
        await admin.close()


@pytest.mark.parametrize("topic", ["news.items", "claims.snapshots"] if LONG else ["news.items"])
@pytest.mark.parametrize("seed", [1])
def test_partition_added_ends_a_running_worker_and_is_refused_by_the_next(run: Run, topic: str) -> None:
    run.start()
    run.feed(varied(run.random, 10))
    run.settle()
    asyncio.run(add_partition(run.stream, topic))
    run.fault()
    [worker] = run.workers
    for ended in (worker.ended(NOTICED_SECONDS), run.stream.run("worker"), run.stream.run("ingest", "-")):
        assert ended.code == 1, ended.said
        assert "Traceback" not in ended.said
        assert f"{run.stream.prefix}{topic} {run.stream.partitions + 1}" in ended.err
        assert "docs/operations.md, More partitions" in ended.err


@pytest.mark.skipif(not LONG, reason="make faults")
@pytest.mark.parametrize("seed", [1])
def test_items_fed_into_a_wider_set_of_topics_give_the_same_ledger(run: Run) -> None:
    run.start()
    run.feed(varied(run.random, 40))
    run.judge()
    run.end(*run.workers)
    asyncio.run(add_partition(run.stream, "news.items"))
    lines = b"".join(record.value + b"\n" for record in run.stream.records("news.items"))
    run.stream.prefix, run.stream.partitions = f"wide.{run.stream.prefix}", run.stream.partitions + 1
    ingested = run.stream.run("ingest", "-", stdin=lines)
    assert ingested.code == 0, ingested.said
    run.start()
    run.judge()
