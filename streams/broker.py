"""The local broker: the real Apache Kafka in KRaft mode, one node, with nothing to install.

It is for one machine: development, demos, tests. In production the brokers are somebody's cluster.
"""

import errno
import json
import re
import socket
import struct
import subprocess
import threading
import time
from base64 import urlsafe_b64encode
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from uuid import uuid4

import psutil
from platformdirs import user_cache_path

from streams.java import KAFKA, BrokerError, Report, find_java, kafka_jars, locked, write

__all__ = ["BrokerError", "BrokerState", "BrokerStatus", "LocalBroker", "free_port"]

JVM = (
    "-Xms128m",
    "-Xmx512m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",  # quick to warm up, which counts for more here than peak speed
    "-XX:+ExitOnOutOfMemoryError",  # better ended than half alive
    "-Dlog4j2.configurationFile=log4j2.properties",
)
FORMAT = ("kafka.tools.StorageTool", "format", "--standalone", "--config=server.properties")
SERVE = ("kafka.Kafka", "server.properties")

# Paths are relative to the broker's directory, in which it runs: Java reads such files as Latin-1.
PROPERTIES = """\
# Written anew at each start. One node that is broker and controller both.
process.roles=broker,controller
node.id=1
log.dirs=data

# The controller takes whatever port is free: with a dynamic quorum the node writes its new
# address into the quorum when it starts, and nobody else asks for it.
listeners=PLAINTEXT://{host}:{port},CONTROLLER://{host}:0
controller.listener.names=CONTROLLER
controller.quorum.bootstrap.servers={host}:0

# After a kill -9 a restart waits until the session of the killed broker is over.
broker.session.timeout.ms=1500
broker.heartbeat.interval.ms=400

# Topics are created on purpose, never by a misspelt name.
auto.create.topics.enable=false

# One node keeps one copy, and needs few partitions and threads for its own topics.
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
share.coordinator.state.topic.num.partitions=4
num.network.threads=2
num.io.threads=4

# The compaction buffer is taken from the heap at once; 16 MB holds 600,000 keys a pass.
log.cleaner.dedupe.buffer.size=16777216

# A first consumer does not wait for others to join its group.
group.initial.rebalance.delay.ms=0
"""

LOGGING = """\
appender.file.type = RollingFile
appender.file.name = file
appender.file.fileName = broker.log
appender.file.filePattern = broker.log.%i
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = %d %p %m (%c{1})%n
appender.file.policies.type = SizeBasedTriggeringPolicy
appender.file.policies.size = 10 MB
appender.file.strategy.type = DefaultRolloverStrategy
appender.file.strategy.max = 1

rootLogger.level = INFO
rootLogger.appenderRef.file.ref = file

# It writes out every setting several times, some 2,000 lines a start.
logger.settings.name = org.apache.kafka.common.config.AbstractConfig
logger.settings.level = WARN
"""

START_SECONDS = 120.0
STOP_SECONDS = 20.0
TOLD_EVERY = 3.0
BRIEFLY = 0.05


class BrokerState(StrEnum):
    """What there is at the broker's address."""

    RUNNING = "running"
    STARTING = "starting"
    STOPPED = "stopped"
    OCCUPIED = "port answered by something else"


@dataclass(frozen=True, slots=True)
class BrokerStatus:
    """What is known of the broker.

    Attributes
    ----------
    state
        Whether it runs.
    address
        The bootstrap server, ``host:port``.
    data
        Where its data is.
    version
        The version of Kafka.
    pid, memory
        Its process and how many bytes of it are in memory, if it runs.
    """

    state: BrokerState
    address: str
    data: Path
    version: str = KAFKA
    pid: int | None = None
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class _Running:
    """The process that was started, and where it answers."""

    process: psutil.Process
    address: tuple[str, int]
    memory: int


