"""Patience with a broker in trouble: which errors pass by themselves, and for how long a client asks again.

A broker that was stopped for a while is for a moment out of service when it goes on: it answers, and names no broker.
Kafka calls such errors retriable. A command or a worker must not end at the first of them.
"""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TypeVar

from aiokafka.errors import (
    BrokerNotAvailableError,
    InvalidReplicationFactorError,
    KafkaError,
    KafkaTimeoutError,
    ReplicaNotAvailableError,
)

from streams.errors import KafkaUnreachable
from streams.kafka.connection import unready
from streams.logs import tell
from streams.ports_and_processes import see_files_left
from streams.settings import Settings

PATIENCE_SECONDS = 30.0
"""For so long a client waits for a broker that takes connections."""

TRY_SECONDS = 0.2
TOLD_SECONDS = 5.0
"""After so long the user is told what the client waits for."""

PASSING = (
    BrokerNotAvailableError,
    ConnectionError,
    InvalidReplicationFactorError,
    KafkaTimeoutError,
    KafkaUnreachable,
    ReplicaNotAvailableError,
    TimeoutError,
)
"""Errors that pass besides those that aiokafka calls retriable.

A cluster has too few brokers for a new topic's copies while some of them are out of service.
"""

Result = TypeVar("Result")


def passes(error: BaseException) -> bool:
    """Whether it is an error that passes by itself: the broker was away or in trouble for a while."""
    chain: BaseException | None = error
    while chain is not None:
        if isinstance(chain, PASSING) or (isinstance(chain, KafkaError) and chain.retriable):
            return True
        chain = chain.__cause__
    return False


async def patiently(settings: Settings, ask: Callable[[], Awaitable[Result]]) -> Result:
    """Ask the broker, and ask again while its errors are such that pass.

    Raises
    ------
    KafkaUnreachable
        If they do not pass in time.
    FilesExhausted
        If no file descriptor is left for asking.
    """
    began, told = monotonic(), False
    while True:
        try:
            return await ask()
        except (KafkaError, ConnectionError, TimeoutError) as error:
            if not passes(error):
                raise
            see_files_left()
            waited = monotonic() - began
            if waited > PATIENCE_SECONDS:
                raise unready(settings, error) from error
            if waited > TOLD_SECONDS and not told:
                told = True
                tell.warning(f"{unready(settings, error)} Trying for {PATIENCE_SECONDS:.0f} s.")
        await asyncio.sleep(TRY_SECONDS)
