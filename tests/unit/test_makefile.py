"""Which Python `make` takes, of those on the path."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUNS, SWITCHED_OFF, TOO_OLD = "exit 0", "echo 'python: command not found' >&2; exit 127", "exit 1"


def chosen(folder: Path, **pythons: str) -> str:
    """The Python that `make` takes where there are these; each is a script that answers whether it is new enough."""
    for name, answer in pythons.items():
        (folder / name.replace("_", ".")).write_text(f"#!/bin/sh\n{answer}\n")
        (folder / name.replace("_", ".")).chmod(0o755)
    show = ["make", "-s", "--no-print-directory", "--eval", "show: ; @echo [$(PYTHON)]", "show"]
    (folder / "sh").symlink_to("/bin/sh")
    for tool in ("make", "echo"):
        found = subprocess.run(["which", tool], capture_output=True, text=True, check=True).stdout.strip()
        (folder / tool).symlink_to(found)
    done = subprocess.run(show, cwd=ROOT, env={"PATH": str(folder)}, capture_output=True, text=True, check=True)
    return done.stdout.strip()[1:-1]


@pytest.mark.parametrize(
    ("pythons", "taken"),
    [
        ({"python3_14": RUNS, "python3_11": RUNS, "python3": RUNS}, "python3.14"),
        ({"python3_13": SWITCHED_OFF, "python3_12": RUNS, "python3_11": RUNS}, "python3.12"),
        ({"python3_11": RUNS, "python3": TOO_OLD}, "python3.11"),
        ({"python3": RUNS}, "python3"),
        ({"python3": TOO_OLD}, ""),
        ({}, ""),
    ],
)
def test_make_takes_the_newest_python_that_runs_and_is_new_enough(
    tmp_path: Path, pythons: dict[str, str], taken: str
) -> None:
    assert chosen(tmp_path, **pythons) == taken
