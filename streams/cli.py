"""The command line: ``claimwire COMMAND``."""

import logging
import sys
from importlib.metadata import version
from io import TextIOWrapper
from typing import Annotated

import typer

from streams.commands import broker, claims, demo, export, ingest, offline, record, rejected, schema, watch, worker
from streams.errors import UserError
from streams.settings import load_settings, misspelt

app = typer.Typer(
    name="claimwire",
    help="Keeps the ledger of claims and denials in wire news on a live Kafka stream.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(version("claimwire"))
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    pass


app.add_typer(broker.app, name="broker")
for module in (demo, worker, ingest, watch, claims, record, export, offline, rejected, schema):
    module.add_to(app)

INTERRUPTED = 130


def main() -> None:
    """Run the command line; what a user can mend is told in words, and ends with 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # wires hold what a terminal may not
    try:
        settings = load_settings()
        for warning in misspelt():
            typer.echo(f"claimwire: {warning}", err=True)
        logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
        for chatty in ("aiokafka", "asyncio", "faust", "mode"):  # what they say of a dead broker we say ourselves
            logging.getLogger(chatty).setLevel(logging.CRITICAL)
        app()
    except UserError as error:
        typer.echo(f"claimwire: {error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except OSError as error:
        typer.echo(f"claimwire: {error.strerror or error}{f': {error.filename}' if error.filename else ''}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
