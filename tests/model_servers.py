"""Servers of language models for tests: one in the test's process that says what it is told to, and a real one."""

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

SAYS = {"word": "denies", "reason": "It says that it is not so."}


@dataclass
class FakeModel:
    """A server that answers as a script says.

    Attributes
    ----------
    script
        What it does for one request after the other; the last one stays. A number is an HTTP status, a dict the answer
        of the model, text its words as they are, and ``hang``, ``slow``, ``broken``, ``endless`` and ``schema``
        (status 400 to whoever asks for a schema) are what they say.
    asked
        The bodies of the requests, and when they came.
    """

    script: list[Any] = field(default_factory=lambda: [SAYS])
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, Any]] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    url: str = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        turn = self.script[min(len(self.asked), len(self.script) - 1)]
        self.asked.append(body)
        self.at.append(time.monotonic())
        self.keys.append(request.headers.get("Authorization"))
        if turn == "schema":
            turn = 400 if "response_format" in body else SAYS
        if isinstance(turn, int):
            return web.Response(status=turn, headers=self.headers, text="no")
        if turn == "hang":
            await asyncio.sleep(3600)
        if turn == "slow":
            await asyncio.sleep(1)
            turn = SAYS
        if turn == "broken":
            return web.Response(text='{"choices": [', content_type="application/json")
        if turn == "endless":
            response = web.StreamResponse()
            await response.prepare(request)
            while True:
                await response.write(b" " * 65_536)
        words = turn if isinstance(turn, str) else json.dumps(turn)
        return web.json_response({"choices": [{"message": {"role": "assistant", "content": words}}]})

    @contextmanager
    def serving(self) -> Iterator["FakeModel"]:
        """Let it serve on a free port, in a thread of its own."""
        loop = asyncio.new_event_loop()
        ready = threading.Event()
        over = asyncio.Event()

        async def serve() -> None:
            app = web.Application()
            app.router.add_post("/v1/chat/completions", self.answer)
            runner = web.AppRunner(app, shutdown_timeout=0.1)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
            ready.set()
            await over.wait()
            await runner.cleanup()

        thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
        thread.start()
        ready.wait()
        try:
            yield self
        finally:
            loop.call_soon_threadsafe(over.set)
            thread.join()
            loop.close()
