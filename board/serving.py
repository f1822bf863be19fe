"""Serving: the board over HTTP, beside the follower that keeps its store up to date.

The server closes connections that send nothing for a while, and turns clients away when there are too many.
"""

import asyncio
import socket
from asyncio import TimerHandle
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

import uvicorn
from aiokafka.errors import KafkaError
from uvicorn.protocols.http.h11_impl import H11Protocol

from board.corrections import Corrections
from board.following import Following
from board.store import BoardStore, open_store, store_url
from board.web.app import application
from board.web.correcting import Correcting
from board.web.live import LiveChanges
from board.web.security import is_loopback
from board.web.sessions import Sessions
from claimwire.verdicts import Verdict
from streams.errors import AddressUnusable, KafkaUnreachable
from streams.kafka.verdict_topic import send_verdicts
from streams.logs import tell
from streams.settings import Settings

MOST_CONNECTIONS = 600
"""The most connections open at the same time. Further clients are told to come back later."""

HEAD_SECONDS = 10.0
"""How long to wait for the head of a request. A connection stays open for as long between two requests."""

TAKE_SECONDS = 30.0
"""How long a client may take nothing of what waits for it."""

STOP_SECONDS = 3
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0


class PatientProtocol(H11Protocol):
    """HTTP for clients that send the head of their request in time, and take what is sent to them."""

    _timer: TimerHandle | None = None
    _taking: TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Accept a connection, and wait for the head of a request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Receive data. An incomplete head has only the time that is left."""
        super().data_received(data)
        if self.cycle is None or self.cycle.response_complete:
            self._wait()
        else:
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting for a connection that is lost."""
        self._stop_waiting()
        self._stop_taking()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Send no more until the client has taken what waits for it. The client has only so much time for that."""
        super().pause_writing()
        self._taking = self.loop.call_later(TAKE_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on sending."""
        super().resume_writing()
        self._stop_taking()

    def _wait(self) -> None:
        if self._timer is None:
            self._timer = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _stop_taking(self) -> None:
        if self._taking is not None:
            self._taking.cancel()
            self._taking = None


class _BoardServer(uvicorn.Server):
    """A server that leaves signals to the command."""

    def capture_signals(self) -> nullcontext[None]:  # type: ignore[override]
        """Capture no signals."""
        return nullcontext()


async def serve(settings: Settings, host: str, port: int, stop: asyncio.Event, ready: Callable[[str], None]) -> None:
    """Serve the board until `stop` is set. Its pages are there before it has read all of the topics.

    Parameters
    ----------
    ready
        Called with the board's address once it can be opened.

    Raises
    ------
    AddressUnusable
        If nothing can listen there.
    BoardUnfit
        If the store cannot be used, or is of another stream.
    """
    store = open_store(store_url(settings))
    try:
        with _listening(host, port) as door:
            follower = Following(settings, store)
            live = LiveChanges(store, follower, asyncio.Event())
            server = _BoardServer(
                uvicorn.Config(
                    application(store, live, _correcting(settings, store), is_loopback(host), settings.board_url),
                    http=PatientProtocol,
                    ws="none",
                    lifespan="off",
                    log_config=None,
                    access_log=False,
                    server_header=False,
                    proxy_headers=False,
                    limit_concurrency=MOST_CONNECTIONS,
                    timeout_keep_alive=int(HEAD_SECONDS),
                    timeout_graceful_shutdown=STOP_SECONDS,
                )
            )
            serving = asyncio.create_task(server.serve([door]))
            following = asyncio.create_task(_follow(follower))
            stopping = asyncio.create_task(stop.wait())
            ready(_url(host, door.getsockname()[1]))
            try:
                await asyncio.wait({serving, following, stopping}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                live.stopping.set()
                server.should_exit = True
                following.cancel()
                stopping.cancel()
                _, ended, _ = await asyncio.gather(serving, following, stopping, return_exceptions=True)
            if isinstance(ended, Exception):
                raise ended
    finally:
        store.close()


def _correcting(settings: Settings, store: BoardStore) -> Correcting | None:
    """Takes corrections where a token is set."""
    if settings.board_token is None:
        return None

    async def send(verdict: Verdict) -> None:
        await send_verdicts(settings, [verdict])

    corrections = Corrections(store, send, settings.trusted)
    return Correcting(corrections, Sessions(settings.board_token.get_secret_value()), settings.verdicts_by)


async def _follow(following: Following) -> None:
    """Follow the topics. When the broker is lost, begin again; people can still look at what is in the store."""
    wait = FIRST_WAIT
    while True:
        try:
            await following.run()
        except (KafkaUnreachable, KafkaError) as error:
            tell.warning(f"{error or type(error).__name__} Trying again in {wait:.0f} s.")
            await asyncio.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A listening socket.

    Raises
    ------
    AddressUnusable
        If nothing can listen there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        door = socket.create_server((host, port), family=family, backlog=MOST_CONNECTIONS)
    except OSError as error:
        raise AddressUnusable(f"nothing can be served at {host}:{port}: {error.strerror or error}.") from None
    with door:
        yield door


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
