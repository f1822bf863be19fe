"""The arrow of imports points one way: agents → streams → claimwire, and board → streams."""

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

OURS = {"claimwire", "streams", "agents", "board"}
MAY_IMPORT = {
    "claimwire": {"claimwire"},
    "streams": {"streams", "claimwire"},
    "agents": {"agents", "streams", "claimwire"},
    "board": {"board", "streams", "claimwire"},
}
NEVER_IN_THE_LIBRARY = {
    "faust",
    "mode",
    "aiokafka",
    "aiohttp",
    "streams",
    "agents",
    "board",
    "pydantic",
    "typer",
    "sqlalchemy",
}


ROOM_MAY_IMPORT = {
    "kafka": set[str](),
    "terminal": set[str](),
    "desk": set[str](),
    "feeds": set[str](),
    "engine": {"kafka"},
    "local_broker": {"terminal"},
    "worker": {"engine", "kafka"},
    "ingest": {"feeds", "kafka", "terminal"},
    "replay": {"kafka", "terminal"},
    "alerting": {"engine", "kafka", "terminal"},
    "exports": {"alerting", "kafka"},
    "second": {"engine", "kafka"},
    "doctor": {"alerting", "engine", "kafka"},
}
"""Rooms of `streams`, and what they may import besides its root. The commands may import every room."""

STEP_MAY_IMPORT = {
    "text": set[str](),
    "acts": {"text"},
    "speakers": {"text"},
    "outcomes": {"text"},
    "attribution": {"acts", "tagger", "text"},
    "claims": {"acts", "speakers", "tagger", "text"},
    "drafting": {"acts", "attribution", "claims", "outcomes", "speakers", "text"},
    "tagger": set[str](),
}
"""Rooms of `claimwire.extraction`, a step of reading each, and what they may import. The pipeline imports them all."""

RUNS_FAUST = {"engine", "worker/process.py"}
"""Of `streams`: the engine, and the process that runs it."""


def imports_of(file: Path) -> Iterator[str]:
    """Top names of all modules that a file imports, wherever it does so."""
    for node in ast.walk(ast.parse(file.read_text("utf8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or file.parent.name).partition(".")[0]


FILES = [(package, file) for package in MAY_IMPORT for file in sorted((ROOT / package).rglob("*.py"))]


@pytest.mark.parametrize(("package", "file"), FILES, ids=lambda v: v if isinstance(v, str) else v.stem)
def test_file_imports_only_what_its_layer_may(package: str, file: Path) -> None:
    assert set(imports_of(file)) & OURS <= MAY_IMPORT[package]


def rooms_imported_by(file: Path, package: str) -> Iterator[str]:
    """Rooms of a package that a file imports from."""
    for node in ast.walk(ast.parse(file.read_text("utf8"))):
        if isinstance(node, ast.ImportFrom) and node.module == package:
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{package}."):
            yield (node.module or "").removeprefix(f"{package}.").partition(".")[0]


BUILDINGS = {
    "streams": (ROOM_MAY_IMPORT, {"commands"}),
    "claimwire.extraction": (STEP_MAY_IMPORT, set[str]()),
}
"""Packages with rooms, and which of these may import all others."""

IN_ROOMS = [
    (package, room, file)
    for package, (table, _) in BUILDINGS.items()
    for room in table
    for file in sorted((ROOT / package.replace(".", "/") / room).rglob("*.py"))
]


@pytest.mark.parametrize(("package", "room", "file"), IN_ROOMS, ids=lambda v: v if isinstance(v, str) else v.stem)
def test_room_imports_only_what_it_may(package: str, room: str, file: Path) -> None:
    table, free = BUILDINGS[package]
    assert set(rooms_imported_by(file, package)) & {*table, *free} - {room} <= table[room]


@pytest.mark.parametrize("package", BUILDINGS)
def test_every_room_is_in_the_table_of_rooms_and_says_what_it_is(package: str) -> None:
    table, free = BUILDINGS[package]
    entrances = {file.parent.name: file for file in (ROOT / package.replace(".", "/")).glob("*/__init__.py")}
    assert set(entrances) == {*table, *free}
    assert all(ast.get_docstring(ast.parse(file.read_text("utf8"))) for file in entrances.values())


def test_only_the_engine_and_the_process_that_runs_it_import_faust() -> None:
    importing = {
        file.relative_to(ROOT / "streams").as_posix()
        for file in (ROOT / "streams").rglob("*.py")
        if {"faust", "mode"} & set(imports_of(file))
    }
    assert all(name in RUNS_FAUST or name.partition("/")[0] in RUNS_FAUST for name in importing)


@pytest.mark.parametrize("file", sorted((ROOT / "claimwire").rglob("*.py")), ids=lambda f: f.stem)
def test_library_imports_nothing_but_the_standard_library_and_what_runs_the_tagger(file: Path) -> None:
    reads = {"tagger", "claim_detection", "reader_input.py", "whole_clauses.py"} & set(file.parts[len(ROOT.parts) :])
    allowed = {"numpy", "onnxruntime"} if reads else set()
    assert set(imports_of(file)) <= sys.stdlib_module_names | {"claimwire", *allowed}


def test_no_two_classes_have_one_name() -> None:
    files = [file for _, file in FILES]
    names = Counter(
        node.name
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf8")))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, number in names.items() if number > 1] == []


IMPORT_ALL = """
import importlib, pkgutil, sys
import claimwire
for module in pkgutil.walk_packages(claimwire.__path__, "claimwire."):
    importlib.import_module(module.name)
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_library_is_imported_whole_without_a_broker() -> None:
    done = subprocess.run([sys.executable, "-c", IMPORT_ALL], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & NEVER_IN_THE_LIBRARY == set()


HEAVY = {"faust", "onnxruntime", "numpy"}
LOADED = """
import importlib, sys
importlib.import_module({module!r})
print(*sorted({{name.partition(".")[0] for name in sys.modules}}))
"""


@pytest.mark.parametrize(
    "module",
    ["claimwire", "streams.cli", "streams.command_table", "streams.worker.supervisor", "streams.commands.worker"],
)
def test_what_starts_quickly_or_stays_small_loads_neither_faust_nor_the_network(module: str) -> None:
    code = LOADED.format(module=module)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & HEAVY == set()


@pytest.mark.parametrize(
    "module", ["claims", "watch", "record", "export", "rejected", "verdict", "doctor", "broker", "schema", "alerts"]
)
def test_a_command_that_reads_no_text_loads_neither_faust_nor_the_network(module: str) -> None:
    code = LOADED.format(module=f"streams.commands.{module}")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & HEAVY == set()


WITHOUT_A_MODEL = """
import sys
from types import SimpleNamespace
from streams.settings import Settings
import agents.second
agents.second.second(SimpleNamespace(settings=Settings(second_url=""), agent=None, background=None))
print(*sorted(name for name in sys.modules if name.startswith("streams.second")))
"""


def test_nothing_of_second_opinions_is_imported_where_no_model_is_configured() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT_A_MODEL], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_only_the_agent_imports_second_opinions_and_only_when_it_is_called() -> None:
    importing = {
        file.relative_to(ROOT).as_posix(): ast.parse(file.read_text("utf8"))
        for _, file in FILES
        if "second" not in file.relative_to(ROOT).parts and "streams.second" in file.read_text("utf8")
    }
    assert set(importing) == {"agents/second.py"}
    at_once = [node for node in importing["agents/second.py"].body if isinstance(node, ast.ImportFrom)]
    assert not any((node.module or "").startswith("streams.second") for node in at_once)
