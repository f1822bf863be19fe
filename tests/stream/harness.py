"""What stream tests work with: the command line in processes of its own, and the broker's records."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from platformdirs import user_cache_path

from streams.kafka.patience import passes
from streams.local_broker.guardian import end_with_us
from streams.local_broker.server import LocalBroker, free_port
from tests.pace import patience

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
PATH_OF_ITEMS = ("news.items", "news.statements", "claims.evidence")
"""Topics that an item goes through before it is in the ledger, in this order."""

READ_SECONDS = 20.0
COMMAND_SECONDS = 40.0
READY_SECONDS = 45.0
SETTLED_SECONDS = 60.0
STOP_SECONDS = 10.0


def say(line: str) -> None:
    print(line)


def seeds() -> list[dict[str, Any]]:
    return [json.loads(path.read_bytes()) for path in sorted(SEEDS.glob("*.json"))]


def write_lines(path: Path, items: Iterable[Any]) -> Path:
    path.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items), "utf8")
    return path


def lines_of(data: bytes) -> list[bytes]:
    """The lines, sorted: how two ledgers are compared."""
    return sorted(data.splitlines())


def plugin(folder: Path, name: str, source: str) -> Path:
    """A folder that gives a worker one agent more where it is on its path: the function of that name in the source."""
    info = folder / f"{name}-1.dist-info"
    info.mkdir(parents=True)
    (folder / f"{name}.py").write_text(source, "utf8")
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
    (info / "entry_points.txt").write_text(f"[claimwire.agents]\n{name} = {name}:{name}\n")
    return folder


def until(condition: Callable[[], bool], what: str, seconds: float, said: Callable[[], str] = str) -> None:
    for _ in patience(seconds):
        if condition():
            return
    pytest.fail(f"{what}: not within {seconds:.0f} s of a quiet machine\n{said()}")


@contextmanager
def local_broker(home: Path) -> Iterator[str]:
    """A Kafka of the tests' own, on a free port; gives its address."""
    broker = LocalBroker(home, port=free_port())
    broker.start(say, outlives=False)
    try:
        yield f"{broker.host}:{broker.port}"
    finally:
        broker.stop(say)


@dataclass
class Ended:
    """A command that has ended."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def lines(self) -> list[Any]:
        """Standard output as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def said(self) -> str:
        return f"exit {self.code}\n{self.text}\n{self.err}"


class Running:
    """A command that runs; what it says goes to files."""

    def __init__(self, arguments: list[str], env: dict[str, str], folder: Path, stdin: bytes | None = None) -> None:
        self._out, self._err = (folder / f"{uuid4().hex[:8]}.{arguments[0]}.{kind}" for kind in ("out", "err"))
        fed = folder / f"{uuid4().hex[:8]}.stdin"
        fed.write_bytes(stdin or b"")
        with self._out.open("wb") as out, self._err.open("wb") as err, fed.open("rb") as source:
            command = [sys.executable, "-P", "-m", "streams.cli", *arguments]
            self.process = subprocess.Popen(command, env=env, cwd=folder, stdin=source, stdout=out, stderr=err)
        end_with_us(self.process.pid)

    @property
    def out(self) -> bytes:
        return self._out.read_bytes()

    @property
    def err(self) -> str:
        return self._err.read_text("utf8", "replace")

    def said(self) -> str:
        code = self.process.poll()
        state = "runs" if code is None else f"ended with {code}"
        return f"pid {self.process.pid} {state}\n--- stdout\n{self.out.decode()}\n--- stderr\n{self.err}"

    def has_said(self, text: str, seconds: float = READY_SECONDS, times: int = 1) -> None:
        def found() -> bool:
            if max(self.out.decode().count(text), self.err.count(text)) >= times:
                return True
            if self.process.poll() is not None:
                pytest.fail(f"ended before it said {text!r}\n{self.said()}")
            return False

        until(found, f"{text!r} is said", seconds, self.said)

    def ended(self, seconds: float = COMMAND_SECONDS) -> Ended:
        for _ in patience(seconds):
            if (code := self.process.poll()) is not None:
                return Ended(code, self.out, self.err)
        self.kill()
        pytest.fail(f"has not ended for {seconds:.0f} s of a quiet machine\n{self.said()}")

    def terminate(self, seconds: float = STOP_SECONDS) -> Ended:
        self.process.send_signal(signal.SIGTERM)
        return self.ended(seconds)

    def kill(self) -> None:
        """SIGKILL: no chance to tidy up."""
        with suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()

    def family(self) -> list[psutil.Process]:
        """The process and those that it has started."""
        process = psutil.Process(self.process.pid)
        return [process, *process.children(recursive=True)]

    def children(self) -> list[psutil.Process]:
        return self.family()[1:]

    def agents(self) -> list[psutil.Process]:
        """The process of a worker's agents, where there is one; those that extract are under it."""
        return psutil.Process(self.process.pid).children()

    def listening(self) -> list[tuple[str, int]]:
        """Where it listens, itself or by a process that it has started."""
        found = [c for p in self.family() for c in p.net_connections("tcp")]
        return [tuple(c.laddr) for c in found if c.status == psutil.CONN_LISTEN]


