"""The worker's process: runs the agents until a signal stops it."""

import asyncio
import logging
import os
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Any, NoReturn

import faust
import uvloop
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError
from faust.exceptions import ConsumerNotStarted

from streams.engine.app import Streams
from streams.errors import FilesExhausted, KafkaUnreachable, TopicsDiffer, UserError
from streams.kafka.client import check_partitions, ensure_topics, wait_for_coordinator
from streams.kafka.connection import broker_answers
from streams.kafka.ledger_pointer import current
from streams.kafka.patience import passes
from streams.logs import tell
from streams.ports_and_processes import see_files_left
from streams.settings import Settings
from streams.worker.deadlines import AGENTS_END_SECONDS, at_the_latest
from streams.worker.health import BROKER_GONE, EXHAUSTED
from streams.worker.late_end import places
from streams.worker.watchdog import Watchdog

log = logging.getLogger(__name__)

AGENTS = "claimwire.agents"
"""Entry point group of the agents. Each takes the `Streams` and registers itself."""

TOPICS_SECONDS = 5.0
"""Time between checks for new partitions, which Faust makes only every five minutes."""

SELDOM_SECONDS = 30.0
REMEDY = "Nothing is lost: see that the broker runs, and start the worker again. CLAIMWIRE_LOG_LEVEL=INFO tells more."


class Worker(faust.Worker):
    """A Faust worker that reports when it is ready, and ends in time whatever happens."""

    _signal_stop_future: asyncio.Future[None] | None

    def __init__(self, streams: Streams, ready: Callable[[], None], **options: Any) -> None:
        super().__init__(streams.app, override_logging=False, quiet=True, **options)
        self._sources = streams.sources
        self._ready = ready
        self._ready_once = False
        self.fatal_error: BaseException | None = None

    async def on_startup_finished(self) -> None:
        """Report that partitions are assigned and tables recovered."""
        self._ready_once = True
        self._ready()

    def assigned(self) -> frozenset[TopicPartition] | None:
        """The partitions that the agents read; None while they are being assigned, or tables recovered."""
        if not self._ready_once or self.app.rebalancing or self.should_stop:
            return None
        try:
            held = self.app.consumer.assignment()
        except ConsumerNotStarted:  # it has just stopped
            return None
        return frozenset(TopicPartition(p.topic, p.partition) for p in held if p.topic in self._sources)

    def _schedule_shutdown(self, signal: Any) -> None:
        self.bound()
        super()._schedule_shutdown(signal)

    def fatal(self, error: BaseException) -> None:
        """Stop, since going on would lose an event."""
        self.fatal_error = self.fatal_error or error
        if self._signal_stop_future is None:
            self.bound(error)
            self._signal_stop_future = asyncio.ensure_future(self.stop())

    def bound(self, error: BaseException | None = None) -> None:
        """Set a deadline for the end, since without its broker Faust never ends."""
        code = BROKER_GONE if error and passes(error) else 1
        at_the_latest(AGENTS_END_SECONDS, lambda: self._cut_short(code))

    def _cut_short(self, code: int) -> None:
        log.warning(
            "the worker is cut short, since it did not end in %g s; nothing is lost. It waits at: %s",
            AGENTS_END_SECONDS,
            ", ".join(places(self.loop)),
        )
        os._exit(code)

    async def stopped(self) -> BaseException | None:
        """Wait for the end and return its cause; None if a signal stopped it."""
        if self.crashed or self._signal_stop_future is None:
            self.bound(self.fatal_error or self.crash_reason or self.app.crash_reason)
        await (self._signal_stop_future or self.stop())
        return self.fatal_error or self.crash_reason or self.app.crash_reason


REPEATING = ("aiokafka", "faust", "mode")
"""Packages whose messages repeat. Each of ours is about another record."""


class Seldom(logging.Filter):
    """Lets each kind of message through once in a while, since aiokafka repeats itself many times a second."""

    def __init__(self) -> None:
        super().__init__()
        self._logged: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the message is one of ours, or was not logged lately."""
        if not record.name.startswith(REPEATING):
            return True
        due = record.created - self._logged.get(record.msg, 0.0) > SELDOM_SECONDS
        if due:
            self._logged[record.msg] = record.created
        return due or record.levelno < logging.WARNING


def _tell_of_the_broker() -> None:
    """Let the log of a waiting worker show that the broker went away."""
    for name in ("aiokafka.conn", "aiokafka.consumer.group_coordinator"):
        logging.getLogger(name).setLevel(logging.ERROR)
    for handler in logging.getLogger().handlers:
        handler.addFilter(Seldom())


async def _keep_watch(settings: Settings, partitions: int, fatal: Callable[[BaseException], None]) -> None:
    """End the worker when a topic gets more partitions, since keys would move away from their state."""
    while True:
        await asyncio.sleep(TOPICS_SECONDS)
        try:
            await check_partitions(settings, partitions)
        except TopicsDiffer as differ:
            fatal(differ)
            return
        except (KafkaUnreachable, FilesExhausted, KafkaError) as error:  # others handle these
            log.info("the topics could not be looked at: %r", error)


async def _run(settings: Settings, watchdog: Watchdog, ready: Callable[[Settings], None]) -> BaseException | None:
    settings = await current(settings)

    def is_ready() -> None:
        ready(settings)
        watchdog.report_now()

    partitions = await ensure_topics(settings)
    await wait_for_coordinator(settings)
    workers: list[Worker] = []
    streams = Streams(settings, partitions, on_fatal=lambda error: workers[0].fatal(error))
    for point in sorted(entry_points(group=AGENTS), key=lambda p: p.name):
        point.load()(streams)
    worker = Worker(streams, is_ready, loop=asyncio.get_running_loop())
    workers.append(worker)
    streams.app.worker = worker
    watchdog.watch(settings, worker.assigned, streams.metrics)
    watch = asyncio.create_task(_keep_watch(settings, partitions, worker.fatal))
    try:
        await worker.start()
    except Exception as error:
        worker.fatal_error = worker.fatal_error or error
    try:
        return await worker.stopped()
    finally:
        watch.cancel()
        await streams.ended()


def run_worker(settings: Settings, watchdog: Watchdog, ready: Callable[[Settings], None]) -> NoReturn:
    """Run the agents until SIGTERM or SIGINT, for the ledger in the settings, else for the current one.

    Then the process ends: with 0, or after an error with 75 or 71 if a new one may do better, else with 1.

    Parameters
    ----------
    ready
        Called with the settings of that ledger once the worker is ready.

    Raises
    ------
    KafkaUnreachable, TopicsDiffer
        If there is no broker, or its topics differ from the table.
    """
    _tell_of_the_broker()
    uvloop.install()  # as a policy, since Faust's consumer thread makes its own loop
    error = asyncio.run(_run(settings, watchdog, ready))
    code = 0 if error is None else _exit_code(error, settings)
    logging.shutdown()
    sys.stdout.flush()
    os._exit(code)  # threads of Faust and of the watchdog would keep the process alive, or crash in its last moments


def _exit_code(error: BaseException, settings: Settings) -> int:
    """The exit code for an error. Logs the reason, unless the supervisor does."""
    log.info("what ended the worker", exc_info=error)
    try:
        see_files_left()
        if passes(error) or not broker_answers(settings):
            return BROKER_GONE
    except FilesExhausted as exhausted:
        tell.error(f"the worker's process ends: {exhausted}")
        return EXHAUSTED
    reason = str(error) if isinstance(error, UserError) else f"{error!r}. {REMEDY}"
    tell.error(f"the worker ended: {reason}")
    return 1
