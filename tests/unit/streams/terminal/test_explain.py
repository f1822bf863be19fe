"""How extraction reads an item, shown to people: the terminal view, the page and the command."""

import re
from html import unescape
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console, RenderableType
from typer.testing import CliRunner

from claimwire import Act, Item, extract
from streams.command_table import app
from streams.errors import InputUnreadable
from streams.terminal.explain import ACT_COLOURS, explanation, page, plain_item
from tests.unit.builders import item

BODY = "Iraq said that it had sunk a tanker.\n\nIran denied that a tanker had sunk."
HOSTILE = (
    "Iran said: <script>alert('1')</script> & [bold]it[/bold] is over \N{GRINNING FACE}.\n\nIran denied the report."
)


def shown(what: RenderableType, width: int = 200) -> str:
    written = StringIO()
    Console(width=width, file=written).print(what)
    return written.getvalue()


def explained(version: Item) -> str:
    return shown(explanation(version, extract(version)))


def without_numbers(text: str) -> str:
    return re.sub(r"\[\d+(?:,\d+)*\]", "", text)


@pytest.mark.parametrize("body", [BODY, HOSTILE, "Rain fell.", "said", "“", ""])
def test_text_is_shown_whole(body: str) -> None:
    lines = without_numbers(explained(item(body, "IRAN DENIES REPORT"))).splitlines()
    assert lines[0] == "IRAN DENIES REPORT"
    for line in body.splitlines():
        assert line in lines


def test_cues_are_numbered_as_in_the_table() -> None:
    text = explained(item(BODY))
    assert "Iraq said[1] that it had sunk a tanker." in text
    assert "Iran denied[2] that a tanker had sunk." in text
    assert "2 statements" in text
    rows = [line for line in text.splitlines() if re.match(r"│ [12] ", line)]
    assert [re.findall(r"[\w ]+", row)[1].strip() for row in rows] == ["asserts", "denies"]
    assert [side in row for side, row in zip(("Iraq", "Iran"), rows, strict=True)] == [True, True]


def test_every_act_has_its_colour_and_stands_in_the_legend() -> None:
    assert set(ACT_COLOURS) == set(Act)
    text = explained(item("Rain fell."))
    assert all(str(act) in text for act in Act)


def test_text_alone_is_an_item_whose_body_it_is() -> None:
    assert plain_item(BODY).body == BODY
    assert [s.side for s in extract(plain_item(BODY))] == ["Iraq", "Iran"]


def test_page_is_html_and_the_text_in_it_escaped() -> None:
    version = item(HOSTILE)
    made = page(explanation(version, extract(version)))
    assert made.startswith("<!DOCTYPE html>")
    assert "<script" not in made
    text = without_numbers(unescape(re.sub(r"<[^>]*>", "", made)))
    for line in HOSTILE.splitlines():
        assert line in text


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["extract", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_command_explains_a_text_given_as_it_is() -> None:
    assert "Iran denied[2] that a tanker had sunk." in run("--explain", BODY)


def test_command_explains_a_file_and_writes_a_page(tmp_path: Path) -> None:
    wire = tmp_path / "wire.txt"
    wire.write_text(f"2025-12-02\n\n{BODY}\n", "utf8")
    assert "Iran denied[2] that a tanker had sunk." in run("--explain", str(wire))
    target = tmp_path / "page.html"
    assert f"1 item in {target}\n" in run("--explain", str(wire), "-o", str(target))
    assert target.read_text("utf8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("arguments", [["--explain", "missing.txt"], ["missing.txt"], ["Iran denied it."]])
def test_file_that_is_missing_is_named(arguments: list[str]) -> None:
    result = CliRunner().invoke(app, ["extract", *arguments])
    assert result.exit_code == 1
    assert arguments[-1] in result.output


def test_page_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    target = tmp_path / "missing" / "page.html"
    result = CliRunner().invoke(app, ["extract", "--explain", BODY, "-o", str(target)])
    assert isinstance(result.exception, InputUnreadable)
    assert str(target) in str(result.exception)