@dataclass
class Stream:
    """The project's topics under a prefix of their own, and the command line on them."""

    broker: str
    folder: Path
    partitions: int = 4
    prefix: str = field(default_factory=lambda: f"t{uuid4().hex[:10]}.")
    settings: dict[str, str] = field(default_factory=dict)
    running: list[Running] = field(default_factory=list)

    def env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CLAIMWIRE_")}
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        own = {
            "HOME": str(home),
            "XDG_CACHE_HOME": str(user_cache_path()),  # the jars of Kafka, fetched once
            "PYTHONUNBUFFERED": "1",
            "CLAIMWIRE_BROKER": self.broker,
            "CLAIMWIRE_PREFIX": self.prefix,
            "CLAIMWIRE_PARTITIONS": str(self.partitions),
            "CLAIMWIRE_HOME": str(self.folder / "claimwire"),
        }
        return {**kept, **own, **self.settings}

    def patched(self, lines: str) -> None:
        """Have the commands run these lines of Python first: for what no setting changes."""
        folder = self.folder / "patched"
        folder.mkdir(exist_ok=True)
        with (folder / "sitecustomize.py").open("a") as file:
            file.write(lines)
        self.import_first(folder)

    def alerts_at_once(self) -> None:
        """Have alerts wait for no change to settle."""
        self.patched("from streams.alerting.settling import Newcomers\nNewcomers.settles = lambda *_: None\n")

    def import_first(self, *folders: Path) -> None:
        """Have commands that start from now on look for modules in these folders first."""
        known = os.environ.get("PYTHONPATH")
        self.settings["PYTHONPATH"] = os.pathsep.join([*map(str, folders), *([known] if known else [])])

    def start(self, *arguments: str, stdin: bytes | None = None) -> Running:
        started = Running(list(arguments), self.env(), self.folder, stdin)
        self.running.append(started)
        return started

    def run(self, *arguments: str | Path, stdin: bytes | None = None) -> Ended:
        return self.start(*map(str, arguments), stdin=stdin).ended()

    def worker(self) -> Running:
        worker = self.start("worker")
        worker.has_said("worker ready")
        return worker

    def stop(self) -> None:
        for running in self.running:
            if running.process.poll() is None:
                running.kill()

    def ingest(self, *paths: str | Path) -> None:
        ended = self.run("ingest", *paths)
        assert ended.code == 0, ended.said

    def claims(self) -> list[bytes]:
        """The ledger as the command line shows it."""
        ended = self.run("claims", "--json")
        assert ended.code == 0, ended.said
        return lines_of(ended.out)

    def settled(self, *workers: Running, topics: Iterable[str] = PATH_OF_ITEMS) -> None:
        """Wait until the workers are through with everything that was sent."""

        def said() -> str:
            return f"lag {asyncio.run(self.lag(topics))}\n" + "\n".join(w.said() for w in workers)

        for topic in topics:

            def through(topic: str = topic) -> bool:
                gone = [w for w in workers if w.process.poll() is not None]
                if gone:
                    pytest.fail(f"a worker ended by itself\n{said()}")
                try:
                    return not asyncio.run(self.lag([topic]))[topic]
                except KafkaError as error:  # a new broker still makes its topic of offsets, or was out of service
                    if not passes(error):
                        raise
                    return False

            until(through, f"{topic} is worked through", SETTLED_SECONDS, said)

    async def lag(self, topics: Iterable[str] = PATH_OF_ITEMS) -> dict[str, int]:
        """Records of each topic that the workers have not committed."""
        admin = AIOKafkaAdminClient(bootstrap_servers=self.broker)
        await admin.start()
        try:
            commits = await admin.list_consumer_group_offsets(f"{self.prefix}claimwire")
        finally:
            await admin.close()
        lag = {}
        async with AIOKafkaConsumer(bootstrap_servers=self.broker) as consumer:
            for topic in topics:
                ends = await consumer.end_offsets(await partitions_of(consumer, self.prefix + topic))
                lag[topic] = sum(end - (commits[p].offset if p in commits else 0) for p, end in ends.items())
        return lag

    def topics(self) -> set[str]:
        """Names of the topics that belong to the stream, without its prefix."""

        async def named() -> set[str]:
            async with AIOKafkaConsumer(bootstrap_servers=self.broker) as consumer:
                return {t.removeprefix(self.prefix) for t in await consumer.topics() if t.startswith(self.prefix)}

        return asyncio.run(named())

    def records(self, topic: str) -> list[ConsumerRecord]:
        """All records of a topic, partition by partition."""
        return asyncio.run(self._records(topic))

    async def _records(self, topic: str) -> list[ConsumerRecord]:
        found: list[ConsumerRecord] = []
        async with AIOKafkaConsumer(bootstrap_servers=self.broker, enable_auto_commit=False) as consumer:
            partitions = await partitions_of(consumer, self.prefix + topic)
            ends = await consumer.end_offsets(partitions)
            for partition in partitions:
                consumer.assign([partition])
                await consumer.seek_to_beginning(partition)
                for _ in patience(READ_SECONDS):
                    if await consumer.position(partition) >= ends[partition]:
                        break
                    found += (await consumer.getmany(partition, timeout_ms=500)).get(partition, [])
                else:
                    pytest.fail(f"{topic} is not read within {READ_SECONDS:.0f} s of a quiet machine")
        return found

    def produce(self, topic: str, records: Iterable[tuple[bytes | None, bytes | None]]) -> None:
        """Keys and values onto a topic, acknowledged."""
        asyncio.run(self._produce(topic, list(records)))

    async def _produce(self, topic: str, records: list[tuple[bytes | None, bytes | None]]) -> None:
        async with AIOKafkaProducer(bootstrap_servers=self.broker, acks="all", max_request_size=2**24) as producer:
            for key, value in records:
                await producer.send_and_wait(self.prefix + topic, value, key=key)

    def produce_items(self, items: Iterable[dict[str, Any]]) -> None:
        self.produce("news.items", [(item["uri"].encode(), json.dumps(item).encode()) for item in items])


