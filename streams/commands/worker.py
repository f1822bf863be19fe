"""``claimwire worker``: the Faust worker."""

import typer

from streams.settings import Settings, load_settings


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(worker)


def worker() -> None:
    """Run the agents until SIGTERM or Ctrl-C. Start as many as there are partitions, at most."""
    from streams.worker import run_worker  # Faust takes its time to load

    run_worker(load_settings(), ready=say_ready)


def say_ready(settings: Settings) -> None:
    """Say for which application the worker works."""
    typer.echo(f"worker ready: {settings.application} at {settings.broker}")
