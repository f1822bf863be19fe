import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

from board import serving
from board.serving import PatientProtocol

LONG = 60


async def test_who_takes_nothing_of_what_waits_for_him_is_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "TAKE_SECONDS", 0.1)
    ended = asyncio.Event()

    async def endless() -> AsyncIterator[bytes]:
        try:
            while True:
                yield b"x" * 100_000
                await asyncio.sleep(0)  # lets the loss of the connection be seen
        finally:
            ended.set()

    async def stream(_: Request) -> StreamingResponse:
        return StreamingResponse(endless())

    with socket.create_server(("127.0.0.1", 0)) as door, socket.socket() as client:
        config = uvicorn.Config(
            Starlette(routes=[Route("/", stream)]), http=PatientProtocol, lifespan="off", log_config=None
        )
        server = uvicorn.Server(config)
        running = asyncio.create_task(server.serve([door]))
        await asyncio.to_thread(client.connect, door.getsockname())
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await asyncio.wait_for(ended.wait(), LONG)
        server.should_exit = True
        await running
