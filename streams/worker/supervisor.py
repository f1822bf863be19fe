"""The supervisor: keeps a worker running while its broker comes and goes.

Without its broker, a Faust worker takes half a core and grows by megabytes a minute. So the agents
run in their own process, which ends when the broker does not answer. Waiting for the broker here
costs next to nothing, and the next process begins small.
"""

import asyncio
import logging
import os
import random
import signal
import socket
import sys
import time
from contextlib import suppress

from streams.errors import FilesExhausted
from streams.kafka.connection import broker_answers, unreachable
from streams.settings import Settings, environment
from streams.worker.deadlines import AGENTS_KILLED_SECONDS, SUPERVISOR_ENDS_SECONDS, at_the_latest
from streams.worker.health import BROKER_GONE, EXHAUSTED, Health, read_report

log = logging.getLogger(__name__)

CHILD = "worker-process"
"""The hidden command by which a supervisor runs the agents."""

LONGEST_PAUSE = 10.0
LONGEST_REPORT = 2**22


class Pauses:
    """Pauses before the next try: each twice as long, varied by chance so that many workers stay apart."""

    def __init__(self) -> None:
        self._tries = 0

    def next(self) -> float:
        """Seconds to wait now."""
        longest = min(LONGEST_PAUSE, 0.5 * 2.0**self._tries)
        self._tries += longest < LONGEST_PAUSE
        return longest * random.uniform(0.5, 1.0)  # noqa: S311

    def reset(self) -> None:
        """Begin anew, after something went well."""
        self._tries = 0


class Supervisor:
    """Runs the agents in one process after another, until a signal stops it."""

    def __init__(self, settings: Settings) -> None:
        self.health = Health(settings.broker)
        self._settings = settings
        self._stop = asyncio.Event()
        self._pauses = Pauses()
        self._agents: asyncio.subprocess.Process | None = None
        self._code = 1

    async def run(self) -> int:
        """Keep a process of the agents running and return the exit code.

        Raises
        ------
        KafkaUnreachable
            If there was no broker from the start, which is more likely a mistake than an outage.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop_soon)
        self._code = await self._keep_going()
        return self._code

    def _stop_soon(self) -> None:
        if not self._stop.is_set():
            self._stop.set()
            at_the_latest(SUPERVISOR_ENDS_SECONDS, self._end)

    def _end(self) -> None:
        """End at once, together with the agents, who also see the line close."""
        log.warning("the worker did not end in %g s and is ended: nothing is lost", SUPERVISOR_ENDS_SECONDS)
        if self._agents:
            with suppress(ProcessLookupError):
                self._agents.kill()
        os._exit(self._code)

    async def _keep_going(self) -> int:
        while True:
            code = await self._process()
            stopped = self._stop.is_set()
            if code < 0 and not (stopped and code == -signal.SIGTERM):
                log.error("the worker's process was ended by %s", signal.Signals(-code).name)
            if stopped:
                return 0 if code in (0, -signal.SIGTERM, BROKER_GONE) else max(code, 1)
            if code == BROKER_GONE and not self.health.reached:
                raise unreachable(self._settings)
            if code == BROKER_GONE:
                log.warning("the broker at %s does not answer as it should: waiting for it", self._settings.broker)
            elif code >= 0 and code != EXHAUSTED:
                return code
            if not await self._may_go_on():
                return 0
            log.warning("starting the worker's process anew")

    async def _process(self) -> int:
        """Run a process of the agents to its end and return its exit code."""
        try:
            process, ours = await self._started()
        except OSError as error:
            log.error("the worker's process cannot be started: %s", error.strerror or error)
            return EXHAUSTED
        self.health.started(time.monotonic())
        self._agents = process
        reader, writer = await asyncio.open_connection(sock=ours, limit=LONGEST_REPORT)
        reading = asyncio.create_task(self._listen(reader))
        ended, stopped = asyncio.create_task(process.wait()), asyncio.create_task(self._stop.wait())
        try:
            await asyncio.wait({ended, stopped}, return_when=asyncio.FIRST_COMPLETED)
            if not ended.done():
                process.terminate()
                await asyncio.wait({ended}, timeout=AGENTS_KILLED_SECONDS)
            if not ended.done():
                log.warning("the agents did not end in %g s and are killed: nothing is lost", AGENTS_KILLED_SECONDS)
                process.kill()
            code = await ended
            await reading
            return code
        finally:
            self._agents = None
            stopped.cancel()
            writer.close()
            self.health.ended()

    async def _started(self) -> tuple[asyncio.subprocess.Process, socket.socket]:
        """Start a process of the agents; returns it with our end of the line to it.

        Raises
        ------
        OSError
            If this machine has no room for it.
        """
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                # In its own group, Ctrl-C in a terminal reaches only us, and we pass it on.
                process = await asyncio.create_subprocess_exec(
                    sys.executable,
                    "-P",
                    "-m",
                    "streams.cli",
                    CHILD,
                    stdin=theirs.fileno(),
                    process_group=0,
                    env={**os.environ, **environment(self._settings)},
                )
        except OSError:
            ours.close()
            raise
        return process, ours

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        """Note the reports of the process until its end."""
        while line := await reader.readline():
            report = read_report(line)
            if report:
                self.health.reported(report, time.monotonic())
            if report and report.recovered:
                self._pauses.reset()

    async def _may_go_on(self) -> bool:
        """Wait until a broker answers; False on a stop. The wait grows until a process has become ready."""
        began = time.monotonic()
        while True:
            pause = asyncio.create_task(self._stop.wait())
            await asyncio.wait({pause}, timeout=self._pauses.next())
            pause.cancel()
            if self._stop.is_set():
                return False
            try:
                if await asyncio.to_thread(broker_answers, self._settings):
                    log.info("the broker answers, after %.1f s", time.monotonic() - began)
                    return True
            except (FilesExhausted, OSError) as error:  # even loading a module late can need a descriptor
                log.error("the worker waits: %s", error)
