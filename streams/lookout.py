"""The lookout: in the worker's process, sees that supervisor and broker are there, and reports to the supervisor."""

import logging
import os
import socket
import threading
from collections.abc import Callable

from streams.health import Report, write_report
from streams.kafka import broker_answers
from streams.settings import Settings

log = logging.getLogger(__name__)

BROKER_GONE = os.EX_TEMPFAIL
"""What a worker's process ends with where the broker is at fault, so that a new one may do better."""

REPORT_SECONDS = 1.0
UNANSWERED = 3
"""After so many questions in a row without an answer the broker is taken for gone."""


class Lookout:
    """Threads of their own, so that neither hangs on what the agents do.

    Parameters
    ----------
    supervisor
        The line to it: reports go there, and its end is the supervisor's.
    """

    def __init__(self, settings: Settings, supervisor: socket.socket) -> None:
        self._settings = settings
        self._supervisor = supervisor
        self._told = threading.Event()
        self._state: Callable[[], tuple[bool, int]] = lambda: (False, 0)
        self._asks = False

    def start(self) -> None:
        """Begin to report, and to end with the supervisor."""
        for task in (self._end_with_supervisor, self._report):
            threading.Thread(target=task, name=task.__name__, daemon=True).start()

    def watch(self, state: Callable[[], tuple[bool, int]]) -> None:
        """Ask after the broker from now on: it has been reached.

        Parameters
        ----------
        state
            Gives whether the worker is recovered, and how many partitions it has.
        """
        self._state = state
        self._asks = True

    def report_now(self) -> None:
        """Report without delay: there is news."""
        self._told.set()

    def _end_with_supervisor(self) -> None:
        while self._supervisor.recv(1):
            pass  # it never says a word
        os._exit(1)

    def _report(self) -> None:
        unanswered = 0
        while unanswered < UNANSWERED:
            answers = broker_answers(self._settings) if self._asks else None
            unanswered = unanswered + 1 if answers is False else 0
            recovered, partitions = self._state()
            report = Report(broker=answers, recovered=recovered, partitions=partitions)
            self._supervisor.sendall(write_report(report))
            self._told.wait(REPORT_SECONDS)
            self._told.clear()
        log.info("no broker has answered %s times: ending", unanswered)
        logging.shutdown()
        os._exit(BROKER_GONE)
