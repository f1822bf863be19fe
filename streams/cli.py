"""The command line: ``claimwire COMMAND``."""

import os
import sys
from importlib.metadata import version
from io import TextIOWrapper
from typing import Annotated, Any

import typer
from aiokafka.errors import KafkaError
from typer import rich_utils

from streams import logs
from streams.commands import (
    alerts,
    broker,
    claims,
    demo,
    doctor,
    export,
    ingest,
    listen,
    offline,
    poll,
    record,
    rejected,
    replay,
    schema,
    watch,
    worker,
)
from streams.connection import refusal
from streams.errors import UserError
from streams.logs import tell
from streams.outputs import put
from streams.settings import PREFIX, load_settings, misspelt
from streams.showing import shown

app = typer.Typer(
    name="claimwire",
    help="Keeps the ledger of claims and denials in wire news on a live Kafka stream.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        put(version("claimwire"))
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    pass


app.add_typer(broker.app, name="broker")
app.add_typer(replay.app, name="replay")
app.add_typer(rejected.app, name="rejected")
app.add_typer(alerts.app, name="alerts")
for module in (demo, worker, ingest, poll, listen, watch, claims, record, export, offline, schema, doctor):
    module.add_to(app)

INTERRUPTED = 130
MISTAKE: Any = typer.BadParameter.__base__
"""A command line that cannot be read; of all kinds typer exports only this one."""


def main() -> None:
    """Run the command line; what a user can mend is told in words, and ends with 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # wires hold what a terminal may not
    logs.set_up("WARNING", os.environ.get(f"{PREFIX}LOG_FORMAT", ""))  # for what is wrong with the settings
    try:
        settings = load_settings()
        logs.set_up(settings.log_level, settings.log_format)
        for warning in misspelt():
            tell.warning(warning)
        sys.exit(app(standalone_mode=False))
    except MISTAKE as error:
        error.message = shown(error.message)
        rich_utils.rich_format_error(error)
        sys.exit(error.exit_code)
    except UserError as error:
        tell.error(error)
        sys.exit(1)
    except KafkaError as error:
        tell.error(refusal(load_settings(), error))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except OSError as error:
        tell.error(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}")
        sys.exit(1)


if __name__ == "__main__":
    main()
