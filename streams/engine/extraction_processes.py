"""Extraction in processes of its own, so that it takes no processor from whoever joins and judges what was extracted.

Such a process (`streams.engine.extractor`) reads items from standard input and writes what they say to standard
output, one after another, once it has said by an empty answer that it is ready. It ends with its input, so with the
worker, however that ends.
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
"""The worker's own process keeps up with so many, and hardly with more: who has more cores starts more workers."""

COMMAND = (sys.executable, "-P", "-m", "streams.engine.extractor")
PAUSE_SECONDS = 1.0
"""Before a process is started in the place of one that has died."""

DEATHS = 3
"""Over one item, until it is taken for the cause. One or two may be by chance: memory is short, or somebody kills."""

LENGTH_BYTES = 4
"""Of the number that precedes each item and each answer: how long it is."""

Found = tuple[list[Statement], str]
"""The statements of an item version, and why it has none where it cannot be read."""


@dataclass(slots=True)
class _Asked:
    """An item that waits, or is at hand."""

    item: bytes
    answer: asyncio.Future[Found]
    deaths: int = 0

    def is_answered(self, found: Found) -> None:
        """Pass on what was found, unless who asked has gone."""
        if not self.answer.done():
            self.answer.set_result(found)


class Extraction:
    """Processes that extract. They start at once, and each takes the next item as soon as it is free."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[_Asked] = asyncio.Queue()
        self._tasks = [asyncio.create_task(self._keep_one()) for _ in range(PROCESSES)]

    async def statements(self, item: Item) -> Found:
        """The statements of an item version, and why it has none where it cannot be read."""
        asked = _Asked(pickle.dumps(item), asyncio.get_running_loop().create_future())
        self._waiting.put_nowait(asked)
        return await asked.answer

    async def close(self) -> None:
        """End the processes."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _keep_one(self) -> None:
        """Keep a process going."""
        while True:
            try:
                await self._use(await asyncio.create_subprocess_exec(*COMMAND, stdin=PIPE, stdout=PIPE))
            except Exception as error:
                log.error("a process that extracts cannot be started, and is tried again: %s", error)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _use(self, process: Process) -> None:
        """Hand a process one item after another, until it dies."""
        try:
            await _answer(process)  # that it is ready: what it dies of before that is no item's fault
            while True:
                await self._have_read(process, await self._waiting.get())
        except (asyncio.IncompleteReadError, ConnectionError):
            log.error("a process that extracts was ended by %s: starting another", await _end(process))
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    async def _have_read(self, process: Process, asked: _Asked) -> None:
        """Have a process read an item. If it dies, the next one is given the item; after some deaths it is given up."""
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
        except Exception as error:  # what another release of ours wrote, say: no fault of the item
            asked.answer.set_exception(error)
        else:
            asked.is_answered(found)


async def _answer(process: Process) -> bytes:
    """What a process writes next."""
    assert process.stdout
    length = int.from_bytes(await process.stdout.readexactly(LENGTH_BYTES))
    return await process.stdout.readexactly(length)


async def _end(process: Process) -> str:
    """Of what a process ends, in a word."""
    code = await process.wait()
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
