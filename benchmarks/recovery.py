"""``python -m benchmarks.recovery``: seconds until a worker is ready, by the state that it recovers.

Beside the seconds by the clock stand those of the processor, which other work on the machine disturbs less.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

import psutil
from aiokafka import TopicPartition

from benchmarks.late import SUBJECT, statements
from benchmarks.rows import BY_SUBJECT, said, subject_rows
from claimwire.linking import SubjectLinks
from claimwire.linking.subject_rows import SubjectRow
from claimwire.subject_updates import take
from streams.codecs import SUBJECT_ROW, decode, encode
from streams.kafka.client import changelog_name, consumer, ensure_topics, producer, seek
from streams.kafka.topics import SUBJECT_TABLE
from streams.local_broker.server import LocalBroker, free_port
from streams.settings import Settings

BUSY = 10_000
"""Statements of one subject, to be applied again at its first event."""

DAYS = 40


def main() -> int:
    """Print the times; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.recovery", description=__doc__.splitlines()[0].partition(": ")[2]
    )
    parser.add_argument("--statements", type=int, nargs="+", default=[100_000], help="in the state, run by run")
    arguments = parser.parse_args()
    _one_subject()
    with tempfile.TemporaryDirectory() as folder:
        broker = LocalBroker(Path(folder), port=free_port())
        broker.start(_say, outlives=False)
        try:
            for number in arguments.statements:
                _recover(Path(folder), f"{broker.host}:{broker.port}", number)
        finally:
            broker.stop(_say)
    return 0


def _one_subject() -> None:
    """What the first event of a busy subject waits for: its decisions read back, or made anew."""
    links = SubjectLinks(SUBJECT)
    rows: dict[str, bytes] = {}
    for made in statements(BUSY, Random(1)):
        rows |= {id: encode(row) for id, row in take(links, [said(made)], {}).rows.items()}
    start = time.process_time()
    SubjectLinks(SUBJECT).restore({id: decode(SUBJECT_ROW, row) for id, row in rows.items()})
    kept = time.process_time() - start
    decoded = [(id, decode(SUBJECT_ROW, row)) for id, row in rows.items()]
    undecided = {id: SubjectRow(order=row.order, statement=row.statement) for id, row in decoded}
    start = time.process_time()
    SubjectLinks(SUBJECT).restore(undecided)
    anew = time.process_time() - start
    _say(f"{BUSY:,} statements of one subject: from their rows {kept:.2f} s, anew {anew:.2f} s, 1/{anew / kept:.0f}")


def _recover(folder: Path, broker: str, number: int) -> None:
    settings = Settings(broker=broker, prefix=f"r{number}.", home=folder)
    partitions = asyncio.run(ensure_topics(settings))
    empty = _ready(settings, "memory")
    asyncio.run(_fill(settings, partitions, number))
    plain = asyncio.run(_read(settings, partitions))
    _say(f"{number:,} statements: plain aiokafka into a dict {plain}; an empty worker is ready after {empty}")
    for store, state in (("memory", ""), ("rocksdb", ", nothing on disk"), ("rocksdb", ", all on disk")):
        ready = _ready(settings, store)
        share = (ready.processor - empty.processor) / plain.processor
        _say(f"  {store}{state}: ready after {ready}; beyond the empty one {share:.1f} of plain")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds, and bytes in memory then."""

    clock: float
    processor: float
    resident: int

    def __str__(self) -> str:
        return f"{self.clock:.1f} s ({self.processor:.1f} s of processor, {self.resident / 1e6:.0f} MB)"


async def _fill(settings: Settings, partitions: int, number: int) -> None:
    topic = changelog_name(settings, SUBJECT_TABLE)
    async with producer(settings) as sender:
        sent = None
        for subject, key, value in subject_rows(number, DAYS, pruned=False):
            sent = await sender.send(topic, value, key=key, partition=subject % partitions)
        await sender.flush()
        assert sent
        await sent


async def _read(settings: Settings, partitions: int) -> Spent:
    """What plain aiokafka needs to read the changelog into a dict."""
    start, busy = time.perf_counter(), time.process_time()
    rows: dict[bytes, bytes] = {}
    async with consumer(settings) as reader:
        topic = changelog_name(settings, SUBJECT_TABLE)
        all_of_it = [TopicPartition(topic, n) for n in range(partitions)]
        ends = await reader.end_offsets(all_of_it)
        seek(reader, dict.fromkeys(all_of_it, 0))
        left = {p for p in all_of_it if ends[p]}
        while left:
            for partition, records in (await reader.getmany(timeout_ms=1000)).items():
                rows.update((r.key, r.value) for r in records)
                if records and records[-1].offset >= ends[partition] - 1:
                    left.discard(partition)
    assert len(rows) % BY_SUBJECT == 0
    spent = time.perf_counter() - start, time.process_time() - busy
    return Spent(*spent, psutil.Process().memory_info().rss)


def _ready(settings: Settings, store: str) -> Spent:
    """What a worker needs until it says that it is ready."""
    own = {f"CLAIMWIRE_{name.upper()}": str(getattr(settings, name)) for name in ("broker", "prefix", "home")}
    command = [sys.executable, "-m", "streams.cli", "worker"]
    env = {**os.environ, **own, "CLAIMWIRE_STORE": store, "PYTHONUNBUFFERED": "1"}
    start = time.perf_counter()
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout
        line = worker.stdout.readline()
        clock = time.perf_counter() - start
        if "worker ready" not in line:
            raise RuntimeError(f"the worker said {line!r}")
        process = psutil.Process(worker.pid)
        times = process.cpu_times()
        spent = Spent(clock, times.user + times.system, process.memory_info().rss)
        worker.terminate()
    return spent


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
