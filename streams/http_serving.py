"""Serving HTTP to strangers: time limits, and a cap on connections.

Each open connection holds a descriptor, and a process without free ones can neither reach its broker nor start another
process. So a connection without a request is closed after a while, and sooner if others wait.
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
"""The most open connections, far below the limit of any system."""

HEAD_SECONDS = 10.0
"""Time for the head of a request, and for the pause between two requests."""

REST_SECONDS = 2.0
"""Time for the rest of a body after the answer."""

STOP_SECONDS = 5.0
WARN_EVERY = 60.0

BUSY = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 10\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class _TurnedAway(asyncio.Protocol):
    """A connection beyond the limit."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(BUSY)
        transport.close()


class _Door:
    """Accepts connections while there is room. If there is none, it closes the one that has idled longest."""

    def __init__(self) -> None:
        self._handled: set[object] = set()
        self._coming = 0  # let in, but not yet among the server's connections: many may come at once
        self._warned = -WARN_EVERY

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Mark a connection as busy while its request is handled."""
        self._handled.add(request.protocol)
        try:
            return await handler(request)
        finally:
            self._handled.discard(request.protocol)

    def let_in(self, server: web.Server) -> asyncio.Protocol:
        """The protocol for the next connection."""
        inside = [c for c in server.connections if c.transport is not None]
        too_many = len(inside) + self._coming + 1 - MOST_CONNECTIONS
        if too_many > 0:
            self._tell()
            idle = [c for c in inside if c not in self._handled]
            for connection in idle[:too_many]:
                connection.force_close()
            if not idle:
                return _TurnedAway()
        self._coming += 1
        asyncio.get_running_loop().call_soon(self._has_come)
        return server()

    def _has_come(self) -> None:
        self._coming -= 1

    def _tell(self) -> None:
        if time.monotonic() - self._warned > WARN_EVERY:
            self._warned = time.monotonic()
            log.warning(
                "%s connections are open, which is the limit: new ones replace those without a request. "
                "See who connects, and put a proxy in front if strangers can.",
                MOST_CONNECTIONS,
            )


@asynccontextmanager
async def served(
    application: web.Application, host: str, port: int, stop_seconds: float = STOP_SECONDS
) -> AsyncIterator[tuple[str, int]]:
    """Serve an application in the block; yields the address.

    Parameters
    ----------
    stop_seconds
        Time for unfinished requests at the end of the block.

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