@dataclass(frozen=True)
class LocalBroker:
    """Kafka on this machine, in a directory of its own that survives restarts.

    The calls block: in an event loop, put them on a thread.

    Parameters
    ----------
    home
        The directory for the data, the log and the record of what was started.
    host, port
        Where clients reach it. Nothing listens on any other address than `host`.
    cache
        Where the jars of Kafka are kept. Brokers share it.
    """

    home: Path
    host: str = "127.0.0.1"
    port: int = 9092
    cache: Path = field(default_factory=lambda: user_cache_path("claimwire") / "kafka")

    def start(self, report: Report) -> None:
        """Start the broker, which outlives the caller, and wait until it answers.

        A broker that already runs is left as it is.

        Parameters
        ----------
        report
            Told, line by line, what is being done.

        Raises
        ------
        BrokerError
            If it cannot be started. Then nothing is left running.
        """
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            with locked(self.home, report):
                if running := self._running():
                    self._join(running, report)
                else:
                    self._launch(report)
        except OSError as error:
            raise BrokerError(
                f"The broker's directory {self.home} cannot be used: {error.strerror or error}.\n"
                "Make it writable, make room there, or choose another directory."
            ) from error

    def stop(self, report: Report) -> None:
        """Stop the broker that was started here, and nothing else.

        Parameters
        ----------
        report
            Told, line by line, what is being done.
        """
        if not self._running():
            report("The broker is not running.")
            return
        with locked(self.home, report):
            if running := self._running():  # unless whoever held the directory has stopped it
                report(f"Kafka {KAFKA}: stopping (pid {running.process.pid})…")
                self._end(running.process, report)
        report("The broker is stopped. Its data is kept.")

    def status(self) -> BrokerStatus:
        """Whether the broker runs, where, and how much memory it takes."""
        running = self._running()
        host, port = running.address if running else (self.host, self.port)
        if running:
            state = BrokerState.RUNNING if _answers(host, port) else BrokerState.STARTING
        else:
            state = BrokerState.OCCUPIED if _connects(host, port) else BrokerState.STOPPED
        return BrokerStatus(
            state,
            f"{host}:{port}",
            self._data,
            pid=running.process.pid if running else None,
            memory=running.memory if running else None,
        )

    @property
    def _data(self) -> Path:
        return self.home / "data"

    @property
    def _log(self) -> Path:
        return self.home / "broker.log"

    @property
    def _record(self) -> Path:
        return self.home / "broker.pid.json"

    def _running(self) -> _Running | None:
        """The process that was started here, if it is still that very one.

        A process id is used again once the process is gone, and the time at which a process was
        created moves with the clock. So the command line bears a mark that no other one has.
        """
        try:
            record = json.loads(self._record.read_text())
            process = psutil.Process(record["pid"])
            if record["mark"] not in process.cmdline():
                return None
            return _Running(process, (record["host"], record["port"]), process.memory_info().rss)
        except (OSError, ValueError, KeyError, psutil.Error):
            return None

    def _join(self, running: _Running, report: Report) -> None:
        if running.address != (self.host, self.port):
            host, port = running.address
            raise BrokerError(
                f"The broker of {self.home} already runs at {host}:{port}.\nStop it first, or use it there."
            )
        self._await(running.process, report)
        report(f"Kafka {KAFKA} already runs at {self.host}:{self.port}.")

    def _launch(self, report: Report) -> None:
        _check_free(self.host, self.port)
        jars = kafka_jars(self.cache.absolute(), report)
        java = [str(find_java()), *JVM, "-cp", ":".join(map(str, jars))]
        write(self.home / "server.properties", PROPERTIES.format(host=self.host, port=self.port))
        write(self.home / "log4j2.properties", LOGGING)
        if self._log.exists():
            self._log.replace(self.home / "broker.log.1")
        if not (self._data / "meta.properties").exists():
            report(f"Kafka {KAFKA}: formatting {self._data}…")
            cluster = urlsafe_b64encode(uuid4().bytes).decode().rstrip("=")
            if self._run([*java, *FORMAT, f"--cluster-id={cluster}"]).wait():
                raise self._failure("cannot format its data directory")
        report(f"Kafka {KAFKA}: starting…")
        mark = f"-Dclaimwire.broker={uuid4().hex}"
        child = self._run([*java, mark, *SERVE])
        process = psutil.Process(child.pid)
        # Reaps the broker whenever it ends: a caller that lives on would keep it as a zombie.
        threading.Thread(target=child.wait, daemon=True).start()
        try:
            record = {"pid": child.pid, "mark": mark, "host": self.host, "port": self.port}
            write(self._record, json.dumps(record))
            self._await(process, report)
        except BaseException:
            self._end(process, report)
            raise
        report(f"Kafka {KAFKA} runs at {self.host}:{self.port} (pid {child.pid}).")

    def _run(self, command: list[str]) -> subprocess.Popen[bytes]:
        """Run Java in the broker's directory, out of reach of this terminal's signals."""
        with self._log.open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _await(self, process: psutil.Process, report: Report) -> None:
        began = told = time.monotonic()
        while not _answers(self.host, self.port):
            now = time.monotonic()
            if _ended(process):
                raise self._failure("ended while it was starting")
            if now - began > START_SECONDS:
                raise self._failure(f"has not answered for {START_SECONDS:.0f} s")
            if now - told > TOLD_EVERY:
                told = now
                report(f"Kafka {KAFKA}: still starting ({now - began:.0f} s)…")
            time.sleep(BRIEFLY)

    def _end(self, process: psutil.Process, report: Report) -> None:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
            if not _ends(process):
                report(f"Kafka {KAFKA} has not stopped for {STOP_SECONDS:.0f} s: killing it…")
                process.kill()
                _ends(process)
        self._record.unlink(missing_ok=True)

    def _failure(self, what: str) -> BrokerError:
        said = _last_words(self._log.read_text(encoding="utf-8", errors="replace"))
        return BrokerError(f"Kafka {KAFKA} {what}: {said}\nMore is in {self._log}.")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def _check_free(host: str, port: int) -> None:
    """Raise if the broker could not listen there, and say why."""
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise BrokerError(
                f"Nothing can listen at {host}:{port}: {error.strerror}.\nChoose another address or port."
            ) from error
        raise BrokerError(
            f"Port {port} of {host} is in use by {_holder(port)}.\nStop it, or choose another port."
        ) from error


