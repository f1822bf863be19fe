"""Health and readiness: what the worker's process reports of itself, and what follows from it and from silence."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from pydantic import TypeAdapter

BROKER_GONE = os.EX_TEMPFAIL
"""What a worker's process ends with where the broker is at fault, so that a new one may do better."""

EXHAUSTED = os.EX_OSERR
"""What it ends with where this machine gives it no more files or memory; a new one may do better here, too."""

SILENT_SECONDS = 15.0
"""After so long without a report the worker's process is taken for hung. It reports once a second."""

Place = tuple[str, int]
"""A topic and a partition of it."""


@dataclass(frozen=True, slots=True)
class Stall:
    """A partition of this worker whose lag does not move.

    Attributes
    ----------
    lag
        Records after the one up to which it is committed.
    seconds
        Since when that has been so.
    """

    topic: str
    partition: int
    lag: int
    seconds: float

    def __str__(self) -> str:
        where = f"{self.topic} partition {self.partition}"
        return f"{where}: {self.lag} records are waiting, and none was committed for {self.seconds:.0f} s"


class Movement:
    """Tells, from one measurement of commits to the next, where nothing moves though something waits.

    Parameters
    ----------
    seconds
        How long a commit may stand still.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._seen: dict[Place, tuple[int, int, float]] = {}
        self._measured: float | None = None

    def measured(self, now: float, found: Mapping[Place, tuple[int, int]]) -> None:
        """Take a measurement: of each partition that is this worker's, the committed offset and the lag."""
        self._measured = now
        before, self._seen = self._seen, {}
        for place, (committed, lag) in found.items():
            was, _, since = before.get(place, (-1, 0, now))
            self._seen[place] = (committed, lag, since if lag and committed == was else now)

    def begun(self, now: float) -> None:
        """Begin to count the time until the first measurement."""
        self._measured = now

    def stalled(self, now: float) -> list[Stall]:
        """The partitions whose commit has stood still for too long."""
        return [
            Stall(topic, partition, lag, now - since)
            for (topic, partition), (_, lag, since) in sorted(self._seen.items())
            if lag and now - since > self._seconds
        ]

    def unknown_for(self, now: float) -> float:
        """For how long there was no measurement, once that is too long; else 0."""
        passed = 0.0 if self._measured is None else now - self._measured
        return passed if passed > self._seconds else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """What the worker's process says of itself.

    Attributes
    ----------
    broker
        Whether the broker answered when last asked; None until it was reached.
    recovered
        Whether the group has assigned this worker its partitions and its tables are recovered.
    partitions
        How many partitions it has. None is well, too: there are more workers than partitions.
    stalled
        Those whose lag does not move.
    lag_unknown_for
        For how many seconds the lag could not be measured, once that is too long; else 0.
    metrics
        Its metrics, in Prometheus' text format.
    """

    broker: bool | None = None
    recovered: bool = False
    partitions: int = 0
    stalled: tuple[Stall, ...] = ()
    lag_unknown_for: float = 0.0
    metrics: str = ""


REPORT = TypeAdapter(Report)


def write_report(report: Report) -> bytes:
    """The report as a line."""
    return orjson.dumps(report) + b"\n"


def read_report(line: bytes) -> Report | None:
    """The report in a line; None in one that the end of its process tore."""
    return REPORT.validate_json(line) if line.endswith(b"\n") else None


@dataclass(frozen=True, slots=True)
class HealthVerdict:
    """An answer to whether all is well, with what there is to say about it."""

    good: bool
    body: dict[str, Any]


@dataclass
class Health:
    """What the supervisor knows of the worker's process.

    Attributes
    ----------
    broker
        The broker's address, for people.
    runs
        Whether there is a process; else it is waited for, on purpose.
    starts
        How many processes there were.
    reached
        Whether any of them ever reached the broker.
    report
        The latest of this process, if it has said anything yet.
    heard
        When that came, or else the process began.
    """

    broker: str
    runs: bool = False
    starts: int = 0
    reached: bool = False
    report: Report | None = None
    heard: float = 0.0

    def started(self, now: float) -> None:
        """Take note of a new process."""
        self.runs, self.report, self.heard = True, None, now
        self.starts += 1

    def reported(self, report: Report, now: float) -> None:
        """Take note of what the process reports."""
        self.report, self.heard = report, now
        self.reached = self.reached or bool(report.broker)

    def ended(self) -> None:
        """Take note of its end."""
        self.runs, self.report = False, None

    def live(self, now: float) -> HealthVerdict:
        """Whether it goes on by itself: a process that reports, or one that is waited for."""
        silent = now - self.heard
        hung = self.runs and silent > SILENT_SECONDS
        state = "hung" if hung else "running" if self.runs else "waiting to start the next process"
        body: dict[str, Any] = {"healthy": not hung, "state": state, "processes_started": self.starts}
        if hung:
            body["silent_seconds"] = round(silent, 1)
        return HealthVerdict(not hung, body)

    def ready(self, now: float) -> HealthVerdict:
        """Whether it does its work: partitions assigned, tables recovered, lag moving."""
        reasons = list(self._reasons(now))
        body: dict[str, Any] = {"ready": not reasons, "reasons": reasons}
        if self.report:
            body["partitions"] = self.report.partitions
            body["stalled"] = self.report.stalled
        return HealthVerdict(not reasons, body)

    def _reasons(self, now: float) -> Iterator[str]:
        """Why it is not ready."""
        if not self.runs:
            yield f"the worker's process has ended; the next one begins once the broker at {self.broker} answers"
        elif not self.live(now).good:
            yield f"the worker's process has been silent for {now - self.heard:.0f} s"
        elif self.report is None:
            yield "the worker's process starts"
        else:
            if self.report.broker is False:
                yield f"no broker answers at {self.broker}"
            if not self.report.recovered:
                yield "partitions are being assigned, or tables recovered"
            yield from map(str, self.report.stalled)
            if self.report.lag_unknown_for:
                yield f"the lag could not be measured for {self.report.lag_unknown_for:.0f} s"
