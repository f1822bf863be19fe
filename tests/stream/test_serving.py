"""What serves HTTP, against those who connect and do not go on; no broker."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from typing import Any, cast

import psutil
import pytest
from aiohttp import ClientSession, ClientTimeout, web

from streams import http_serving
from streams.errors import AddressUnusable
from streams.ingest import push
from streams.ingest.push import application
from streams.ingest.sender import Sender
from streams.ports_and_processes import free_port
from streams.worker.endpoints import serving as serving_health
from streams.worker.health import Health
from tests.pace import GENEROUS, at_most

TOKEN = "a-secret-of-some-length"
HALF = b"POST /items HTTP/1.1\r\nHost: a\r\nX-Never: en"
FLOOD = 1100
PATIENCE = ClientTimeout(total=20 * GENEROUS)


@contextmanager
def half_open(host: str, port: int, number: int, said: bytes = HALF) -> Iterator[list[socket.socket]]:
    """Connections that begin a request and do not go on."""
    with ExitStack() as stack:
        yield [_begun(stack, host, port, said) for _ in range(number)]


def _begun(stack: ExitStack, host: str, port: int, said: bytes) -> socket.socket:
    begun = stack.enter_context(socket.create_connection((host, port), timeout=20))
    begun.sendall(said)
    return begun


def has_been_closed(connection: socket.socket) -> bool:
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def connections_at(port: int) -> int:
    """How many connections this process holds open that came in there."""
    found = psutil.Process().net_connections("tcp")
    return sum(c.laddr.port == port and c.status == psutil.CONN_ESTABLISHED for c in found)


@asynccontextmanager
async def echo(begun: asyncio.Semaphore | None = None) -> AsyncIterator[tuple[str, int]]:
    """An application that never ends `/slow`, and releases `begun` for each that it begins."""

    async def quick(_: web.Request) -> web.Response:
        return web.Response(text="quick")

    async def slow(_: web.Request) -> web.Response:
        if begun:
            begun.release()
        await asyncio.Event().wait()
        raise AssertionError

    made = web.Application()
    made.add_routes([web.get("/quick", quick), web.get("/slow", slow)])
    async with http_serving.served(made, "127.0.0.1", 0) as address:
        yield address


async def asks(address: tuple[str, int], path: str, **options: Any) -> tuple[int, str]:
    async with (
        ClientSession(timeout=PATIENCE) as client,
        client.request("GET", f"http://{address[0]}:{address[1]}{path}", **options) as answer,
    ):
        return answer.status, await answer.text()


async def test_flood_of_half_open_requests_shuts_nobody_out_and_holds_no_descriptors() -> None:
    async with echo() as address:
        for _ in range(FLOOD // 100):  # in parts, so that this test does not need so many descriptors itself
            with ExitStack() as stack:
                for _ in range(2):  # more at once than may wait to be let in would be asked again by their system later
                    await asyncio.to_thread(stack.enter_context, half_open(*address, 50))
                    assert await asks(address, "/quick") == (200, "quick")
                assert connections_at(address[1]) <= http_serving.MOST_CONNECTIONS


async def test_connections_that_come_at_once_are_no_more_than_may_be_open() -> None:
    async with echo() as address:
        with ExitStack() as stack:
            for _ in range(2):
                stack.enter_context(half_open(*address, 50))  # in this thread, so the server sees all at once
                assert await asks(address, "/quick") == (200, "quick")
            assert connections_at(address[1]) <= http_serving.MOST_CONNECTIONS


async def test_who_does_not_finish_the_head_of_a_request_is_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_serving, "HEAD_SECONDS", 0.2)
    async with echo() as address:
        for said in (b"", HALF, b"GET /quick HTTP/1.1\r\nHost: a\r\n\r\nGET /quick HT"):
            with half_open(*address, 1, said) as [connection]:
                while not await asyncio.to_thread(has_been_closed, connection):  # what it was answered comes first
                    pass


async def test_requests_at_work_are_never_given_up_for_others_which_are_told_to_come_again() -> None:
    begun, patient = asyncio.Semaphore(0), at_most(20)
    async with echo(begun) as address:
        waiting = b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n"
        with half_open(*address, http_serving.MOST_CONNECTIONS, waiting) as working:
            for _ in working:
                await asyncio.wait_for(begun.acquire(), patient)
            async with (
                ClientSession(timeout=PATIENCE) as client,
                client.get(f"http://{address[0]}:{address[1]}/quick") as refused,
            ):
                assert (refused.status, refused.headers["Retry-After"]) == (503, "10")
            for connection in working:
                connection.setblocking(False)
                with pytest.raises(BlockingIOError):  # still open, and not answered yet
                    connection.recv(1)


async def test_body_that_does_not_come_in_ends_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(push, "BODY_SECONDS", 0.2)
    head = f"POST /items HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {TOKEN}\r\nContent-Length: 9\r\n\r\n[".encode()
    async with http_serving.served(application(cast(Sender, None), TOKEN), "127.0.0.1", 0) as address:
        with half_open(*address, 1, head) as [connection]:
            answer = await asyncio.to_thread(connection.recv, 1000)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"the body had not come in" in answer


async def test_health_is_told_while_others_hold_the_port() -> None:
    port = free_port()
    async with serving_health(f"127.0.0.1:{port}", Health("127.0.0.1:9092")):
        connections = half_open("127.0.0.1", port, 2 * http_serving.MOST_CONNECTIONS)
        await asyncio.to_thread(connections.__enter__)
        status, body = await asks(("127.0.0.1", port), "/healthz")
        assert (status, '"healthy":true' in body) == (200, True)
        connections.__exit__(None, None, None)


async def test_address_in_use_is_named_with_the_reason() -> None:
    async with echo() as (host, port):
        with pytest.raises(AddressUnusable, match=f"{host}:{port}: .*in use"):
            async with http_serving.served(web.Application(), host, port):
                pass
