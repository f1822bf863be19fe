"""``claimwire doctor``: checks whether all is as it should be, and says what to do if it is not."""

import asyncio
from typing import Annotated

import orjson
import typer
from rich.text import Text

from streams.doctor.checks import Check, CheckState
from streams.doctor.facts import examine_broker, examine_machine
from streams.settings import Settings, load_settings
from streams.terminal.output import put
from streams.terminal.views import console

STYLES = {CheckState.OK: "green", CheckState.WARNING: "yellow", CheckState.FAILED: "bold red"}


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(doctor)


def doctor(json: Annotated[bool, typer.Option("--json", help="One check a line, for programs.")] = False) -> None:
    """Check settings, versions, broker, topics, workers, lag and clock; say what to do; exit 1 if anything failed."""
    if asyncio.run(_examine(load_settings(), json)):
        raise typer.Exit(1)


async def _examine(settings: Settings, json: bool) -> int:
    """Show each check as it comes, and return how many failed."""
    failed = 0

    def tell(check: Check) -> None:
        nonlocal failed
        failed += check.state is CheckState.FAILED
        if json:
            put(orjson.dumps(check).decode())
        else:
            console().print(Text.assemble((f"{check.state:<8}", STYLES[check.state]), f"{check.name}: {check.found}"))
            if check.remedy:
                console().print(Text(f"        → {check.remedy}"))

    for check in examine_machine(settings):
        tell(check)
    async for check in examine_broker(settings):
        tell(check)
    return failed
