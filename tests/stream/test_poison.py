"""Poison on a real broker: a worker goes on, nothing is lost, and nobody waits."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from claimwire import Item, extract
from streams.codecs import encode
from streams.replay.rebuild import rebuild
from streams.settings import Settings
from tests.pace import slowness
from tests.poison import HOSTILE, UNREADABLE, document
from tests.stream.harness import Stream, assert_paths_end_in, partitions_of, seeds
from tests.unit.builders import seed_items

MEGABYTES_50 = 50 * 1000 * 1000
TAKES = 64 * 2**20
LONGEST_WAIT = 1.0
"""Seconds on a machine that does nothing else."""

TRIES = 5

HEAVY = (
    "100,000 deep",
    "time is a million digits",
    "a million words",
    "30,000 words",
    "a word of 500,000 characters",
    "10,000 statements",
    "1,000 statements",
    "two megabytes beside the text",
)


NEARLY_TOO_MUCH = {
    "quotation marks": '"' * 5_900,
    "statements": "".join(f"Acme denied on day {i} that it would buy Zeta. " for i in range(140)),
    "cues": "denied " * 250,
}


def hostile() -> list[dict[str, Any]]:
    """The hostile items that are read, each with a uri of its own."""
    return [{**json.loads(data), "uri": f"urn:hostile:{n}"} for n, data in enumerate(HOSTILE.values())]


def ledger_of(items: list[Item]) -> list[bytes]:
    """That of the records as they are. `claimwire ledger` reads files as `ingest` does, without what nobody sees."""
    named: list[str] = []
    made = rebuild(items, Settings(), lambda: None, told=lambda _: None, failed=lambda _, reason: named.append(reason))
    assert named == []
    return [encode(claim) for claim in made.claims()]


@pytest.mark.parametrize("partitions", [1, 4])
def test_poison_among_items_is_rejected_and_the_ledger_is_that_of_the_items(stream: Stream, partitions: int) -> None:
    stream.partitions = partitions
    worker = stream.worker()
    pid = worker.process.pid
    good = [(d["uri"].encode(), json.dumps(d).encode()) for d in (*seeds(), *hostile())]
    poison = [(f"key {name}".encode(), value) for name, value in UNREADABLE.items()]
    mixed = [record for n, record in enumerate(poison) for record in (record, *good[n :: len(poison)])]
    stream.produce("news.items", mixed)
    stream.settled(worker)

    rejected = stream.records("news.rejected")
    assert sorted((r.key, r.value or b"") for r in rejected) == sorted((k, v or b"") for k, v in poison)
    assert all({"reason", "stage", "topic", "partition", "offset"} <= dict(r.headers).keys() for r in rejected)
    ledger = ledger_of([Item.from_ninjs(json.loads(value)) for _, value in good])
    escaped = map(json.loads, stream.claims())  # `claims` escapes what nobody sees
    assert list(escaped) == list(map(json.loads, ledger))
    assert_paths_end_in(ledger, stream.records("claims.status"))
    assert worker.process.poll() is None, worker.said()
    assert worker.process.pid == pid
    assert "Traceback" not in worker.said()


class Queue:
    """An item behind another record in the same partition: how long it waits for its statements."""

    def __init__(self, stream: Stream, producer: AIOKafkaProducer, statements: AIOKafkaConsumer) -> None:
        self._stream, self._producer, self._statements = stream, producer, statements
        self._sent = 0

    async def seconds_behind(self, record: bytes) -> float:
        """From the arrival of an item to the last of its statements, by the times of the records."""
        self._sent += 1
        uri = f"urn:behind:{self._sent}:"
        items = f"{self._stream.prefix}news.items"
        await self._producer.send(items, record, key=b"urn:poison")
        good = await self._producer.send_and_wait(items, document(uri=uri), key=uri.encode())
        async with asyncio.timeout(60):
            while True:
                for batch in (await self._statements.getmany(timeout_ms=500)).values():
                    for told in batch:
                        if uri.encode() in told.value:
                            return (told.timestamp - good.timestamp) / 1000


@asynccontextmanager
async def queue(stream: Stream) -> AsyncIterator[Queue]:
    async with (
        AIOKafkaProducer(bootstrap_servers=stream.broker, acks="all", max_request_size=2**24) as producer,
        AIOKafkaConsumer(bootstrap_servers=stream.broker, fetch_max_wait_ms=50) as statements,
    ):
        partitions = await partitions_of(statements, f"{stream.prefix}news.statements")
        statements.assign(partitions)
        await statements.seek_to_end(*partitions)
        yield Queue(stream, producer, statements)


def busy() -> float:
    """How many times longer everything takes than on a machine that does nothing else."""
    wall, own = time.monotonic(), time.process_time()
    for version in seed_items():
        extract(version)
    return max(1.0, (time.monotonic() - wall) / (time.process_time() - own))


async def shortest_waits(stream: Stream, records: dict[str, bytes]) -> dict[str, float]:
    """The shortest wait behind each record in a few tries, in seconds of a machine that does nothing else."""
    waits = {}
    async with queue(stream) as behind:
        await behind.seconds_behind(document())  # loads the tagger
        for name, record in records.items():
            waits[name] = float("inf")
            for _ in range(TRIES):
                before = busy()
                seconds = await behind.seconds_behind(record)
                waits[name] = min(waits[name], seconds / max(before, busy()))
                if waits[name] < LONGEST_WAIT:
                    break
    return waits


def test_no_item_waits_more_than_a_second_behind_poison(stream: Stream) -> None:
    stream.partitions = 1
    worker = stream.worker()
    records = {name: UNREADABLE[name] or b"" for name in HEAVY}
    largest = {f"{what} as many as are taken": document(body=text) for what, text in NEARLY_TOO_MUCH.items()}
    waits = asyncio.run(shortest_waits(stream, {**records, **largest}))
    longest = LONGEST_WAIT * 2 * slowness()  # two workers share the machine
    assert {name: wait for name, wait in waits.items() if wait >= longest} == {}
    stages = [dict(r.headers)["reason"] for r in stream.records("news.rejected")]
    assert len(stages) >= len(HEAVY)
    assert worker.process.poll() is None, worker.said()


@pytest.fixture
def taking_50_mb(stream: Stream) -> Stream:
    """A stream whose items may be larger than claimwire's own topics take."""

    async def make() -> None:
        admin = AIOKafkaAdminClient(bootstrap_servers=stream.broker)
        await admin.start()
        try:
            config = {"max.message.bytes": str(TAKES), "retention.ms": "-1"}
            await admin.create_topics([NewTopic(f"{stream.prefix}news.items", 1, 1, topic_configs=config)])
        finally:
            await admin.close()

    stream.partitions = 1
    asyncio.run(make())
    return stream


