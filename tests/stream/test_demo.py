import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import psutil
import pytest

from tests.pace import at_most
from tests.stream.harness import Stream, until

DEMO_SECONDS = 90.0
LEFT_SECONDS = 25.0


WIDE = "250"
"""Columns of a terminal in which no sentence is broken."""


def mentions(pid: int, words: str) -> bool:
    try:
        process = psutil.Process(pid)
        return words in " ".join(process.cmdline()) or words in str(process.environ())
    except psutil.Error:
        return False


def test_demo_shows_changes_and_the_ledger_and_leaves_nothing_behind(tmp_path: Path) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    machine = Stream("127.0.0.1:1", tmp_path)
    machine.settings = {"TMPDIR": str(temporary), "CLAIMWIRE_MARK": temporary.name, "CLAIMWIRE_PREFIX": "ignored."}
    machine.settings["COLUMNS"] = WIDE
    ended = machine.start("demo").ended(DEMO_SECONDS)
    assert ended.code == 0, ended.said
    assert "Traceback" not in ended.said
    changes = [line for line in ended.text.splitlines() if "→" in line]
    assert len(changes) > 15
    for status in ("unverified", "disputed", "confirmed", "refuted", "contested", "corroborated", "retracted"):
        assert any(f"→ {status}" in line for line in changes), status
    verdict = "person at the desk sets its status to disputed: Kyiv's General Staff told us that it is not so."
    assert ended.text.count(verdict) == 2, "as it is made, and as what changed the status"
    assert "by a person" in ended.text.partition("Ledger of claims")[2]
    assert " claims. " in ended.text
    nothing_is_left(temporary)
    assert not list(temporary.glob("claimwire-demo-*"))


def test_demo_with_its_board_serves_it_until_ctrl_c_and_leaves_nothing_behind(tmp_path: Path) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    machine = Stream("127.0.0.1:1", tmp_path)
    elsewhere = f"sqlite:///{tmp_path / 'own.db'}"
    machine.settings = {"TMPDIR": str(temporary), "CLAIMWIRE_MARK": temporary.name, "CLAIMWIRE_BOARD_DB": elsewhere}
    demo = machine.start("demo", "--board")
    demo.has_said("The board: ", DEMO_SECONDS)
    [address] = re.findall(r"The board: (\S+)", demo.said())
    until(lambda: "disputed" in httpx.get(address).text, "it shows the ledger", DEMO_SECONDS)
    group = os.getpgid(demo.process.pid)
    for process in demo.family():
        if os.getpgid(process.pid) == group:  # those whom a terminal tells
            process.send_signal(signal.SIGINT)
    ended = demo.ended(DEMO_SECONDS)
    assert ended.code == 0, ended.said
    assert "Traceback" not in ended.said, ended.said
    assert "Ledger of claims" in ended.text
    assert not (tmp_path / "own.db").exists()
    nothing_is_left(temporary)


def nothing_is_left(temporary: Path) -> None:
    """Wait for the end of all that was started; the last one sees a moment later that it is not needed."""
    until(
        lambda: not [p.pid for p in psutil.process_iter() if mentions(p.pid, str(temporary))],
        "all that was started ends",
        LEFT_SECONDS,
    )


def test_demo_that_is_killed_takes_all_that_it_has_started_with_it(tmp_path: Path) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    machine = Stream("127.0.0.1:1", tmp_path)
    machine.settings = {"TMPDIR": str(temporary)}
    demo = machine.start("demo")
    demo.has_said("→", DEMO_SECONDS)
    assert len(demo.children()) > 3
    demo.kill()
    nothing_is_left(temporary)


@pytest.mark.parametrize("lines", [1, 4])
def test_demo_that_nobody_reads_on_ends_quietly_and_leaves_nothing_behind(tmp_path: Path, lines: int) -> None:
    command = [sys.executable, "-P", "-m", "streams.cli", "demo"]
    env = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    env.pop("CLAIMWIRE_SHARED", None)  # a setting of the tests, which the program warns of
    with (
        (tmp_path / "said").open("wb") as said,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, cwd=tmp_path, env=env) as shown,
    ):
        assert shown.stdout is not None
        for _ in range(lines):
            assert shown.stdout.readline()
        shown.stdout.close()
        shown.wait(at_most(60))
    assert not (tmp_path / "said").read_text()
    assert not list(tmp_path.glob("claimwire-demo-*"))
    until(
        lambda: not [p for p in psutil.process_iter() if str(tmp_path) in cwd_of(p)],
        "all that was started ends",
        LEFT_SECONDS,
    )


def cwd_of(process: psutil.Process) -> str:
    try:
        return process.cwd()
    except psutil.Error:
        return ""
