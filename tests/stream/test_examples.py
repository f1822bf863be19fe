"""The examples for consumers, run as they stand on a real broker."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.stream.harness import ROOT, Stream, until

EXAMPLES = ROOT / "examples"


def events(fed: Stream) -> list[dict[str, Any]]:
    """The changes in the order of their topic, each once."""
    return list({event["id"]: event for event in (json.loads(r.value) for r in fed.records("claims.status"))}.values())


def printed(command: list[str | Path], fed: Stream, lines: int, folder: Path) -> list[str]:
    """What an example prints, which goes on for ever, up to so many lines."""
    out, err = folder / "out", folder / "err"
    with out.open("wb") as said, err.open("wb") as wrong:
        arguments = [*map(str, command), fed.broker, f"{fed.prefix}claims.status"]
        process = subprocess.Popen(
            arguments, cwd=folder, env={**os.environ, "PYTHONUNBUFFERED": "1"}, stdout=said, stderr=wrong
        )
    try:
        until(lambda: len(out.read_text("utf8").splitlines()) >= lines, f"{lines} lines", 40, err.read_text)
    finally:
        process.kill()
        process.wait()
    return out.read_text("utf8").splitlines()


def changes(fed: Stream) -> list[str]:
    return sorted(f"{e['previous'] or 'new'}\t→\t{word(e)}\t{e['claim']['text']}" for e in events(fed))


def word(event: dict[str, Any]) -> str:
    """The status, unless the claim is gone though nobody has taken it back."""
    return str(event["status"] if event["gone"] in (None, "withdrawn") else event["gone"])


@pytest.mark.parametrize("example", ["events_aiokafka.py", "events_confluent.py"])
def test_example_in_python_prints_every_change(fed: Stream, tmp_path: Path, example: str) -> None:
    expected = changes(fed)
    assert sorted(printed([sys.executable, EXAMPLES / example], fed, len(expected), tmp_path)) == expected


@pytest.mark.parametrize("example", ["events_aiokafka.py", "events_confluent.py"])
def test_example_in_python_takes_fifteen_lines(example: str) -> None:
    code = [
        line
        for line in (EXAMPLES / example).read_text("utf8").splitlines()
        if line.strip() and not line.startswith(("import", "from")) and '"""' not in line
    ]
    assert len(code) <= 15


def test_typed_client_gives_each_change_once(fed: Stream, tmp_path: Path) -> None:
    shown: Callable[[dict[str, Any]], str] = lambda e: "\t".join(  # noqa: E731
        (e["status"], e["claim"]["text"], e["cause"]["speaker"] or e["cause"]["outlet"])
    )
    expected = sorted(shown(e) for e in events(fed) if word(e) in ("disputed", "refuted", "retracted"))
    assert sorted(printed([sys.executable, EXAMPLES / "typed_client.py"], fed, len(expected), tmp_path)) == expected


@pytest.mark.skipif(not shutil.which("kcat"), reason="kcat is not installed")
def test_example_for_the_shell_prints_headers_and_data_of_every_record(fed: Stream, tmp_path: Path) -> None:
    records = fed.records("claims.status")
    lines = printed(["sh", EXAMPLES / "events_kcat.sh"], fed, len(records), tmp_path)
    assert len(lines) == len(records)
    told = {(r.partition, r.offset): r for r in records}
    for line in lines:
        partition, offset, headers, data = line.split("\t", 3)
        record = told.pop((int(partition), int(offset)))
        assert data.encode() == record.value
        assert f"ce_id={dict(record.headers)['ce_id'].decode()}" in headers.split(",")
    assert not told
