"""Health and readiness of a worker, by what its process reports, or by its silence."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from pydantic import TypeAdapter

BROKER_GONE = os.EX_TEMPFAIL
"""Exit code of a worker's process if the broker is at fault. A new process may do better."""

EXHAUSTED = os.EX_OSERR
"""Exit code if this machine has no more files or memory for it. A new process may do better here, too."""

SILENT_SECONDS = 15.0
"""After so long without a report the worker's process counts as hung. It reports once a second."""

Place = tuple[str, int]
"""A topic and a partition of it."""


@dataclass(frozen=True, slots=True)
class Stall:
    """A partition of this worker whose lag does not move.

    Attributes
    ----------
    lag
        Records after the committed offset.
    seconds
        How long the lag has not moved.
    """

    topic: str
    partition: int
    lag: int
    seconds: float

    def __str__(self) -> str:
        where = f"{self.topic} partition {self.partition}"
        return f"{where}: {self.lag} records are waiting, and none was committed for {self.seconds:.0f} s"


class Movement:
    """Finds the partitions where records wait and the commit does not move, by measuring again and again.

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
        """Note a measurement: the committed offset and the lag of each partition of this worker."""
        self._measured = now
        before, self._seen = self._seen, {}
        for place, (committed, lag) in found.items():
            was, _, since = before.get(place, (-1, 0, now))
            self._seen[place] = (committed, lag, since if lag and committed == was else now)

    def begun(self, now: float) -> None:
        """Start the time until the first measurement."""
        self._measured = now

    def stalled(self, now: float) -> list[Stall]:
        """The partitions whose commit has stood still for too long."""
        return [
            Stall(topic, partition, lag, now - since)
            for (topic, partition), (_, lag, since) in sorted(self._seen.items())
            if lag and now - since > self._seconds
        ]

    def unknown_for(self, now: float) -> float:
        """How long there has been no measurement, if too long; else 0."""
        passed = 0.0 if self._measured is None else now - self._measured
        return passed if passed > self._seconds else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """What the worker's process reports.

    Attributes
    ----------
    broker
        Whether the broker answered when last asked; None until it was reached.
    recovered
        Whether the group has assigned this worker its partitions and its tables are recovered.
    partitions
        How many partitions it has. Zero is fine, too, if there are more workers than partitions.
    stalled
        The partitions whose lag does not move.
    lag_unknown_for
        For how many seconds the lag could not be measured, if too long; else 0.
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
    """The report in a line; None if the process ended in the middle of it."""
    return REPORT.validate_json(line) if line.endswith(b"\n") else None


@dataclass(frozen=True, slots=True)
class HealthVerdict:
    """Whether all is well, with the reasons."""

    good: bool
    body: dict[str, Any]


@dataclass
class Health:
    """What the supervisor knows about the worker's process.

    Attributes
    ----------
    broker
        The broker's address, for people.
    runs
        Whether there is a process. If not, the supervisor waits on purpose.
    starts
        How many processes there were.
    reached
        Whether any of them ever reached the broker.
    report
        The latest report of this process, if any.
    heard
        When it came, or else when the process began.
    """

    broker: str
    runs: bool = False
    starts: int = 0
    reached: bool = False
    report: Report | None = None
    heard: float = 0.0

    def started(self, now: float) -> None:
        """Note a new process."""
        self.runs, self.report, self.heard = True, None, now
        self.starts += 1

    def reported(self, report: Report, now: float) -> None:
        """Note a report of the process."""
        self.report, self.heard = report, now
        self.reached = self.reached or report.broker is not None

    def ended(self) -> None:
        """Note the end of the process."""
        self.runs, self.report = False, None

    def live(self, now: float) -> HealthVerdict:
        """Whether it goes on by itself: the process reports, or the supervisor waits to start one."""
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
