import json
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from streams import logs

Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _undone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is set up is undone afterwards."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in logs.QUIET}
    yield
    logging.captureWarnings(False)
    root.handlers[:], logs.tell.handlers[:] = handlers, []
    root.setLevel(level)
    logs.tell.propagate = True
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


def lines(said: Said) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.readouterr().err.splitlines()]


def test_json_is_one_object_a_line_with_the_fields_of_the_record(capsys: Said) -> None:
    logs.set_up("INFO", "json")
    logging.getLogger("agents.x").warning("%s\nrejected", "é", extra={"topic": "news.items", "offset": 7})
    logging.getLogger("agents.x").debug("too little")
    [line] = lines(capsys)
    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "WARNING", "logger": "agents.x", "message": "é\nrejected", "topic": "news.items", "offset": 7
    }  # fmt: skip


def test_json_holds_what_a_command_tells_its_warnings_and_its_faults(capsys: Said) -> None:
    logs.set_up("ERROR", "json")
    logs.tell.warning("first\nsecond")
    logging.getLogger().setLevel("WARNING")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old", DeprecationWarning, stacklevel=1)
    try:
        raise ValueError("a fault")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    told, warned, fault = lines(capsys)
    assert told["message"] == "first\nsecond"
    assert told["logger"] == "claimwire"
    assert "old" in warned["message"]
    assert "ValueError: a fault" in fault["exc_info"]


def test_text_is_for_people_and_holds_no_control_character_of_a_record(capsys: Said) -> None:
    logs.set_up("WARNING", "text")
    logging.getLogger("agents.x").warning("bad: %s", "\x1b[2J\nERROR forged\x9b")
    logs.tell.error("a\nb \x1b")
    try:
        raise ValueError("\x1b[2J\u202e")
    except ValueError:
        logging.getLogger("agents.x").exception("a fault")
    first, told, *fault = capsys.readouterr().err.splitlines()
    assert first.endswith(r"WARNING agents.x bad: \u001b[2J\u000aERROR forged\u009b")
    assert told == r"claimwire: a\u000ab \u001b"
    assert fault[-1] == r"ValueError: \u001b[2J\u202e"


def test_json_says_the_same_and_holds_nothing_that_steers_or_hides(capsys: Said) -> None:
    logs.set_up("INFO", "json")
    hostile = "\x7f\x9b\u202e\u200b\U000e0041 é"
    logging.getLogger("agents.x").warning(hostile)
    said = capsys.readouterr().err
    assert said.rstrip("\n").isprintable()
    assert json.loads(said)["message"] == hostile


def test_kafka_s_own_words_which_hold_passwords_are_not_told_at_debug(capsys: Said) -> None:
    for format in ("text", "json"):
        logs.set_up("DEBUG", format)
        for name in ("aiokafka.conn", "faust.app", "mode"):
            logging.getLogger(name).debug("Request: s3cret")
    assert not capsys.readouterr().err
