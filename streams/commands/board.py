"""``claimwire board``: adds the commands of the board, whose packages are an extra."""

from importlib import import_module

import typer

from streams.errors import UserError
from streams.extras import installing


def add_to(app: typer.Typer) -> None:
    """Add the commands of `board.commands`.

    Raises
    ------
    UserError
        If a package that they need is not installed.
    """
    try:
        commands = import_module("board.commands")
    except ModuleNotFoundError as error:
        raise UserError(f"the board needs {error.name}: {installing('board')}") from None
    commands.add_to(app)
