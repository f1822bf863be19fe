"""The broker watch: a waiting command tells its user when the broker goes away and when it is back."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from streams.errors import FilesExhausted
from streams.kafka.connection import broker_answers
from streams.settings import Settings

ASK_SECONDS = 5.0
"""Time between two checks of the broker."""


@asynccontextmanager
async def broker_watched(settings: Settings, say: Callable[[str], None]) -> AsyncIterator[None]:
    """Report in the block, once each time, that the broker no longer answers. Clients wait for it in silence."""
    task = asyncio.create_task(_watch(settings, say))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _watch(settings: Settings, say: Callable[[str], None]) -> None:
    last = there = f"the broker at {settings.broker} is back"
    while True:
        await asyncio.sleep(ASK_SECONDS)
        try:
            answers = await asyncio.to_thread(broker_answers, settings)
            now = there if answers else f"the broker at {settings.broker} does not answer: waiting for it"
        except FilesExhausted as error:
            now = str(error)
        if now != last:
            last = now
            say(last)
