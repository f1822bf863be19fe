import sys

import pytest
import typer

from streams.commands.board import add_to
from streams.errors import UserError


def test_board_whose_packages_are_not_installed_says_how_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "board"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    with pytest.raises(UserError, match=r"the board needs sqlalchemy: .* -m pip install"):
        add_to(typer.Typer())