async def send_large(stream: Stream, value: bytes) -> None:
    async with AIOKafkaProducer(bootstrap_servers=stream.broker, acks="all", max_request_size=TAKES) as producer:
        await producer.send_and_wait(f"{stream.prefix}news.items", value, key=b"urn:poison")


def test_record_of_50_megabytes_stays_where_it_is_and_is_pointed_at_until_it_is_wanted(taking_50_mb: Stream) -> None:
    stream = taking_50_mb
    worker = stream.worker()
    large = document(note="x" * MEGABYTES_50)
    asyncio.run(send_large(stream, large))
    stream.produce_items(seeds()[:1])
    stream.settled(worker)
    before = stream.claims()
    assert before, "the item behind it was taken in"
    [record] = stream.records("news.rejected")
    headers = {name: data.decode() for name, data in record.headers}
    assert (record.key, record.value) == (None, b"")
    assert headers["left"] == str(len(large) + len(b"urn:poison"))
    assert (headers["topic"], headers["offset"]) == (f"{stream.prefix}news.items", "0")
    assert "max_item_bytes" in headers["reason"]
    listed = stream.run("rejected")
    assert f"{len(large) + 10:,} bytes, kept only there" in listed.text, listed.said
    assert worker.terminate().code == 0

    stream.settings["CLAIMWIRE_MAX_ITEM_BYTES"] = str(TAKES)
    worker = stream.worker()
    retried = stream.run("rejected", "retry")
    assert retried.code == 0, retried.said
    assert "1 put back" in retried.text, retried.said
    stream.settled(worker)
    assert len(stream.claims()) == len(before) + 1
    assert len(stream.records("news.rejected")) == 2, "the record and the mark that it was put back"
