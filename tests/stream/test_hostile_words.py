"""Each command is fed bytes that steer a terminal, forge lines, or turn words round; what it says holds none."""

import json
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from streams import logs
from streams.cli import main
from tests.stream.harness import Ended, Stream, until, write_lines
from tests.unit.builders import ninjs

HOSTILE = "\x1b[2J\x07\x7f\x9b31m\u202e\u2066\u200b\ufeff\U000e0041"
NAME = b"\x1b[2J\nclaimwire: forged\r\x9b31m\xe2\x80\xae\xff"
SAID = f"Russian forces have captured Pokrovsk, the northern {HOSTILE} part of it, General Valery Gerasimov said."
DENIED = "Ukraine denied that Russian forces had captured Pokrovsk."
RULES = '[[rule]]\nname = "all"\n'


def assert_harmless(ended: Ended, words: str = "") -> None:
    """Nothing but letters, signs and spaces in lines; none of them forged."""
    assert "Traceback" not in ended.said
    for line in (ended.text + ended.err).split("\n"):
        for c in line:
            assert c.isprintable() or c == "\xa0", f"{c!r} in {line!r}"
        assert not line.startswith("claimwire: forged")
    assert words in ended.said


def hostile_file(folder: Path, ending: bytes, content: bytes) -> bytes:
    path = os.path.join(os.fsencode(folder), NAME + ending)
    with open(path, "wb") as file:
        file.write(content)
    return path


def items(folder: Path) -> Path:
    told = [
        ninjs(SAID, uri="urn:one", outlet=f"Meridian{HOSTILE}"),
        ninjs(DENIED, uri="urn:two", outlet=f"Northgate{HOSTILE}"),
    ]
    return write_lines(folder / "items.jsonl", told)


Here = Callable[..., Ended]


@pytest.fixture
def here(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Here]:
    """Runs a command in this process, which saves a start each; on a terminal, if asked to."""
    monkeypatch.chdir(tmp_path)
    for name, value in {**Stream("127.0.0.1:1", tmp_path).env(), "TERM": "dumb"}.items():
        if name.startswith("CLAIMWIRE_") or name == "TERM":
            monkeypatch.setenv(name, value)
    for module, name in ((sys, "excepthook"), (threading, "excepthook")):
        monkeypatch.setattr(module, name, getattr(module, name))

    def run(*arguments: str | Path, terminal: bool = False) -> Ended:
        monkeypatch.setattr(sys, "argv", ["claimwire", *map(str, arguments)])
        monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        sys.stdout.flush()
        said = capfd.readouterr()
        return Ended(code, said.out.encode("utf8", "surrogateescape"), said.err)

    with logging_restored():
        yield run


@contextmanager
def logging_restored() -> Iterator[None]:
    """What a command sets up for its whole process is undone."""
    loggers = [logging.getLogger(name) for name in (None, logs.tell.name, *logs.QUIET)]
    before = [(logger.handlers[:], logger.level, logger.propagate) for logger in loggers]
    try:
        yield
    finally:
        for logger, (handlers, level, propagate) in zip(loggers, before, strict=True):
            logger.handlers[:], logger.level, logger.propagate = handlers, level, propagate


