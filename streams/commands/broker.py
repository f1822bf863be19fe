"""``claimwire broker``: the local Kafka."""

import typer

from streams.local_broker.server import BrokerError, BrokerState, LocalBroker
from streams.settings import Settings, load_settings
from streams.terminal.output import put

app = typer.Typer(help="Start or stop the local Kafka, or show its status.", no_args_is_help=True)


def add_to(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="broker")


LOCAL = ("127.0.0.1", "localhost", "[::1]", "::1")


def local_broker(settings: Settings) -> LocalBroker:
    """The broker that the settings name, which must be on this machine.

    Raises
    ------
    BrokerError
        If the settings name another machine, or several.
    """
    host, _, port = settings.broker.rpartition(":")
    if host not in LOCAL or not port.isdigit():
        raise BrokerError(
            f"the setting broker is {settings.broker}, which is not a local broker. "
            f"Unset CLAIMWIRE_BROKER, or set it to 127.0.0.1:PORT."
        )
    return LocalBroker(settings.home / "broker", port=int(port))


@app.command()
def start() -> None:
    """Start Kafka on this machine. Fetch it first if it is missing."""
    local_broker(load_settings()).start(put)


@app.command()
def stop() -> None:
    """Stop the Kafka that `start` started. Its data stays."""
    local_broker(load_settings()).stop(put)


@app.command()
def status() -> None:
    """Say whether the local Kafka runs; exit with 1 if it does not."""
    found = local_broker(load_settings()).status()
    process = f", pid {found.pid}, {found.memory // 2**20} MB" if found.pid and found.memory else ""
    put(f"Kafka {found.version} at {found.address}: {found.state}{process}; data in {found.data}")
    if found.last_words:
        put(f"It ended without a command to stop. Its last words: {found.last_words}")
    if found.state is not BrokerState.RUNNING:
        raise typer.Exit(1)
