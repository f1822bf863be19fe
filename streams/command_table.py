"""The table of commands. Each is imported only when called, since importing them all takes seconds."""

import os
import sys
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from io import TextIOWrapper
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

from streams import logs
from streams.errors import UserError
from streams.escaping import shown
from streams.logs import tell
from streams.terminal.output import put

MISTAKE: Any = typer.BadParameter.__base__
"""The error for a bad command line. Typer exports only one subclass of it."""


@dataclass(frozen=True, slots=True)
class CommandRow:
    """One row of the table of commands.

    Attributes
    ----------
    module
        The module of `streams.commands` that holds the command.
    meaning
        Its line in the list of commands; empty for a hidden one.
    """

    module: str
    meaning: str = ""


COMMANDS = {
    "demo": CommandRow(
        "demo", "Start Kafka and a worker, feed the seeds in, show what happens and the ledger, stop everything."
    ),
    "worker": CommandRow(
        "worker", "Run the agents until SIGTERM or Ctrl-C. Start at most as many workers as there are partitions."
    ),
    "worker-process": CommandRow("worker"),
    "ingest": CommandRow(
        "ingest", "Send news items to the stream: ninjs, NewsML, NITF, RSS, Atom, e-mail, plain text, packed or not."
    ),
    "poll": CommandRow("poll", "Poll feeds, each at its interval, and send what is new."),
    "listen": CommandRow("listen", "Take news by POST /items, with the token of CLAIMWIRE_LISTEN_TOKEN."),
    "watch": CommandRow("watch", "Show claim status changes as they happen, until Ctrl-C."),
    "claims": CommandRow("claims", "Show the ledger: every claim with its status, oldest first; with --json, by id."),
    "show": CommandRow(
        "claims", "Show one claim as a timeline: who said what when, why it was joined, and how the status changed."
    ),
    "record": CommandRow("record", "Show how the claims of each side ended, and what outlets say of its record."),
    "export": CommandRow("export", "Write the ledger in another format, oldest claim first."),
    "convert": CommandRow(
        "offline", "Turn any feed into ninjs 3: JSON Lines, an item a line. Items without a date stay in."
    ),
    "extract": CommandRow("offline", "Extract the statements of items, as JSON Lines."),
    "ledger": CommandRow(
        "offline", "Make a ledger from items: claims, events and remarks on track records. Overwrites nothing."
    ),
    "schema": CommandRow(
        "schema", "Print the JSON Schema of an event, a claim or a verdict, or the AsyncAPI document of all topics."
    ),
    "doctor": CommandRow(
        "doctor",
        "Check settings, versions, broker, topics, workers, lag and clock; say what to do; exit 1 if anything failed.",
    ),
    "config": CommandRow("config", "Show the settings, and where each comes from."),
    "broker": CommandRow("broker", "Start or stop the local Kafka, or show its status."),
    "replay": CommandRow(
        "replay",
        "Make a ledger from a stretch of news.items; the live ledger and its commits stay as they are.",
    ),
    "verdict": CommandRow("verdict", "Correct the ledger: people's verdicts on its claims. Each can be undone."),
    "rejected": CommandRow("rejected", "List what could not be read, and why; `retry` puts it back."),
    "alerts": CommandRow("alerts", "Try alert rules on past status changes."),
    "board": CommandRow(
        "board", "Serve the board: pages of the ledger, to be looked at and searched, until SIGTERM or Ctrl-C."
    ),
}
"""The table of commands, in the order of the help."""


class Commands(TyperGroup):
    """Lists the commands of the table, and imports the one that is called."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands = {
            name: TyperCommand(name, help=row.meaning, hidden=not row.meaning) for name, row in COMMANDS.items()
        }

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Import the called command in place of its row."""
        name, row, rest = super().resolve_command(ctx, args)
        return name, row and load(str(row.name)), rest


def load(name: str) -> Any:
    """Import the command of that name."""
    parent = typer.Typer()
    import_module(f"streams.commands.{COMMANDS[name].module}").add_to(parent)
    return get_group(parent).commands[name]


app = typer.Typer(
    name="claimwire",
    cls=Commands,
    help="Keeps the ledger of claims and denials in wire news on a live Kafka stream.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        put(version("claimwire"))
        raise typer.Exit


@app.callback()
def _settings(
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    from streams.settings import load_settings, misspelt

    settings = load_settings()
    logs.set_up(settings.log_level, settings.log_format)
    for warning in misspelt():
        tell.warning(warning)


def run() -> None:
    """Run the command line. If an error is one that a user can correct, say so in words and exit with 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # wires hold characters that a terminal may lack
    logs.set_up("WARNING", os.environ.get("CLAIMWIRE_LOG_FORMAT", ""))  # for errors in the settings
    try:
        sys.exit(app(standalone_mode=False))
    except MISTAKE as error:
        from typer import rich_utils  # slow to load

        error.message = shown(error.message)
        rich_utils.rich_format_error(error)
        sys.exit(error.exit_code)
    except UserError as error:
        tell.error(error)
        sys.exit(1)
    except OSError as error:
        tell.error(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}")
        sys.exit(1)
    except Exception as error:
        # Checked here, so that a command without Kafka need not load its client.
        from aiokafka.errors import KafkaError

        from streams.kafka.connection import refusal
        from streams.settings import load_settings

        if not isinstance(error, KafkaError):
            raise
        tell.error(refusal(load_settings(), error))
        sys.exit(1)
