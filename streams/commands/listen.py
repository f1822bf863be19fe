"""``claimwire listen``: an HTTP endpoint that takes pushed news."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated

import typer

from streams.errors import SettingsInvalid
from streams.http_serving import served
from streams.ingest.push import application
from streams.ingest.sender import Sender, keep_sending, pause, run
from streams.settings import load_settings
from streams.terminal.output import say

SHORTEST_TOKEN = 16
RELEASE_SECONDS = 1.0


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(listen)


def listen(
    host: Annotated[str, typer.Option("--host", help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes a free one.")] = 8787,
) -> None:
    """Take news by POST /items, with the token of CLAIMWIRE_LISTEN_TOKEN."""
    settings = load_settings()
    token = settings.listen_token.get_secret_value() if settings.listen_token else ""
    if len(token) < SHORTEST_TOKEN:
        raise SettingsInvalid(
            f"CLAIMWIRE_LISTEN_TOKEN must hold a secret of at least {SHORTEST_TOKEN} characters, such as the output of "
            "`openssl rand -hex 32`. Without it, anybody could put news onto the stream."
        )

    async def work(stop: asyncio.Event) -> None:
        async def serve(out: Sender) -> None:
            async with served(application(out, token), host, port) as address:
                say(f"listening at http://{address[0]}:{address[1]}/items; end with Ctrl-C")
                while not stop.is_set():
                    await out.release(datetime.now(UTC))
                    await pause(stop, RELEASE_SECONDS)

        await keep_sending(settings, serve, stop, say)

    run(work)