def test_commands_without_a_broker_show_nothing_hostile_and_files_hold_it_to_the_byte(
    here: Here, tmp_path: Path
) -> None:
    fed, out = items(tmp_path), tmp_path / "out"
    bad = hostile_file(tmp_path, b".xml", b"<rss>\n<\x1b[2J\xe2\x80\xae")
    for command in ("convert", "extract"):
        assert_harmless(here(command, os.fsdecode(bad)), r"\u001b[2J\u000aclaimwire: forged\u000d")
    assert_harmless(here("ledger", os.fsdecode(bad), "--out", tmp_path / "none"), r"\u202e\udcff.xml")
    assert_harmless(here("ingest", os.fsdecode(bad)), "broker")
    assert here("ledger", fed, "--out", out).code == 0
    claim = json.loads((out / "claims.jsonl").read_bytes().splitlines()[0])
    for command in (
        ("claims",), ("claims", "--json"), ("show", claim["id"]), ("show", claim["id"], "--json"), ("record",),
        ("record", "--json"), ("alerts", "test", rules(tmp_path)), ("alerts", "test", rules(tmp_path), "--json"),
    ):  # fmt: skip
        ended = here(*command, "--from", out)
        assert ended.code == 0, ended.said
        assert_harmless(ended)
    told = here("show", claim["id"], "--json", "--from", out).lines
    assert told == [claim], "JSON says the same"
    assert HOSTILE in claim["text"]
    assert "\x7f\x9b31m\u202e".encode() in here("convert", fed).out, "a file holds what it was"
    for command in (("convert", fed), ("extract", fed)):
        assert_harmless(here(*command, terminal=True), "u202e")
    assert_harmless(here("extract", "--explain", fed, terminal=True), "u202e")
    for format in ("atom", "csv", "jsonld", "annotations"):
        assert_harmless(here("export", format, "--from", out, terminal=True))


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "20be", HOSTILE),
        ("show", f"--{HOSTILE}"),
        (HOSTILE,),
        ("export", HOSTILE),
        ("claims", "--from", HOSTILE),
        ("claims", "--as-of", HOSTILE),
        ("poll", HOSTILE),
        ("ledger", HOSTILE, "--out", HOSTILE),
        ("ingest", "--follow", HOSTILE),
        ("alerts", "test", HOSTILE),
        ("listen", "--port", HOSTILE),
    ],
)
def test_command_line_that_is_wrong_is_told_without_what_is_hostile_in_it(
    arguments: tuple[str, ...], here: Here
) -> None:
    ended = here(*arguments)
    assert ended.code in (1, 2)
    frame = str.maketrans("╭╮╰╯│─", "      ")
    assert_harmless(Ended(ended.code, ended.out, ended.err.translate(frame)))


def rules(folder: Path) -> Path:
    path = folder / "rules.toml"
    path.write_text(RULES)
    return path


@contextmanager
def says(answer: bytes) -> Iterator[str]:
    """A server that says just that to whoever asks."""

    def serve(server: socket.socket) -> None:
        while True:
            try:
                asked, _ = server.accept()
            except OSError:
                return
            with asked:
                asked.recv(2**16)
                asked.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve, args=(server,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        server.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def test_commands_at_a_broker_show_nothing_hostile(stream: Stream, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    hostile_file(drop, b".xml", b"<rss>\n<\x1b[2J\xe2\x80\xae")
    os.mkdir(os.path.join(os.fsencode(drop), NAME + b"folder"))
    follower = stream.start("ingest", "--follow", str(drop))
    follower.has_said("could not be read")
    follower.has_said("are not followed")
    assert_harmless(follower.terminate(), r"\udcff")
    stream.produce("news.items", [(HOSTILE.encode(), b"{\x1b[2J\xe2\x80\xae")])
    worker = stream.worker()
    stream.ingest(items(tmp_path))
    stream.settled(worker)
    assert_harmless(worker.terminate())
    claims = stream.run("claims", "--json")
    assert_harmless(claims)
    first: dict[str, Any] = claims.lines[0]
    assert HOSTILE in first["text"]
    for command in (
        ("claims",), ("show", first["id"]), ("record",), ("rejected",), ("rejected", "--json"), ("rejected", "retry"),
        ("replay", "--diff"), ("replay", "--diff", "--json"), ("replay", "--dry-run"), ("replay", "status"),
        ("alerts", "test", str(rules(tmp_path))), ("doctor",), ("doctor", "--json"),
    ):  # fmt: skip
        assert_harmless(stream.run(*command))
    for json_or_not in ((), ("--json",)):
        watching = stream.start("watch", "--from-beginning", *json_or_not)
        until(lambda: b"Pokrovsk" in watching.out, "it shows what has happened", 60, watching.said)  # noqa: B023
        watching.kill()
        assert_harmless(Ended(0, watching.out, watching.err))
    with says(f"HTTP/1.1 500 Oops{HOSTILE}\r\nContent-Length: 0\r\n\r\n".encode()) as address:
        feeds = tmp_path / "feeds.toml"
        feeds.write_text(f'[[feed]]\nurl = "{address}"\nallow_private = true\n')
        poller = stream.start("poll", str(feeds))
        poller.has_said(address)
        assert_harmless(poller.terminate())
