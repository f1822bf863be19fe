"""``claimwire worker``: the Faust worker."""

import typer

from streams.settings import load_settings


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(worker)


def worker() -> None:
    """Run the agents until SIGTERM or Ctrl-C. Start as many as there are partitions, at most."""
    from streams.worker import run_worker  # Faust takes its time to load

    settings = load_settings()
    run_worker(settings, ready=lambda: typer.echo(f"worker ready: {settings.application} at {settings.broker}"))
