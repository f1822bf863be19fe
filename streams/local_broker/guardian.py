"""The guardian: a process that ends what this one has started when this one ends, however that happens.

SIGKILL leaves no time to tidy up, and a broker that nobody stops runs on for ever. So the guardian reads from a pipe
whose other end nobody else holds, and at the end of it ends what it was told of.
"""

import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from functools import cache

import psutil

from streams.ports_and_processes import ends

STOP_SECONDS = 20.0

_told = threading.Lock()


def end_with_us(pid: int) -> None:
    """See to it that a process which this one has started ends with this one at the latest."""
    with _told:
        pipe = _guardian().stdin
        assert pipe is not None
        pipe.write(f"{pid}\n")
        pipe.flush()


@cache
def _guardian() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "streams.local_broker.guardian"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,  # out of reach of the terminal's signals
    )


def guard(lines: Iterable[str]) -> None:
    """Take note of the processes that the lines name; at the end of them, end those that still run."""
    watched = []
    for line in lines:
        with suppress(psutil.NoSuchProcess):
            watched.append(psutil.Process(int(line)))
    for process in watched:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    for process in watched:
        if not ends(process, STOP_SECONDS):
            with suppress(psutil.NoSuchProcess):
                process.kill()


if __name__ == "__main__":
    guard(sys.stdin)
