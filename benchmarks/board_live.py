"""``python -m benchmarks.board_live``: how long after a status event the readers of the live page have it.

The events go through a broker of our own to a served board, which many readers read along over HTTP. Beside these times
stand those of a bare server, which sends as many bytes to as many readers.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import psutil

from benchmarks.made_up_claims import MadeUp
from streams.kafka.client import ensure_topics, producer, topic_name
from streams.kafka.topics import STATUS
from streams.local_broker.server import LocalBroker, free_port
from streams.settings import Settings

PAUSE = 0.2
"""Seconds from the moment when all readers have an event to the next one."""

LONGEST = 60.0
"""Seconds after which an event counts as lost."""

Send = Callable[[str, bytes], Awaitable[object]]
"""Writes an event, given its claim's id and its value."""


def main() -> int:
    """Print the times; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.board_live", description=__doc__.splitlines()[0].partition(": ")[2]
    )
    parser.add_argument("--readers", type=int, default=500)
    parser.add_argument("--events", type=int, default=50)
    parser.add_argument(
        "--store", default="", help="URL of an empty one; left out: a SQLite file that is removed again"
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        broker = LocalBroker(Path(folder), port=free_port())
        broker.start(_say, outlives=False)
        try:
            settings = Settings(broker=f"{broker.host}:{broker.port}", home=Path(folder))
            asyncio.run(_measure(settings, arguments.store, arguments.readers, arguments.events))
        finally:
            broker.stop(_say)
    return 0


async def _measure(settings: Settings, store: str, readers: int, events: int) -> None:
    await ensure_topics(settings)
    with _board(settings, store) as (port, process):
        async with producer(settings) as sender:

            async def send(claim: str, value: bytes) -> None:
                await sender.send_and_wait(topic_name(settings, STATUS), value, key=claim.encode())

            before = _processor(process)
            board = await _times(port, readers, events, send)
            spent = (_processor(process) - before) / events
            resident = process.memory_info().rss / 1e6
        size = board.size
    _say(f"{readers} readers, {events} events of {size:,} bytes: {board}")
    _say(f"  the board needed {spent:.2f} s of processor for an event, and {resident:.0f} MB in all")
    async with _bare(size) as (port, send_bare):
        bare = await _times(port, readers, events, send_bare)
    _say(f"  a bare server of as many bytes: {bare}; p95 of the board is {board.at(0.95) / bare.at(0.95):.1f} of it")


class Times:
    """Seconds from the writing of events to their arrival, of every event at every reader."""

    def __init__(self) -> None:
        self.taken: list[float] = []
        self.size = 0

    def at(self, share: float) -> float:
        """The time within which this share arrived."""
        return sorted(self.taken)[min(int(len(self.taken) * share), len(self.taken) - 1)]

    def __str__(self) -> str:
        return ", ".join(f"{name} {self.at(share) * 1000:,.0f} ms" for name, share in SHARES.items())


SHARES = {"median": 0.5, "p95": 0.95, "longest": 1.0}


class Arrivals:
    """Waits until all readers have an event."""

    def __init__(self, readers: int, times: Times) -> None:
        self._readers = readers
        self._times = times
        self._written = 0.0
        self._left = 0
        self.all_here = asyncio.Event()

    def expect(self) -> None:
        """An event is written now."""
        self._written, self._left = time.perf_counter(), self._readers
        self.all_here.clear()

    def here(self) -> None:
        """A reader has the event."""
        self._times.taken.append(time.perf_counter() - self._written)
        self._left -= 1
        if not self._left:
            self.all_here.set()


async def _times(port: int, readers: int, events: int, send: Send) -> Times:
    """Write events one after another, the next when all readers have the one before."""
    times, made = Times(), MadeUp(2)
    arrivals = Arrivals(readers, times)
    ready = asyncio.Semaphore(0)
    reading = [asyncio.create_task(_read(port, arrivals, times, ready)) for _ in range(readers)]
    try:
        for _ in range(readers):
            await asyncio.wait_for(ready.acquire(), LONGEST)
        await asyncio.sleep(1)  # the heads are here; the streams behind them begin
        for number in range(1, events + 1):
            _, claim, value = next(made.records(number))
            arrivals.expect()
            await send(claim, value)
            await asyncio.wait_for(arrivals.all_here.wait(), LONGEST)
            await asyncio.sleep(PAUSE)
    finally:
        for task in reading:
            task.cancel()
        await asyncio.gather(*reading, return_exceptions=True)
    return times


async def _read(port: int, arrivals: Arrivals, times: Times, ready: asyncio.Semaphore) -> None:
    """Read along."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(b"GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.partition(b"\r\n")[0]:
            raise RuntimeError(f"refused: {head!r}")
        ready.release()
        while True:
            event = await reader.readuntil(b"\n\n")
            if b"event: change\n" in event:
                arrivals.here()
                times.size = len(event)
    finally:
        writer.close()


@contextmanager
def _board(settings: Settings, store: str) -> Iterator[tuple[int, psutil.Process]]:
    """A served board: its port and its process."""
    own = {"CLAIMWIRE_BROKER": settings.broker, "CLAIMWIRE_HOME": str(settings.home), "CLAIMWIRE_BOARD_DB": store}
    command = [sys.executable, "-m", "streams.cli", "board", "--port", "0"]
    with subprocess.Popen(command, env={**os.environ, **own, "PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE) as board:
        assert board.stdout
        try:
            line = board.stdout.readline().decode()
            if "board ready: " not in line:
                raise RuntimeError(f"the board said {line!r}")
            yield int(line.rpartition(":")[2].strip(" /\n")), psutil.Process(board.pid)
        finally:
            board.terminate()


@asynccontextmanager
async def _bare(size: int) -> AsyncIterator[tuple[int, Send]]:
    """A server that sends events of this size to everybody, and nothing else: its port, and how it is told to."""
    streams: list[asyncio.StreamWriter] = []

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        streams.append(writer)

    async def send(_claim: str, _value: bytes) -> None:
        event = b"event: change\n".ljust(size - 2, b"x") + b"\n\n"
        for writer in streams:
            writer.write(event)

    server = await asyncio.start_server(take, "127.0.0.1", backlog=1000)
    try:
        yield server.sockets[0].getsockname()[1], send
    finally:
        server.close()


def _processor(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
