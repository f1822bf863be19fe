"""The guardian: a process that ends this process's children when this one ends, however that happens.

SIGKILL leaves no time to tidy up, and a broker that nobody stops runs on for ever. So the guardian reads process ids
from a pipe that only this process writes to. When the pipe closes, it ends those processes.
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

_lock = threading.Lock()


def end_with_us(pid: int) -> None:
    """Make sure that a process started by this one ends with it at the latest."""
    with _lock:
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
    """Note the processes named by the lines. When the lines end, end those that still run."""
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
