"""The watchdog runs in the worker's process, watches supervisor, broker and commits, and reports to the supervisor.

It has its own threads, so that the agents cannot block it.
"""

import asyncio
import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NoReturn

from aiokafka import TopicPartition

from streams.engine.metrics import Metrics
from streams.errors import FilesExhausted
from streams.kafka.client import commits
from streams.kafka.connection import broker_answers
from streams.logs import tell
from streams.settings import Settings
from streams.worker.health import BROKER_GONE, EXHAUSTED, Movement, Report, Stall, write_report

log = logging.getLogger(__name__)

REPORT_SECONDS = 1.0
MEASURE_SECONDS = 2.0
MEASURING_SECONDS = 10.0
UNANSWERED = 3
"""After so many questions in a row without an answer the broker counts as gone."""

Assigned = Callable[[], frozenset[TopicPartition] | None]
"""Gives the partitions of this worker; None during assignment or recovery."""


class Watchdog:
    """Watches a worker's process from inside.

    Parameters
    ----------
    supervisor
        The line to it. Reports go there, and when it closes, the supervisor has ended.
    """

    def __init__(self, settings: Settings, supervisor: socket.socket) -> None:
        self._settings = settings
        self._supervisor = supervisor
        self._news = threading.Event()
        self._movement = Movement(settings.stall_seconds)
        self._watched: tuple[Assigned, Metrics] | None = None
        self._told: set[tuple[str, int]] = set()

    def start(self) -> None:
        """Start reporting, and end when the supervisor ends."""
        self._in_a_thread(self._end_with_supervisor)
        self._in_a_thread(self._report)

    def watch(self, settings: Settings, assigned: Assigned, metrics: Metrics) -> None:
        """Watch broker, commits and metrics of a ledger, now that the broker has been reached."""
        self._movement.begun(time.monotonic())
        self._watched = assigned, metrics
        self._in_a_thread(lambda: asyncio.run(self._measure(settings, assigned, metrics)))

    def report_now(self) -> None:
        """Report at once, since there is news."""
        self._news.set()

    @staticmethod
    def _in_a_thread(task: Callable[[], None]) -> None:
        threading.Thread(target=task, daemon=True).start()

    def _end_with_supervisor(self) -> None:
        with suppress(OSError):  # unread reports reset the line when the supervisor ends
            while self._supervisor.recv(1):
                pass  # it never sends anything
        os._exit(1)

    def _report(self) -> None:
        unanswered = 0
        while unanswered < UNANSWERED:
            report = Report()
            if self._watched:
                try:
                    unanswered = 0 if broker_answers(self._settings) else unanswered + 1
                except FilesExhausted as error:
                    tell.error(f"the worker's process ends: {error}")
                    _end(EXHAUSTED)
                report = self._seen(*self._watched, answers=not unanswered)
                self._tell_of(report.stalled)
            with suppress(OSError):  # the other thread sees its end
                self._supervisor.sendall(write_report(report))
            self._news.wait(REPORT_SECONDS)
            self._news.clear()
        log.info("no broker has answered %s times: ending", unanswered)
        _end(BROKER_GONE)

    def _tell_of(self, stalled: Sequence[Stall]) -> None:
        """Log once of each partition whose lag does not move."""
        for stall in stalled:
            if (stall.topic, stall.partition) not in self._told:
                log.warning("%s", stall)
        self._told = {(stall.topic, stall.partition) for stall in stalled}

    def _seen(self, assigned: Assigned, metrics: Metrics, answers: bool) -> Report:
        now, partitions = time.monotonic(), assigned()
        return Report(
            broker=answers,
            recovered=partitions is not None,
            partitions=len(partitions or ()),
            stalled=tuple(self._movement.stalled(now)),
            lag_unknown_for=self._movement.unknown_for(now),
            metrics=metrics.text(),
        )

    async def _measure(self, settings: Settings, assigned: Assigned, metrics: Metrics) -> None:
        """Measure the commits of this worker's partitions, whatever happens to the broker."""
        while True:
            try:
                async with commits(settings) as asked:
                    while True:
                        async with asyncio.timeout(MEASURING_SECONDS):
                            found = await asked.of(assigned() or ())
                        self._movement.measured(
                            time.monotonic(), {(p.topic, p.partition): (d.done, d.lag) for p, d in found.items()}
                        )
                        metrics.measured({(p.topic, p.partition): d.lag for p, d in found.items()})
                        await asyncio.sleep(MEASURE_SECONDS)
            except Exception as error:  # no error may end the measuring; readiness shows it
                log.info("the lag could not be measured: %r", error)
                await asyncio.sleep(MEASURE_SECONDS)


def _end(code: int) -> NoReturn:
    """End the process from a thread, whatever the others do."""
    logging.shutdown()
    os._exit(code)
