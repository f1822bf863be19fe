"""The development data beside the repository: texts, gold and the official scorers."""

import argparse
import importlib.util
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

FOLDER = Path(__file__).parents[2] / "shared"
VARIABLE = "CLAIMWIRE_SHARED"


class Absent(Exception):
    """A part of the development data is not there; the message says which."""


@dataclass(frozen=True, slots=True)
class Score:
    """What an official scorer printed.

    Attributes
    ----------
    lines
        Its table, for people.
    figures
        Its last line, for programs.
    """

    lines: list[str]
    figures: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shared:
    """The folder of the development data."""

    folder: Path

    def path(self, name: str) -> Path:
        """Where a file of it is.

        Raises
        ------
        Absent
            If it isn't there.
        """
        path = self.folder / name
        if not path.exists():
            raise Absent(f"{path} is not there.")
        return path

    def score(self, scorer: str, *arguments: str | Path) -> Score:
        """Run an official scorer."""
        lines = self.run(scorer, *arguments).splitlines()
        return Score(lines[:-1], json.loads(lines[-1]))

    def run(self, scorer: str, *arguments: str | Path) -> str:
        """Run an official scorer; what it prints."""
        command = [sys.executable, self.path(f"score/{scorer}.py"), *arguments]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf8").stdout

    def scorer(self, name: str) -> ModuleType:
        """An official scorer as a module, to apply its rules to what it doesn't read itself."""
        spec = importlib.util.spec_from_file_location(f"shared_{name}", self.path(f"score/{name}.py"))
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module


def add_option(parser: argparse.ArgumentParser) -> None:
    """Add the option that says where the development data is."""
    default = Path(os.environ.get(VARIABLE) or FOLDER)
    about = f"folder of the development data (or {VARIABLE}; else the one named shared beside the repository)"
    parser.add_argument("--shared", type=Path, default=default, metavar="DIR", help=about)


def opened(folder: Path) -> Shared:
    """The development data in a folder.

    Raises
    ------
    Absent
        If it holds none.
    """
    if not (folder / "score").is_dir():
        raise Absent(f"There is no development data in {folder}: name its folder by --shared or {VARIABLE}.")
    return Shared(folder)
