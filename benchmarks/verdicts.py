"""``python -m benchmarks.verdicts``: what verdicts cost: bytes, seconds until they show, and a replay with many."""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any

from aiokafka import AIOKafkaConsumer

from claimwire import Item, Ledger, Statement, extract
from claimwire.statements import Relation
from claimwire.statuses import Status
from claimwire.times import format_time
from claimwire.verdict_json import as_json, carried
from claimwire.verdicts import Bears, HasStatus, Maker, MakerKind, Verdict, verdict
from streams.codecs import encode
from streams.kafka.client import consumer, ensure_topics, partitions_of, producer, topic_name
from streams.kafka.topics import EVIDENCE, ITEMS, STATUS, VERDICTS, Topic
from streams.local_broker.server import LocalBroker, free_port
from streams.settings import Settings

APART = timedelta(days=60)
"""Between one copy of the seeds and the next: beyond the window, so that each makes claims of its own."""

NOW = datetime(2026, 1, 1, tzinfo=UTC)
MODEL = Maker(kind=MakerKind.MODEL, name="small", version="prompt 1")
ANNA = Maker(kind=MakerKind.PERSON, name="Anna")
BEARS = [relation for relation in Relation if relation is not Relation.ASSERTS]
QUIET_SECONDS = 600.0


def main() -> int:
    """Print the costs; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.verdicts", description=__doc__.partition(": ")[2])
    parser.add_argument("--verdicts", type=int, default=10_000, help="that are made of the items")
    parser.add_argument("--copies", type=int, default=50, help="of the seeds, two months apart")
    parser.add_argument("--single", type=int, default=200, help="verdicts whose events are waited for one by one")
    arguments = parser.parse_args()
    documents = [document for copy in reversed(range(arguments.copies)) for document in _seeds(copy)]
    made = [(item, extract(item)) for item in map(Item.from_ninjs, documents)]
    plain, without = _ledger(made, ())
    claims = [*plain.claims()]
    said = [*_verdicts(claims, arguments.verdicts)]
    _, with_them = _ledger(made, said)
    size = statistics.mean(len(encode(as_json(v))) for v in said)
    _say(f"{len(documents):,} items, {len(claims):,} claims, {len(said):,} verdicts of {size:.0f} bytes on the average")
    _say(f"ledger in memory, statements at hand: {without:.1f} s of processor, with the verdicts {with_them:.1f} s")
    with tempfile.TemporaryDirectory() as folder:
        broker = LocalBroker(Path(folder), port=free_port())
        broker.start(_say, outlives=False)
        try:
            settings = Settings(broker=f"{broker.host}:{broker.port}", prefix="v.", home=Path(folder))
            asyncio.run(_on_a_stream(settings, documents, claims, said, arguments.single))
        finally:
            broker.stop(_say)
    return 0


def _seeds(copy: int) -> Iterator[dict[str, Any]]:
    """The seeds, as they would have come so many times two months earlier."""
    for path in sorted((p for p in files("seeds").iterdir() if p.name.endswith(".json")), key=lambda p: p.name):
        document = json.loads(path.read_text("utf8"))
        earlier = {
            name: format_time(datetime.fromisoformat(document[name]).astimezone(UTC) - copy * APART)
            for name in ("versionCreated", "contentCreated", "firstCreated")
            if name in document
        }
        yield {**document, **earlier, "uri": f"{document['uri']}:{copy}"}


def _ledger(made: Sequence[tuple[Item, list[Statement]]], verdicts: Sequence[Verdict]) -> tuple[Ledger, float]:
    """The ledger of items and verdicts, and the seconds of the processor that it took."""
    ledger, start = Ledger(), time.process_time()
    for item, statements in made:
        ledger.add(item, statements)
    for each in verdicts:
        ledger.rule(each)
    return ledger, time.process_time() - start


def _verdicts(claims: Sequence[dict[str, Any]], number: int) -> Iterator[Verdict]:
    """What models and people may say of these claims: mostly how a statement bears on one, joined or not."""
    random = Random(1)
    for n in range(number):
        claim, other = random.choice(claims), random.choice(claims)
        moment = NOW + timedelta(seconds=n)
        if n % 10 == 0:
            yield verdict(claim["id"], HasStatus(status=random.choice([*Status])), ANNA, "The desk rang.", moment)
            continue
        piece = random.choice([*claim["evidence"][1:], other["evidence"][0]])
        if piece["statement"] == claim["id"]:
            continue
        relation = random.choice([None, *BEARS])
        says = Bears(statement=piece["statement"], relation=relation, carried=carried(piece))
        yield verdict(claim["id"], says, MODEL, "It says that it is not so, and names who told it.", moment)


async def _on_a_stream(
    settings: Settings,
    documents: Sequence[dict[str, Any]],
    claims: Sequence[dict[str, Any]],
    said: Sequence[Verdict],
    single: int,
) -> None:
    await ensure_topics(settings)
    own = {f"CLAIMWIRE_{name.upper()}": str(getattr(settings, name)) for name in ("broker", "prefix", "home")}
    own["CLAIMWIRE_LATENESS_DAYS"] = "36500"  # the copies reach years back, and partitions run ahead of each other
    command = [sys.executable, "-m", "streams.cli", "worker"]
    worker = await asyncio.create_subprocess_exec(*command, env={**os.environ, **own}, stdout=subprocess.PIPE)
    try:
        assert worker.stdout
        await worker.stdout.readline()
        await _send(settings, ITEMS, [(d["uri"], encode(d)) for d in documents])
        await _through(settings, (ITEMS, EVIDENCE))
        latencies = sorted([seconds async for seconds in _latencies(settings, claims, single)])
        middle, high = latencies[len(latencies) // 2], latencies[int(0.95 * len(latencies))]
        _say(f"from a verdict's sending to its event: median {middle * 1000:.0f} ms, p95 {high * 1000:.0f} ms")
        start = time.perf_counter()
        await _send(settings, VERDICTS, [(v.claim, encode(as_json(v))) for v in said])
        await _through(settings, (VERDICTS,))
        spent = time.perf_counter() - start
        _say(f"{len(said):,} verdicts through a worker: {spent:.1f} s, {len(said) / spent:.0f} a second")
    finally:
        worker.terminate()
        await worker.wait()


async def _latencies(settings: Settings, claims: Sequence[dict[str, Any]], number: int) -> Any:
    """Seconds from the sending of each of some verdicts, one after another, until its event is read."""
    async with consumer(settings) as reader, producer(settings) as sender:
        partitions = await partitions_of(reader, settings, STATUS)
        reader.assign(partitions)
        await reader.seek_to_end(*partitions)
        for partition in partitions:
            await reader.position(partition)
        for n in range(number):
            claim = claims[n % len(claims)]
            other = Status.REFUTED if claim["status"] != Status.REFUTED else Status.CONFIRMED
            made = verdict(claim["id"], HasStatus(status=other), ANNA, "", NOW - timedelta(days=1, seconds=-n))
            start = time.perf_counter()
            await sender.send_and_wait(topic_name(settings, VERDICTS), encode(as_json(made)), key=made.claim.encode())
            while True:
                record = await asyncio.wait_for(reader.getone(), QUIET_SECONDS)
                told = json.loads(record.value or b"{}").get("verdict")
                if told and told["id"] == made.id:
                    break
            yield time.perf_counter() - start


async def _send(settings: Settings, topic: Topic, records: Sequence[tuple[str, bytes]]) -> None:
    async with producer(settings) as sender:
        sent = [await sender.send(topic_name(settings, topic), value, key=key.encode()) for key, value in records]
        await asyncio.gather(*sent)


async def _through(settings: Settings, topics: Sequence[Topic]) -> None:
    """Wait until the worker has committed all of some topics, one after another."""
    for topic in topics:
        name = topic_name(settings, topic)
        async with AIOKafkaConsumer(bootstrap_servers=settings.broker, group_id=settings.application) as reader:
            numbers = await partitions_of(reader, settings, topic)
            deadline = time.monotonic() + QUIET_SECONDS
            while time.monotonic() < deadline:
                ends = await reader.end_offsets(numbers)
                left = [p for p in numbers if (await reader.committed(p) or 0) < ends[p]]
                if not left:
                    break
                await asyncio.sleep(0.2)
            else:
                raise RuntimeError(f"{name} is not worked through")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
