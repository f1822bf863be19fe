"""The local broker: the real Apache Kafka in KRaft mode, one node, with nothing to install.

It is for development, demos and tests on one machine. Production needs a cluster.
"""

import errno
import json
import re
import socket
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

from streams.local_broker.config import FORMAT, JVM, LOGGING, PROPERTIES, SERVE
from streams.local_broker.guardian import end_with_us
from streams.local_broker.java import KAFKA, BrokerError, Report, find_java, kafka_jars, locked, write
from streams.ports_and_processes import BRIEFLY, answers, connects, ends, free_port, has_ended, holder

__all__ = ["BrokerError", "BrokerState", "BrokerStatus", "LocalBroker", "free_port"]

START_SECONDS = 120.0
STOP_SECONDS = 20.0
REPORT_EVERY = 3.0


class BrokerState(StrEnum):
    """The state of the broker's address."""

    RUNNING = "running"
    STARTING = "starting"
    STOPPED = "stopped"
    OCCUPIED = "port answered by something else"


@dataclass(frozen=True, slots=True)
class BrokerStatus:
    """What is known about the broker.

    Attributes
    ----------
    state
        Whether it runs.
    address
        The bootstrap server, ``host:port``.
    data
        The folder of its data.
    version
        The version of Kafka.
    pid, memory
        Its process and the bytes of memory that it takes, if it runs.
    last_words
        Its last message, if it ended without a stop.
    """

    state: BrokerState
    address: str
    data: Path
    version: str = KAFKA
    pid: int | None = None
    memory: int | None = None
    last_words: str = ""


@dataclass(frozen=True, slots=True)
class _Running:
    """The started process and its address."""

    process: psutil.Process
    address: tuple[str, int]
    memory: int


@dataclass(frozen=True)
class LocalBroker:
    """Kafka on this machine, in a directory of its own that survives restarts.

    The calls block. In an event loop, use a thread.

    Parameters
    ----------
    home
        The directory for the data, the log and the record of the started process.
    host, port
        The address for clients. It listens only at `host`.
    cache
        The folder of Kafka's jars, which brokers share.
    """

    home: Path
    host: str = "127.0.0.1"
    port: int = 9092
    cache: Path = field(default_factory=lambda: user_cache_path("claimwire") / "kafka")

    def start(self, report: Report, outlives: bool = True) -> None:
        """Start the broker and wait until it answers.

        A broker that already runs is left as it is.

        Parameters
        ----------
        report
            Takes lines about the progress.
        outlives
            Whether the broker outlives the process that started it. Otherwise it ends with it, even by SIGKILL.

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
                    self._launch(report, outlives)
        except BrokenPipeError:  # of the report
            raise
        except OSError as error:
            raise BrokerError(
                f"The broker's directory {self.home} cannot be used: {error.strerror or error}. "
                "Make it writable, make room there, or choose another directory."
            ) from error

    def stop(self, report: Report) -> None:
        """Stop the broker that was started here, and nothing else.

        Parameters
        ----------
        report
            Takes lines about the progress.
        """
        if not self._running():
            report("The broker is not running.")
            return
        with locked(self.home, report):
            if running := self._running():  # unless the last holder of the lock has stopped it
                report(f"Kafka {KAFKA}: stopping (pid {running.process.pid})…")
                self._end(running.process, report)
        report("The broker is stopped. Its data is kept.")

    def status(self) -> BrokerStatus:
        """Whether and where the broker runs, and how much memory it takes."""
        running = self._running()
        host, port = running.address if running else (self.host, self.port)
        if running:
            state = BrokerState.RUNNING if answers(host, port) else BrokerState.STARTING
        else:
            state = BrokerState.OCCUPIED if connects(host, port) else BrokerState.STOPPED
        return BrokerStatus(
            state,
            f"{host}:{port}",
            self._data,
            pid=running.process.pid if running else None,
            memory=running.memory if running else None,
            last_words=_last_words(self._read_log()) if self._record.exists() and not running else "",
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
        """The process that was started here, if it still runs.

        The system reuses the ids of ended processes, and a process's time of creation moves with the
        clock. So the command line has a unique mark.
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
                f"The broker of {self.home} already runs at {host}:{port}. Stop it first, or use it there."
            )
        self._await(running.process, report)
        report(f"Kafka {KAFKA} already runs at {self.host}:{self.port}.")

    def _launch(self, report: Report, outlives: bool) -> None:
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
            formatting = self._run([*java, *FORMAT, f"--cluster-id={cluster}"])
            try:
                failed = formatting.wait()
            except BaseException:  # an interrupt
                formatting.kill()
                formatting.wait()
                raise
            if failed:
                raise self._failure("cannot format its data directory")
        report(f"Kafka {KAFKA}: starting…")
        mark = f"-Dclaimwire.broker={uuid4().hex}"
        child = self._run([*java, mark, *SERVE])
        process = psutil.Process(child.pid)
        # Reaps the broker whenever it ends; otherwise it would stay a zombie while the caller lives.
        threading.Thread(target=child.wait, daemon=True).start()
        try:
            if not outlives:
                end_with_us(child.pid)
            record = {"pid": child.pid, "mark": mark, "host": self.host, "port": self.port}
            write(self._record, json.dumps(record))
            self._await(process, report)
            report(f"Kafka {KAFKA} runs at {self.host}:{self.port} (pid {child.pid}).")
        except BaseException:  # an interrupt, or the report's reader is gone
            self._end(process, report)
            raise

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
        began = reported = time.monotonic()
        while not answers(self.host, self.port):
            now = time.monotonic()
            if has_ended(process):
                raise self._failure("ended while it was starting")
            if now - began > START_SECONDS:
                raise self._failure(f"has not answered for {START_SECONDS:.0f} s")
            if now - reported > REPORT_EVERY:
                reported = now
                report(f"Kafka {KAFKA}: still starting ({now - began:.0f} s)…")
            time.sleep(BRIEFLY)

    def _end(self, process: psutil.Process, report: Report) -> None:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
            if not ends(process, STOP_SECONDS):
                report(f"Kafka {KAFKA} has not stopped for {STOP_SECONDS:.0f} s: killing it…")
                process.kill()
                ends(process, STOP_SECONDS)
        self._record.unlink(missing_ok=True)

    def _failure(self, what: str) -> BrokerError:
        words = _last_words(self._read_log()).rstrip(".")
        return BrokerError(f"Kafka {KAFKA} {what}: {words}. More is in {self._log}.")

    def _read_log(self) -> str:
        try:
            return self._log.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""


def _check_free(host: str, port: int) -> None:
    """Raise an error with the reason if the broker could not listen there."""
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise BrokerError(
                f"Nothing can listen at {host}:{port}: {error.strerror}. Choose another address or port."
            ) from error
        raise BrokerError(
            f"Port {port} of {host} is in use by {holder(port)}. "
            "Stop it, or choose another port (CLAIMWIRE_BROKER=127.0.0.1:PORT)."
        ) from error


def _last_words(log: str) -> str:
    """The last exception in a log without its trace, else the last line."""
    lines = [line for line in log.splitlines() if line and not line.startswith("\t")]
    thrown = [line for line in lines if re.match(r"(Caused by: )?[\w.$]+(Exception|Error): ", line)]
    return (thrown or lines or ["it left no word"])[-1]
