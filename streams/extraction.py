"""Extraction in processes of its own, so that it takes no processor from whoever joins and judges what was extracted.

Such a process (`streams.extractor`) reads records of ``news.items`` from standard input and writes what they say to
standard output, one after another. It ends with its input, so with the worker, however that ends.
"""

import asyncio
import logging
import pickle
import signal
import sys
from asyncio.subprocess import PIPE
from dataclasses import dataclass

from claimwire.items import Item
from claimwire.statements import Statement
from streams.codecs import Undecodable

log = logging.getLogger(__name__)

PROCESSES = 2
"""The worker's own process keeps up with so many, and hardly with more: who has more cores starts more workers."""

COMMAND = (sys.executable, "-P", "-m", "streams.extractor")
PAUSE_SECONDS = 1.0
"""Before a process is started in the place of one that has died."""

LENGTH_BYTES = 4
"""Of the number that precedes each request and each answer: how long it is."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """An item version and what it says.

    Attributes
    ----------
    reason
        Why it says nothing, where it is over a limit or the extractor stumbles over it; it is rejected then.
    """

    item: Item
    statements: list[Statement]
    reason: str = ""


class Extraction:
    """Processes that extract. They start at once, and each takes the next record as soon as it is free."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[tuple[bytes, asyncio.Future[Extracted | str]]] = asyncio.Queue()
        self._tasks = [asyncio.create_task(self._keep_one()) for _ in range(PROCESSES)]

    async def read(self, key: bytes | None, value: bytes | None) -> Extracted:
        """What a record of ``news.items`` says.

        Raises
        ------
        Undecodable
            If it holds no item that can be taken.
        """
        answer: asyncio.Future[Extracted | str] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait((pickle.dumps((key, value)), answer))
        found = await answer
        if isinstance(found, str):
            raise Undecodable(found)
        return found

    async def close(self) -> None:
        """End the processes."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _keep_one(self) -> None:
        """Keep a process going, and hand it what waits. What one has died over, the next one is given again."""
        while True:
            try:
                process = await asyncio.create_subprocess_exec(*COMMAND, stdin=PIPE, stdout=PIPE)
            except OSError as error:
                log.error("a process that extracts cannot be started, and is tried again: %s", error)
                await asyncio.sleep(PAUSE_SECONDS)
                continue
            try:
                while True:
                    await self._hand_over(process)
            except (asyncio.IncompleteReadError, ConnectionError):
                code = await process.wait()
                ended = signal.Signals(-code).name if code < 0 else f"exit code {code}"
                log.error("a process that extracts was ended by %s: starting another", ended)
                await asyncio.sleep(PAUSE_SECONDS)
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()

    async def _hand_over(self, process: asyncio.subprocess.Process) -> None:
        """Have the process extract the next record."""
        assert process.stdin
        assert process.stdout
        request, answer = await self._waiting.get()
        try:
            process.stdin.write(len(request).to_bytes(LENGTH_BYTES) + request)
            await process.stdin.drain()
            length = int.from_bytes(await process.stdout.readexactly(LENGTH_BYTES))
            found = pickle.loads(await process.stdout.readexactly(length))  # noqa: S301 - our own process wrote it
        except (asyncio.IncompleteReadError, ConnectionError):
            self._waiting.put_nowait((request, answer))
            raise
        except Exception as error:
            answer.set_exception(error)
            return
        if not answer.done():  # else who asked has gone
            answer.set_result(found)
