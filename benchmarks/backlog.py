"""``python -m benchmarks.backlog``: many items fed at once: how far each agent lags, and how long an item waits.

The lag is taken by what is committed, as an operator sees it, twice a second. An item's worth of it is as many records
as an item leads to on the agent's topic, on the average.
"""

import argparse
import asyncio
import json
import lzma
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from benchmarks.shared import Absent, add_option, opened
from streams.carried_headers import ARRIVED
from streams.kafka.client import commits, ensure_topics, producer, read_to_end, topic_name
from streams.kafka.topics import EVIDENCE, ITEMS, STATEMENTS, STATUS, Topic
from streams.local_broker.server import LocalBroker, free_port
from streams.settings import Settings

STREAM = "gold/reuters-1987q1.items.jsonl.xz"
AGENTS = {"extract": ITEMS, "link": STATEMENTS, "judge": EVIDENCE}
LOOK_SECONDS = 0.5


def main() -> int:
    """Print the figures; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.backlog", description=__doc__.splitlines()[0].partition(": ")[2]
    )
    parser.add_argument("--items", type=int, default=2_000, help="items that are fed at once")
    parser.add_argument("--newest-first", action="store_true", help="in the reverse of the order of publication")
    add_option(parser)
    arguments = parser.parse_args()
    try:
        with lzma.open(opened(arguments.shared).path(STREAM), "rb") as lines:
            items = [line.rstrip() for line in lines][: arguments.items]
    except Absent as absent:
        sys.stderr.write(f"{absent}\n")
        return 2
    if arguments.newest_first:
        items.reverse()
    with tempfile.TemporaryDirectory() as folder:
        broker = LocalBroker(Path(folder), port=free_port())
        broker.start(_say)
        try:
            settings = Settings(broker=f"{broker.host}:{broker.port}", prefix="b.", home=Path(folder))
            asyncio.run(_measure(settings, items))
        finally:
            broker.stop(_say)
    return 0


@dataclass(slots=True)
class Looked:
    """The lags of the agents, again and again, since a start."""

    seconds: list[float] = field(default_factory=list)
    lags: list[dict[str, int]] = field(default_factory=list)


async def _measure(settings: Settings, items: list[bytes]) -> None:
    await ensure_topics(settings)
    with _worker(settings):
        start = time.monotonic()
        await _feed(settings, items)
        looked = await _drained(settings, start)
    made = {agent: await _count(settings, topic) for agent, topic in AGENTS.items()}
    waits = await _waits(settings)
    _say(f"{len(items):,} items fed at once: through in {looked.seconds[-1]:.0f} s")
    for agent, number in made.items():
        worth = number / len(items)
        most = max(lags[agent] for lags in looked.lags)
        _say(f"  {agent}: {number:,} records, at most {most:,} waiting, {most / worth:.0f} items' worth")
    cuts = quantiles(waits, n=100)
    _say(f"  from arrival to the status event ({len(waits):,}): median {cuts[49]:.1f} s, p95 {cuts[94]:.1f} s")


async def _feed(settings: Settings, items: list[bytes]) -> None:
    async with producer(settings) as out:
        topic = topic_name(settings, ITEMS)
        sent = [await out.send(topic, item, key=json.loads(item)["uri"].encode()) for item in items]
        await asyncio.gather(*sent)


async def _drained(settings: Settings, start: float) -> Looked:
    """The lags until none is left."""
    looked = Looked()
    async with commits(settings) as asked:
        while not looked.lags or any(looked.lags[-1].values()):
            await asyncio.sleep(LOOK_SECONDS)
            found = {agent: await asked.of_topic(topic) for agent, topic in AGENTS.items()}
            looked.seconds.append(time.monotonic() - start)
            looked.lags.append({agent: sum(p.lag for p in each.values()) for agent, each in found.items()})
            if len(looked.lags) % 20 == 0:
                _say(f"  {looked.seconds[-1]:.0f} s: {looked.lags[-1]}")
    return looked


async def _count(settings: Settings, topic: Topic) -> int:
    return len([record async for record in read_to_end(settings, topic)])


async def _waits(settings: Settings) -> list[float]:
    """Of each status event, the seconds since its item arrived."""
    return [
        record.timestamp / 1000 - int(dict(record.headers)[ARRIVED]) / 1000
        async for record in read_to_end(settings, STATUS)
    ]


@contextmanager
def _worker(settings: Settings) -> Iterator[None]:
    """A worker that is ready."""
    own = {f"CLAIMWIRE_{name.upper()}": str(getattr(settings, name)) for name in ("broker", "prefix", "home")}
    command = [sys.executable, "-m", "streams.cli", "worker"]
    env = {**os.environ, **own, "PYTHONUNBUFFERED": "1", "CLAIMWIRE_LATENESS_DAYS": "36500"}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout
        line = worker.stdout.readline()
        if "worker ready" not in line:
            raise RuntimeError(f"the worker said {line!r}")
        try:
            yield
        finally:
            worker.terminate()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
