"""Health and readiness: what the worker's process reports of itself, and what follows from it and from silence."""

from dataclasses import dataclass
from typing import Any

import orjson
from pydantic import TypeAdapter

SILENT_SECONDS = 15.0
"""After so long without a report the worker's process is taken for hung. It reports once a second."""


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
        How many partitions it has.
    """

    broker: bool | None = None
    recovered: bool = False
    partitions: int = 0


REPORT = TypeAdapter(Report)


def write_report(report: Report) -> bytes:
    """The report as a line."""
    return orjson.dumps(report) + b"\n"


def read_report(line: bytes) -> Report:
    """The report in a line."""
    return REPORT.validate_json(line)


@dataclass(frozen=True, slots=True)
class Verdict:
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

    def live(self, now: float) -> Verdict:
        """Whether it goes on by itself: a process that reports, or one that is waited for."""
        silent = now - self.heard
        hung = self.runs and silent > SILENT_SECONDS
        state = "hung" if hung else "running" if self.runs else "waiting for the broker"
        body: dict[str, Any] = {"state": state, "processes_started": self.starts}
        if hung:
            body["silent_seconds"] = round(silent, 1)
        return Verdict(not hung, body)

    def ready(self, now: float) -> Verdict:
        """Whether it does its work: partitions assigned, tables recovered, lag moving."""
        reasons = list(self._reasons(now))
        body: dict[str, Any] = {"ready": not reasons, "reasons": reasons}
        if self.report:
            body["partitions"] = self.report.partitions
        return Verdict(not reasons, body)

    def _reasons(self, now: float) -> list[str]:
        """Why it is not ready."""
        if not self.runs:
            return [f"no broker answers at {self.broker}: waiting for it"]
        if not self.live(now).good:
            return [f"the worker's process has been silent for {now - self.heard:.0f} s"]
        if self.report is None:
            return ["the worker's process starts"]
        reasons = []
        if self.report.broker is False:
            reasons.append(f"no broker answers at {self.broker}")
        if not self.report.recovered:
            reasons.append("partitions are being assigned, or tables recovered")
        return reasons
