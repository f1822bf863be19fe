import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from claimwire.statuses import Status
from claimwire.verdict_json import as_json
from claimwire.verdicts import HasStatus, Maker, MakerKind, verdict
from streams.errors import InputUnreadable, VerdictsUnfit
from streams.verdict_files import line_of, lines_in, verdicts_in
from tests.unit.builders import NOON

ANNA = Maker(kind=MakerKind.PERSON, name="Anna")
MADE = [verdict("c1" * 10, HasStatus(status=status), ANNA, "seen it", NOON) for status in Status]


def told_never(line: str) -> None:
    raise AssertionError(line)


def test_verdicts_written_a_line_each_are_read_as_they_were(tmp_path: Path) -> None:
    file = tmp_path / "verdicts.jsonl"
    file.write_bytes(b"\n\n".join(map(line_of, MADE)) + b"\r\n")
    assert verdicts_in(str(file), told_never) == MADE


def test_standard_input_is_read_where_a_dash_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(line_of(MADE[0]) + b"\n{")))
    first, second = lines_in("-")
    assert (first.where, first.value, first.fault) == ("standard input:1", as_json(MADE[0]), "")
    assert (second.where, second.fault[:8]) == ("standard input:2", "not JSON")


def test_every_line_that_holds_no_whole_verdict_is_named_by_file_and_line(tmp_path: Path) -> None:
    whole = as_json(MADE[0])
    bad = {
        2: ({**whole, "id": None, "time": None}, "time is no text"),
        3: ({name: value for name, value in whole.items() if name != "maker"}, "maker is missing"),
        4: ({**whole, "reason": "another"}, "its id is not the one"),
        5: ({**whole, "beside": "x" * 70_000}, "at most 65,536"),
    }
    file = tmp_path / "verdicts.jsonl"
    file.write_text("\n".join(map(json.dumps, [whole, *(value for value, _ in bad.values())])))
    wrong: list[str] = []
    with pytest.raises(VerdictsUnfit, match="4 lines"):
        verdicts_in(str(file), wrong.append)
    for told, (number, (_, why)) in zip(wrong, bad.items(), strict=True):
        assert told.startswith(f"{file}:{number}: ")
        assert why in told


def test_lines_that_are_no_json_objects_are_all_named(tmp_path: Path) -> None:
    file = tmp_path / "verdicts.jsonl"
    file.write_text('{\n{}\n[]\n"a"\n')
    wrong: list[str] = []
    with pytest.raises(VerdictsUnfit):
        verdicts_in(str(file), wrong.append)
    assert [told.split(": ")[0] for told in wrong] == [f"{file}:{n}" for n in (1, 2, 3, 4)]
    assert ["as `claimwire verdict export` does" in told for told in wrong] == [True, False, True, True]


def test_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputUnreadable, match=r"none\.jsonl"):
        verdicts_in(str(tmp_path / "none.jsonl"), told_never)
