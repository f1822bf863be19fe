"""``claimwire worker``: the Faust worker."""

import typer

from streams.settings import Settings, load_settings


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(worker)


def worker() -> None:
    """Run the agents until SIGTERM or Ctrl-C. Start as many as there are partitions, at most."""
    work(load_settings())


def work(settings: Settings) -> None:
    """Run the agents for the ledger that the settings name, else for the one that readers read."""
    from streams.worker import run_worker  # Faust takes its time to load

    run_worker(settings, _say_ready)


def _say_ready(settings: Settings) -> None:
    typer.echo(f"worker ready: {settings.application} at {settings.broker}")
