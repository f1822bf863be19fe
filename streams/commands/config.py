"""``claimwire config``: the settings, and where each comes from."""

from typing import Annotated

import orjson
import typer
from rich.box import SIMPLE
from rich.table import Table

from streams.settings import effective, load_settings
from streams.terminal.output import put
from streams.terminal.views import console

app = typer.Typer(no_args_is_help=True, help="Show the settings, and where each comes from.")


def add_to(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="config")


@app.command()
def show(json: Annotated[bool, typer.Option("--json", help="One setting a line, for programs.")] = False) -> None:
    """Show each setting, its value and where it comes from. Secrets are masked."""
    found = effective(load_settings())
    if json:
        for each in found:
            put(orjson.dumps(each).decode())
        return
    table = Table(box=SIMPLE)
    for name in ("setting", "value", "from"):
        table.add_column(name, overflow="fold")
    for each in found:
        table.add_row(each.setting, each.value, each.source)
    console().print(table)
