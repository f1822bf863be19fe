"""``claimwire worker``: the supervisor, and the Faust worker under it."""

import asyncio
import socket

import typer

from streams.engine.pinned_releases import check_patched, installed
from streams.errors import FilesExhausted
from streams.logs import tell
from streams.settings import Settings, load_settings
from streams.terminal.output import put
from streams.worker.endpoints import serving
from streams.worker.health import BROKER_GONE, EXHAUSTED
from streams.worker.supervisor import CHILD, Supervisor


def add_to(app: typer.Typer) -> None:
    """Add the command, and the hidden one that it runs."""
    app.command()(worker)
    app.command(CHILD, hidden=True)(worker_process)


def worker() -> None:
    """Run the agents until SIGTERM or Ctrl-C. Start at most as many workers as there are partitions."""
    work(load_settings())


def work(settings: Settings) -> None:
    """Run the agents for the ledger that the settings name, else for the one that readers read."""
    check_patched(installed())

    async def supervise() -> int:
        supervisor = Supervisor(settings)
        async with serving(settings.http, supervisor.health):
            return await supervisor.run()

    raise typer.Exit(asyncio.run(supervise()))


def worker_process() -> None:
    """Run the agents under a supervisor, which is at the other end of standard input."""
    from streams.worker.watchdog import Watchdog

    settings = load_settings()
    watchdog = Watchdog(settings, socket.socket(fileno=0))
    watchdog.start()

    from streams.kafka.patience import passes
    from streams.worker.process import run_worker  # Faust loads slowly

    try:
        run_worker(settings, watchdog, _say_ready)
    except FilesExhausted as error:
        tell.error(f"the worker's process ends: {error}")
        raise typer.Exit(EXHAUSTED) from None
    except Exception as error:
        if not passes(error):
            raise
        raise typer.Exit(BROKER_GONE) from None  # the supervisor reports it, or waits


def _say_ready(settings: Settings) -> None:
    put(f"worker ready: {settings.application} at {settings.broker}")
