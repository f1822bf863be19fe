"""The ledger pointer on the broker: it says which ledger readers read, and ``claimwire replay promote`` moves it."""

import time
from datetime import UTC, datetime
from typing import Any

import orjson

from claimwire.times import format_time
from streams.codecs import encode
from streams.errors import LedgerUnfit, TopicMissing
from streams.kafka.client import ensure_topics, producer, read_to_end, topic_name
from streams.kafka.topics import LEDGERS
from streams.settings import LEDGER_NAME, MAIN, Settings

CURRENT = b"current"
FRESH_SECONDS = 1.0
GRACE_SECONDS = 5.0
"""For so long a worker trusts what it last read of the pointer."""


async def current(settings: Settings) -> Settings:
    """The settings for the ledger that they name, else for the one promoted last."""
    return settings if settings.ledger else settings.of_ledger(await promoted(settings))


async def promoted(settings: Settings) -> str:
    """Name of the ledger promoted last; `main` if none ever was."""
    last = None
    try:
        async for record in read_to_end(settings, LEDGERS):
            if record.key == CURRENT:
                last = record.value
    except TopicMissing:
        return MAIN
    return MAIN if last is None else pointed_at(settings, last)


def pointed_at(settings: Settings, value: bytes) -> str:
    """The name in a record of the pointer.

    Raises
    ------
    LedgerUnfit
        If it holds none.
    """
    try:
        found: Any = orjson.loads(value)
        name = found["name"]
        if LEDGER_NAME.fullmatch(name):
            return str(name)
    except (orjson.JSONDecodeError, KeyError, TypeError):
        pass
    raise LedgerUnfit(
        f"the topic {topic_name(settings, LEDGERS)} names no ledger, but holds {value[:60]!r}. Name yours in "
        f"CLAIMWIRE_LEDGER, or let `claimwire replay promote` write it anew."
    )


async def point_at(settings: Settings, name: str) -> None:
    """Point readers at this ledger from now on."""
    await ensure_topics(settings)
    value = {"name": name, "promoted": format_time(datetime.now(UTC))}
    async with producer(settings) as out:
        await out.send_and_wait(topic_name(settings, LEDGERS), encode(value), key=CURRENT)


class Readers:
    """Tells a worker whether readers read its ledger. It may ask often.

    A ledger that they have left still says yes for a few seconds, so that around a promotion an alert
    may come from both ledgers rather than from none.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._ask = self._until = time.monotonic()

    async def here(self) -> bool:
        """Whether they do, or did until a few seconds ago."""
        now = time.monotonic()
        if now >= self._ask:
            self._ask = now + FRESH_SECONDS
            if await promoted(self._settings) == (self._settings.ledger or MAIN):
                self._until = now + GRACE_SECONDS
        return now < self._until
