import os
import re
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from streams.codecs import encode
from streams.command_table import app
from streams.errors import InputUnreadable
from streams.terminal.output import output
from tests.unit.builders import ninjs


def test_file_is_whole_or_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(b"old")

    def interrupted() -> None:
        with output(path, force=True) as file:
            file.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        interrupted()
    assert path.read_bytes() == b"old"
    with output(path, force=True) as file:
        file.write(b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    link.symlink_to(target)
    with output(link) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_pipe_is_written_to_as_it_is(tmp_path: Path) -> None:
    pipe, read = tmp_path / "pipe", list[bytes]()
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    with output(pipe) as file:
        file.write(b"new")
    reader.join()
    assert read == [b"new"]
    assert pipe.is_fifo()


def test_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputUnreadable, match="cannot write"), output(tmp_path / "no" / "out"):
        pass


def test_file_that_holds_something_is_overwritten_by_force_only(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"precious")
    with pytest.raises(InputUnreadable, match=r"exists already.*--force"), output(path):
        pass
    assert path.read_bytes() == b"precious"
    with output(path, force=True) as file:
        file.write(b"new")
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize(
    "arguments",
    [["convert", "{items}", "-o"], ["extract", "{items}", "-o"], ["extract", "--explain", "Kyiv denied it.", "-o"]],
)
def test_commands_say_what_they_wrote_and_overwrite_nothing_unless_told_to(
    arguments: list[str], tmp_path: Path
) -> None:
    items, out = tmp_path / "item.json", tmp_path / "out"
    items.write_bytes(encode(ninjs("Kyiv denied that the city had fallen.")))
    command = [*(a.format(items=items) for a in arguments), str(out)]
    first = CliRunner().invoke(app, command)
    assert re.search(rf"\d+ (item|statement)s? in {out}", first.output)
    again = CliRunner().invoke(app, command)
    assert isinstance(again.exception, InputUnreadable)
    assert CliRunner().invoke(app, [*command, "--force"]).exit_code == 0