async def partitions_of(consumer: AIOKafkaConsumer, topic: str) -> list[TopicPartition]:
    for _ in patience(READ_SECONDS):
        if await consumer._client.force_metadata_update():  # a broker out of service shows nothing
            break
    numbers = consumer.partitions_for_topic(topic)
    assert numbers, f"the broker has no topic {topic}"
    return [TopicPartition(topic, n) for n in sorted(numbers)]


def paths_of_claims(records: Iterable[ConsumerRecord]) -> dict[str, list[dict[str, Any]]]:
    """The status changes of each claim in their order, each told once; asserts that no path has a gap."""
    told: dict[str, bytes] = {}
    for record in records:
        id = json.loads(record.value)["id"]
        assert told.setdefault(id, record.value) == record.value, f"one id, two events: {told[id]!r} {record.value!r}"
    paths: dict[str, list[dict[str, Any]]] = {}
    for value in told.values():
        event = json.loads(value)
        paths.setdefault(event["claim"]["id"], []).append(event)
    for claim, path in paths.items():
        path.sort(key=lambda e: e["sequence"])
        walked = [(e["sequence"], e["previous"], e["status"]) for e in path]
        assert [n for n, *_ in walked] == list(range(1, len(path) + 1)), (claim, walked)
        statuses = [None, *(status for *_, status in walked)]
        assert [previous for _, previous, _ in walked] == statuses[:-1], (claim, walked)
        assert all(previous != status for _, previous, status in walked), (claim, walked)
    return paths


def assert_paths_end_in(claims: Iterable[bytes], records: Iterable[ConsumerRecord]) -> None:
    """The status changes lead to the ledger's statuses, and to retracted where it has no such claim."""
    ledger = {claim["id"]: claim["status"] for claim in map(json.loads, claims)}
    ends = {claim: path[-1]["status"] for claim, path in paths_of_claims(records).items()}
    assert ends == dict.fromkeys(ends, "retracted") | ledger