def _holder(port: int) -> str:
    """Who listens on a port, as far as this user may know."""
    with suppress(psutil.Error):
        for connection in psutil.net_connections("tcp"):
            listens = connection.status == psutil.CONN_LISTEN
            if listens and connection.laddr[1:] == (port,) and connection.pid:
                return f"{psutil.Process(connection.pid).name()} (pid {connection.pid})"
    return "another program"


def _last_words(log: str) -> str:
    """The last exception of a log without its trace, or else the last line."""
    lines = [line for line in log.splitlines() if line and not line.startswith("\t")]
    thrown = [line for line in lines if re.match(r"(Caused by: )?[\w.$]+(Exception|Error): ", line)]
    return (thrown or lines or ["it left no word"])[-1]


def _ended(process: psutil.Process) -> bool:
    """Whether a process is gone, or is a zombie that only its parent can put away."""
    try:
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def _ends(process: psutil.Process) -> bool:
    """Whether a process that was told to end does so in time."""
    deadline = time.monotonic() + STOP_SECONDS
    while not _ended(process):
        if time.monotonic() > deadline:
            return False
        time.sleep(BRIEFLY)
    return True


def _connects(host: str, port: int) -> bool:
    """Whether anything listens there."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


def _answers(host: str, port: int) -> bool:
    """Whether Kafka answers there: asked for metadata, it names a broker that is in service."""
    metadata, version, correlation, no_client, no_topics = 3, 4, 1, -1, 0
    asked = struct.pack(">hhihi?", metadata, version, correlation, no_client, no_topics, False)
    try:
        with socket.create_connection((host, port), timeout=1) as connection:
            connection.sendall(struct.pack(">i", len(asked)) + asked)
            reply = connection.makefile("rb").read(16)
    except OSError:
        return False
    if len(reply) < 16:
        return False
    _, correlated, _, brokers = struct.unpack(">iiii", reply)
    return bool(correlated == correlation and brokers > 0)
