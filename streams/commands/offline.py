"""``claimwire convert``, ``extract`` and ``ledger``: work on files, without a broker."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Group

import claimwire
from claimwire.items import Item
from streams.codecs import encode
from streams.commands.options import ZoneOption, parse_zone
from streams.exports.ledger_files import LedgerFiles
from streams.feeds import Document, Format, Hints, Slip, read_inputs
from streams.intake import OverLimit, check_bytes
from streams.replay.rebuild import rebuild
from streams.settings import Settings, load_settings
from streams.terminal.explain import explanation, page, plain_item
from streams.terminal.output import Force, output, say
from streams.terminal.progress import progress
from streams.terminal.typed_times import parse_moment
from streams.terminal.views import console, counted
from streams.verdict_files import verdicts_in


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(convert)
    app.command()(extract)
    app.command()(ledger)


def convert(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders, archives, or - for stdin.")],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="File to write; standard output if left out.")] = None,
    format: Annotated[
        Format | None, typer.Option("--format", help="Format of the files; if left out, their content shows it.")
    ] = None,
    zone: ZoneOption = None,
    force: Force = False,
) -> None:
    """Turn any feed into ninjs 3: JSON Lines, an item a line. Items without a date stay in."""
    converted = unreadable = 0
    with output(out, force) as file:
        for found in read_inputs(paths, Hints(format, undated=True, zone=parse_zone(zone))):
            if isinstance(found, Document):
                file.write(found.value + b"\n")
                converted += 1
            else:
                unreadable += not isinstance(found, Slip)
                say(f"{found.where}: {found.reason}")
    if out:
        say(f"{counted(converted, 'item')} in {out}")
    if unreadable:
        raise typer.Exit(1)


def extract(
    items: Annotated[
        str,
        typer.Argument(metavar="ITEMS", help="A file, folder or archive; - for stdin; with --explain also a text."),
    ],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="File to write; standard output if left out.")] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Mark in the text what was found; with -o PAGE.html, write it as a page.")
    ] = False,
    force: Force = False,
) -> None:
    """Extract the statements of items, as JSON Lines."""
    if explain:
        _explain(items, out, force)
        return
    reading, extracted = FileReading(items), 0
    with output(out, force) as file:
        for item in reading.items():
            for statement in claimwire.extract(item):
                file.write(encode(statement) + b"\n")
                extracted += 1
    if out:
        say(f"{counted(extracted, 'statement')} in {out}")
    reading.finish()


def _explain(text_or_file: str, out: Path | None, force: bool) -> None:
    """Show how claimwire reads the items of a file, or a text that the user typed."""
    reading = None
    if not Path(text_or_file).exists() and (" " in text_or_file.strip() or "\n" in text_or_file):
        items = iter([plain_item(text_or_file)])
    else:
        reading = FileReading(text_or_file)
        items = reading.items()
    shown = [explanation(item, claimwire.extract(item)) for item in items]
    if out is None:
        for each in shown:
            console().print(each)
    else:
        with output(out, force) as file:
            file.write(page(Group(*shown)).encode())
        say(f"{counted(len(shown), 'item')} in {out}")
    if reading:
        reading.finish()


def ledger(
    items: Annotated[str, typer.Argument(metavar="ITEMS", help="A file, a folder or an archive; - for stdin.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for claims.jsonl, events.jsonl and remarks.jsonl.")],
    processes: Annotated[int, typer.Option("-j", min=1, help="How many processes extract.")] = 1,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="TIME", help="Take only items published, and verdicts made, until then: 2025-12-02."
        ),
    ] = None,
    verdicts: Annotated[
        str | None,
        typer.Option(
            "--verdicts", metavar="FILE", help="Verdicts to count, as `claimwire verdict export` writes them."
        ),
    ] = None,
) -> None:
    """Make a ledger from items: claims, events and remarks on track records. Overwrites nothing."""
    moment = parse_moment(as_of, None) if as_of is not None else None
    files = LedgerFiles(out)
    settings = load_settings()
    given = verdicts_in(verdicts, say) if verdicts else []
    ruled = [v for v in given if moment is None or v.time <= moment]
    reading = FileReading(items, settings)
    read = [item for item in reading.items() if moment is None or item.published <= moment]
    if not read:
        reading.finish()
    with files, progress("items", len(read)) as advance:
        made = rebuild(
            read,
            settings,
            advance,
            told=files.tell,
            failed=lambda number, reason: reading.unreadable(read[number].uri, reason),
            processes=processes,
            verdicts=ruled,
        )
        claims = list(made.claims())
        files.finish(claims, made.remarks())
    beside = f"{counted(len(ruled), 'verdict')}, " if verdicts else ""
    made_of = f"{counted(len(read), 'item')}, {beside}{counted(len(claims), 'claim')}"
    say(f"{made_of} in {files.claims}, their changes in {files.events}")
    reading.finish()


class FileReading:
    """Reads the items of a file. Names what can't be read, and counts it for the exit code.

    Parameters
    ----------
    settings
        Their limits hold for each item; without settings there are no limits.
    """

    def __init__(self, path: str, settings: Settings | None = None) -> None:
        self._path = path
        self._settings = settings
        self._unreadable = 0

    def items(self) -> Iterator[Item]:
        """The items that can be read."""
        for found in read_inputs([self._path]):
            if isinstance(found, Slip):
                say(f"{found.where}: {found.reason}")
                continue
            if not isinstance(found, Document):
                self.unreadable(found.where, found.reason)
                continue
            try:
                if self._settings:
                    check_bytes(len(found.value), self._settings)
                yield Item.from_ninjs(found.ninjs)
            except OverLimit as error:
                self.unreadable(found.where, str(error))

    def unreadable(self, where: str, reason: str) -> None:
        """Name and count an item that can't be read."""
        self._unreadable += 1
        say(f"{where}: {reason}")

    def finish(self) -> None:
        """Exit with 1 if something could not be read."""
        if self._unreadable:
            say(f"{counted(self._unreadable, 'item')} could not be read")
            raise typer.Exit(1)
