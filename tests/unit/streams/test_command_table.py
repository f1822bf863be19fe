import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from streams.command_table import COMMANDS, app, load
from streams.worker.supervisor import CHILD

AS_CLAIMWIRE = "import sys; sys.argv[0] = 'claimwire'; from streams.cli import main; main()"

INTERRUPTED_AT = """
import os, signal, sys

signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may ignore it

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == module:
            os.kill(os.getpid(), signal.SIGINT)

_, module, *arguments = sys.argv
sys.meta_path.insert(0, Finder())
from streams.cli import main
sys.argv = ["claimwire", *arguments]
main()
"""


def run(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **environment}
    return subprocess.run([sys.executable, "-c", code, *arguments], env=env, capture_output=True, text=True)


@pytest.mark.parametrize("name", [name for name, row in COMMANDS.items() if row.meaning])
def test_the_list_says_of_a_command_what_its_own_help_begins_with(name: str) -> None:
    told = " ".join((load(name).help or "").split("\n\n")[0].split())
    assert told == COMMANDS[name].meaning


def test_every_module_of_commands_is_in_the_table_and_every_command_of_one_too() -> None:
    folder = Path(__file__).parents[3] / "streams" / "commands"
    modules = {file.stem for file in folder.glob("*.py") if "def add_to(" in file.read_text("utf8")}
    assert {row.module for row in COMMANDS.values()} == modules - {"shadow_ledgers"}  # which are below replay
    for name in COMMANDS:
        assert load(name).name == name


def test_the_list_hides_the_command_that_is_for_a_supervisor_only() -> None:
    assert CHILD in COMMANDS
    assert CHILD not in CliRunner().invoke(app, ["--help"]).output


def test_minus_h_is_help_of_each_command_too() -> None:
    for arguments in (["-h"], ["claims", "-h"], ["replay", "status", "-h"]):
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0
        assert "Usage: " in result.output


def test_a_mistyped_command_is_told_its_neighbour() -> None:
    result = CliRunner().invoke(app, ["calims"])
    assert result.exit_code == 2
    assert "claims" in result.output


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("claimwire cla", "claims"), ("claimwire claims --as", "--as-of"), ("claimwire rep", "replay")],
)
def test_the_shell_completes_commands_and_options_whatever_the_settings_hold(typed: str, offered: str) -> None:
    words = {"COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
    done = run(AS_CLAIMWIRE, _CLAIMWIRE_COMPLETE="complete_bash", CLAIMWIRE_PARTITIONS="none", **words)
    assert done.stdout.split() == [offered]
    assert done.stderr == ""


def test_version_and_help_are_told_whatever_the_settings_hold() -> None:
    for option in ("--version", "--help"):
        done = run(AS_CLAIMWIRE, option, CLAIMWIRE_PARTITIONS="none")
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "module",
    ["streams.command_table", "typer", "streams.settings", "streams.commands.claims", "aiokafka", "rich.table"],
)
def test_an_interrupt_while_anything_loads_ends_the_command_without_a_word(module: str) -> None:
    done = run(INTERRUPTED_AT, module, "claims")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
