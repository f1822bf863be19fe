"""``claimwire demo``: runs everything on this machine, from a new broker to a ledger, and stops it again."""

import asyncio
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import IO, Annotated, Any

import typer
from pydantic import SecretStr
from rich.text import Text

from claimwire.statuses import Status
from claimwire.verdicts import HasStatus, Maker, MakerKind, Verdict, in_words, sentence, verdict
from streams.commands.claims import in_time, read_ledger
from streams.commands.ingest import send_items
from streams.errors import UserError
from streams.feeds import Document, read_paths
from streams.kafka.client import committed_lag
from streams.kafka.topics import EVIDENCE, ITEMS, STATEMENTS, STATUS, VERDICTS
from streams.kafka.verdict_topic import send_verdicts
from streams.local_broker.guardian import end_with_us
from streams.local_broker.server import LocalBroker, free_port
from streams.settings import MAIN, SASL_SETTINGS, TLS_SETTINGS, Settings, environment
from streams.terminal.claim_filters import Claim
from streams.terminal.output import put
from streams.terminal.views import console, ledger_table, short

READY_SECONDS = 60.0
IDLE_SECONDS = 60.0
STOP_SECONDS = 12.0
PAUSE_SECONDS = 0.35
"""The pause between two items, so that a person can follow."""

PARTITIONS = 4
ANSWERED_BY_NOBODY = "place:vovchansk.ua"
"""Subject of the claim on which a person has the last word."""

LAST_LINES = 12
PLAIN: dict[str, Any] = {"security_protocol": "PLAINTEXT", **dict.fromkeys((*SASL_SETTINGS, *TLS_SETTINGS), "")}
"""The demo's own broker asks for no password, even if the user's broker does."""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def demo(
    board: Annotated[bool, typer.Option("--board", help="Then serve the ledger as pages, until Ctrl-C.")] = False,
) -> None:
    """Start Kafka and a worker, feed the seeds in, show what happens and the ledger, stop everything."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what was started must be stopped then too
    with tempfile.TemporaryDirectory(prefix="claimwire-demo-", ignore_cleanup_errors=True) as home:
        settings = Settings(
            broker=f"127.0.0.1:{free_port()}",
            home=Path(home),
            partitions=PARTITIONS,
            prefix="",
            ledger=MAIN,
            alert_rules=None,
            **PLAIN,
            http="",
            board_db=SecretStr(""),
            board_token=SecretStr(secrets.token_urlsafe()),
            board_url="",
        )
        broker = LocalBroker(settings.home / "broker", port=int(settings.broker.rpartition(":")[2]))
        broker.start(put, outlives=False)
        looked_at = False
        try:
            put("Starting a Faust worker…")
            with _child(settings, "worker", "worker ready"), _child(settings, "watch", "watching", show=True):
                asyncio.run(_feed(settings))
                asyncio.run(_correct(settings))
                found = asyncio.run(read_ledger(settings))
                if board:
                    with _board(settings):
                        looked_at = True
                        threading.Event().wait()
        except KeyboardInterrupt:
            if not looked_at:
                raise
        finally:
            broker.stop(_echo_to_the_end)
    console().print()
    console().print(ledger_table(in_time(found), console().width))
    put(f"{len(found)} claims. Next: the README's “On your own machine”.")
    if not board:
        put("To see them as pages: `BOARD=1 make demo`, or `claimwire demo --board`.")


@contextmanager
def _board(settings: Settings) -> Iterator[None]:
    """Serve the board within the block, and say how to open it."""
    port = free_port()
    with _child(settings, f"board --port {port}", "board ready"):
        token = settings.board_token.get_secret_value() if settings.board_token else ""
        put(f"The board: http://127.0.0.1:{port}/ (to correct it, sign in with the token {token}). Ctrl-C ends it.")
        yield


def _echo_to_the_end(line: str) -> None:
    """Print a line. If nobody reads any more, go on, since what comes after it must still be done."""
    with suppress(BrokenPipeError):
        put(line)


async def _feed(settings: Settings) -> None:
    """Send the seeds, one after another, and wait until the last agent has finished."""
    with as_file(files("seeds")) as folder:
        for document in read_paths([folder]):
            if isinstance(document, Document):
                console().print(Text(f"{Path(document.source).stem}: {_headline(document)}", "bold"))
            await send_items(settings, [document])
            await asyncio.sleep(PAUSE_SECONDS)
    await until_idle(settings)


async def _correct(settings: Settings) -> None:
    """Let a person have the last word on one of the claims."""
    said = last_word(await read_ledger(settings), datetime.now(UTC))
    console().print(Text(announced(said), "bold"))
    await send_verdicts(settings, [said])
    await until_idle(settings)


def last_word(claims: Iterable[Claim], now: datetime) -> Verdict:
    """The verdict of somebody at the desk on a claim that no item of the seeds answers."""
    [claim] = [c["id"] for c in claims if c["subject"] == ANSWERED_BY_NOBODY]
    desk = Maker(kind=MakerKind.PERSON, name="at the desk")
    return verdict(
        claim, HasStatus(status=Status.DISPUTED), desk, "Kyiv's General Staff told us that it is not so.", now
    )


def announced(said: Verdict) -> str:
    """The line that announces a verdict, before the changes that it makes."""
    return f"a verdict: {sentence(said.maker, in_words(said.says), said.reason)}"


async def until_idle(settings: Settings) -> None:
    """Wait until everything that was sent has gone through all agents.

    Raises
    ------
    UserError
        If that takes longer than a minute.
    """
    # In the order of the path: once the reader of a topic has finished, nothing more is added to the next topic.
    for topic in (ITEMS, STATEMENTS, VERDICTS, EVIDENCE, STATUS):
        for _ in range(int(IDLE_SECONDS / PAUSE_SECONDS)):
            if not (await committed_lag(settings, [topic]))[topic.name]:
                break
            await asyncio.sleep(PAUSE_SECONDS)
        else:
            raise UserError(f"the worker has not finished {topic.name} within {IDLE_SECONDS:.0f} s. See its log above.")


def _headline(document: Document) -> str:
    headlines = document.ninjs.get("headlines") or [{"value": ""}]
    return short(headlines[0]["value"])


@contextmanager
def _child(settings: Settings, command: str, ready: str, show: bool = False) -> Iterator[None]:
    """Run another command of claimwire during the block, which begins once the command says that it is ready.

    Parameters
    ----------
    show
        Whether the command's output goes to the terminal.
    """
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "streams.cli", *command.split()],
        env={**os.environ, **environment(settings), "PYTHONUNBUFFERED": "1"},
        stdout=None if show else subprocess.PIPE,
        stderr=subprocess.PIPE if show else subprocess.STDOUT,
        text=True,
    )
    end_with_us(process.pid)
    said = process.stderr if show else process.stdout
    assert said is not None
    lines: list[str] = []
    is_ready = threading.Event()
    reader = threading.Thread(target=_listen, args=(said, ready, lines, is_ready), daemon=True)
    reader.start()
    try:
        if not is_ready.wait(READY_SECONDS) or process.poll() is not None:
            raise UserError(f"`claimwire {command}` did not start. It said: {_last(lines)}")
        yield
        if process.poll() is not None:
            raise UserError(f"`claimwire {command}` ended by itself. It said: {_last(lines)}")
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        reader.join(1)
        said.close()


def _last(lines: list[str]) -> str:
    return " / ".join(line.strip() for line in lines[-LAST_LINES:])


def _listen(said: IO[str], ready: str, lines: list[str], is_ready: threading.Event) -> None:
    for line in said:
        lines.append(line)
        if ready in line:
            is_ready.set()
    is_ready.set()
