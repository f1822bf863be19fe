"""Serving HTTP to strangers: time limits, and a cap on connections.

Each open connection holds a descriptor, and a process that has none left can neither reach its broker nor start
another process. So whoever connects and says nothing is sent away after a while, and sooner where others wait.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from streams.errors import AddressUnusable

log = logging.getLogger(__name__)

MOST_CONNECTIONS = 64
"""Open at the same time; far below what the least of systems lets a process open."""

HEAD_SECONDS = 10.0
"""For the head of a request; a connection is kept open for as long between two requests."""

REST_SECONDS = 2.0
"""For the rest of a body that nobody wants any more, after the answer."""

STOP_SECONDS = 5.0
TOLD_EVERY = 60.0

BUSY = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 10\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class _TurnedAway(asyncio.Protocol):
    """A connection that is one too many."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(BUSY)
        transport.close()


class _Door:
    """Lets connections in as long as there is room; where there is none, the one that has idled longest leaves."""

    def __init__(self) -> None:
        self._handled: set[object] = set()
        self._told = -TOLD_EVERY

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Note of a connection that it is not idle while its request is handled."""
        self._handled.add(request.protocol)
        try:
            return await handler(request)
        finally:
            self._handled.discard(request.protocol)

    def let_in(self, server: web.Server) -> asyncio.Protocol:
        """What speaks with the next connection."""
        inside = [c for c in server.connections if c.transport is not None]
        too_many = len(inside) + 1 - MOST_CONNECTIONS
        if too_many > 0:
            self._tell()
            idle = [c for c in inside if c not in self._handled]
            for connection in idle[:too_many]:  # more than one where several came in at once
                connection.force_close()
            if not idle:
                return _TurnedAway()
        return server()

    def _tell(self) -> None:
        if time.monotonic() - self._told > TOLD_EVERY:
            self._told = time.monotonic()
            log.warning(
                "%s connections are open, and no more are taken: who has sent no request is sent away for whoever "
                "comes. See who connects, and put a proxy in front if strangers can.",
                MOST_CONNECTIONS,
            )


@asynccontextmanager
async def served(
    application: web.Application, host: str, port: int, stop_seconds: float = STOP_SECONDS
) -> AsyncIterator[tuple[str, int]]:
    """Serve an application in the block; gives where.

    Parameters
    ----------
    stop_seconds
        For the requests that are at work at the end of the block.

    Raises
    ------
    AddressUnusable
        If nothing can listen there.
    """
    door = _Door()
    application.middlewares.insert(0, door.middleware)
    runner = web.AppRunner(
        application,
        access_log=None,
        keepalive_timeout=HEAD_SECONDS,
        lingering_time=REST_SECONDS,
        shutdown_timeout=stop_seconds,
    )
    await runner.setup()
    try:
        inner = runner.server
        assert inner is not None
        try:
            outer = await asyncio.get_running_loop().create_server(
                lambda: door.let_in(inner), host, port, backlog=MOST_CONNECTIONS
            )
        except OSError as error:
            raise AddressUnusable(f"nothing can be served at {host}:{port}: {error.strerror or error}.") from None
        try:
            yield outer.sockets[0].getsockname()[:2]
        finally:
            outer.close()
    finally:
        await runner.cleanup()
