"""A follower of a store that is killed at the batch of which it is told: before it is written whole, or after."""

import asyncio
import os
import signal
import sys

from board import following, projection
from board.following import Following
from board.store import open_store, store_url
from streams.settings import load_settings

MOST = 3
"""Records of a batch."""


def kill(*_: object) -> None:
    """SIGKILL: no chance to tidy up."""
    os.kill(os.getpid(), signal.SIGKILL)


async def follow() -> None:
    """Follow the ledger until all is in the store."""
    settings = load_settings()
    store = open_store(store_url(settings))
    made = Following(settings, store, MOST)
    running = asyncio.create_task(made.run())
    here = asyncio.create_task(made.caught_up())
    await asyncio.wait({running, here}, return_when=asyncio.FIRST_COMPLETED)
    running.cancel()
    if not here.done():
        await running


def strike(batch: int, written: bool) -> None:
    """Be killed at a batch."""
    project, left = projection.project, batch

    def struck(*arguments: object) -> int:
        nonlocal left
        left -= 1
        if left == 0 and not written:
            projection._write_verdicts = kill  # in the transaction, once the claims are written
        last = project(*arguments)  # type: ignore[arg-type]
        if left == 0:
            kill()
        return last

    following.project = struck  # type: ignore[assignment]


if __name__ == "__main__":
    _, number, when = sys.argv
    if int(number):
        strike(int(number), when == "written")
    asyncio.run(follow())
