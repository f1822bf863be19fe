"""Extraction in its own processes, so that it takes no processor time from linking and judging.

Each process (`streams.engine.extractor`) first sends an empty answer when it is ready. Then it reads items one after
another from standard input, and writes their statements to standard output. It ends when its input ends, and so with
the worker, however that ends.
"""

import asyncio
import logging
import pickle
import signal
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass

from claimwire.items import Item
from claimwire.statements import Statement

log = logging.getLogger(__name__)

PROCESSES = 2
"""The worker's own process can hardly keep up with more. With more cores, start more workers."""

COMMAND = (sys.executable, "-P", "-m", "streams.engine.extractor")
PAUSE_SECONDS = 1.0
"""The pause before a process replaces one that has died."""

DEATHS = 3
"""Deaths after which an item counts as their cause. One or two may be chance, such as short memory or a kill."""

LENGTH_BYTES = 4
"""Bytes of the number that gives the length of each item and answer."""

Found = tuple[list[Statement], str]
"""The statements of an item version, and why it could not be read, or empty."""


@dataclass(slots=True)
class _Asked:
    """An item that waits or is being read."""

    item: bytes
    answer: asyncio.Future[Found]
    deaths: int = 0

    def is_answered(self, found: Found) -> None:
        """Pass on the statements, unless the asker is gone."""
        if not self.answer.done():
            self.answer.set_result(found)


class Extraction:
    """The processes. They start at once, and each takes the next item as soon as it is free."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[_Asked] = asyncio.Queue()
        self._tasks = [asyncio.create_task(self._keep_one()) for _ in range(PROCESSES)]

    async def statements(self, item: Item) -> Found:
        """The statements of an item version, and why it could not be read, or empty."""
        asked = _Asked(pickle.dumps(item), asyncio.get_running_loop().create_future())
        self._waiting.put_nowait(asked)
        return await asked.answer

    async def close(self) -> None:
        """End the processes."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _keep_one(self) -> None:
        """Start a process, and another whenever it dies."""
        while True:
            try:
                await self._use(await asyncio.create_subprocess_exec(*COMMAND, stdin=PIPE, stdout=PIPE))
            except Exception as error:
                log.error("a process that extracts cannot be started, and is tried again: %s", error)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _use(self, process: Process) -> None:
        """Give a process one item after another until it dies."""
        try:
            await _answer(process)  # that it is ready: no item is at fault if it dies before
            while True:
                await self._have_read(process, await self._waiting.get())
        except (asyncio.IncompleteReadError, ConnectionError):
            log.error("a process that extracts was ended by %s: starting another", await _end(process))
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    async def _have_read(self, process: Process, asked: _Asked) -> None:
        """Let a process read an item. If it dies, the next one gets the item; after `DEATHS` the item is given up."""
        assert process.stdin
        try:
            process.stdin.write(len(asked.item).to_bytes(LENGTH_BYTES) + asked.item)
            await process.stdin.drain()
            found: Found = pickle.loads(await _answer(process))  # noqa: S301 - our own process wrote it
        except (asyncio.IncompleteReadError, ConnectionError):
            asked.deaths += 1
            if asked.deaths < DEATHS:
                self._waiting.put_nowait(asked)
            else:
                asked.is_answered(([], f"{DEATHS} processes died over it, the last by {await _end(process)}"))
            raise
        except Exception as error:  # no fault of the item: perhaps another release wrote the answer
            asked.answer.set_exception(error)
        else:
            asked.is_answered(found)


async def _answer(process: Process) -> bytes:
    """The next answer of a process."""
    assert process.stdout
    length = int.from_bytes(await process.stdout.readexactly(LENGTH_BYTES))
    return await process.stdout.readexactly(length)


async def _end(process: Process) -> str:
    """How a process ended, in a word."""
    code = await process.wait()
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
