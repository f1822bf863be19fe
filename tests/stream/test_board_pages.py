"""The board's command on the real broker."""

import json
import re
import socket
from urllib.request import urlopen

import httpx
import pytest

from tests.stream.harness import SEEDS, Running, Stream, until

SECONDS = 60


def started(stream: Stream) -> tuple[Running, str]:
    """The command, and its address."""
    running = stream.start("board", "--port", "0")
    running.has_said("board ready: ")
    [address] = re.findall(r"board ready: (\S+)/", running.said())
    return running, address


def ids(address: str) -> list[str]:
    """The claims that the board lists."""
    with urlopen(f"{address}/claims.json?limit=200") as answer:
        return sorted(claim["id"] for claim in json.load(answer)["claims"])


def test_board_shows_the_ledger_follows_it_and_ends_cleanly_when_told(stream: Stream) -> None:
    running, address = started(stream)
    assert ids(address) == []
    worker = stream.worker()
    stream.ingest(SEEDS)
    stream.settled(worker)
    wanted = sorted(json.loads(line)["id"] for line in stream.claims())
    assert wanted
    until(lambda: ids(address) == wanted, "the board shows the ledger", SECONDS, running.said)
    with urlopen(f"{address}/claims/{wanted[0]}") as page:
        assert page.headers["content-security-policy"]
    assert running.listening() == [("127.0.0.1", int(address.rpartition(":")[2]))]
    ended = running.terminate()
    assert (ended.code, ended.err) == (0, ""), ended.said


def test_port_that_is_taken_is_told(fed: Stream) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = fed.run("board", "--port", str(taken.getsockname()[1]))
    assert ended.code == 1
    assert "nothing can be served at 127.0.0.1:" in ended.said


def test_board_without_a_broker_shows_what_it_has_and_says_that_nothing_new_comes(fed: Stream) -> None:
    assert fed.run("board", "rebuild").code == 0
    wanted = sorted(json.loads(line)["id"] for line in fed.claims())
    known = dict(fed.settings)
    fed.settings["CLAIMWIRE_BROKER"] = "127.0.0.1:1"
    try:
        running, address = started(fed)
        assert ids(address) == wanted
        running.has_said("Trying again")
        assert running.terminate().code == 0
    finally:
        fed.settings.clear()
        fed.settings.update(known)


def test_who_says_nothing_is_sent_away(fed: Stream) -> None:
    running, address = started(fed)
    host, _, port = address.removeprefix("http://").rpartition(":")
    with socket.create_connection((host, int(port)), timeout=SECONDS) as mute:
        mute.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        assert mute.recv(1) == b""
    assert running.terminate().code == 0


@pytest.mark.parametrize("missing", ["uvicorn", "sqlalchemy"])
def test_board_without_its_packages_tells_how_to_install_them(stream: Stream, missing: str) -> None:
    stream.patched(f"import sys\nsys.modules[{missing!r}] = None\n")
    ended = stream.run("board")
    assert ended.code == 1
    assert f"the board needs {missing}" in ended.said
    assert "pip install" in ended.said


def test_correction_on_the_board_shows_on_its_page_and_at_the_terminal(stream: Stream) -> None:
    token = "a token of many characters"
    stream.settings["CLAIMWIRE_BOARD_TOKEN"] = token
    worker = stream.worker()
    stream.ingest(SEEDS)
    stream.settled(worker)
    claim = next(c["id"] for c in map(json.loads, stream.claims()) if c["status"] == "unverified")
    running, address = started(stream)
    until(lambda: claim in ids(address), "the board shows the claim", SECONDS, running.said)
    with httpx.Client(base_url=address, headers={"Origin": address}, timeout=SECONDS) as browser:
        assert browser.post("/sign-in", data={"name": "Anna", "token": token}).status_code == 303
        page = browser.get(f"/claims/{claim}").text
        filled = {name: re.findall(f'name="{name}" value="(.+)"', page)[-1] for name in ("form", "version")}
        filled |= {"kind": "status", "value": "refuted", "reason": "Seen it.", "about": ""}
        answer = browser.post(f"/claims/{claim}/correct", data=filled)
        assert answer.status_code in (202, 303)
        until(
            lambda: "Person Anna sets its status to refuted: Seen it." in browser.get(f"/claims/{claim}").text,
            "the page shows the correction", SECONDS, running.said,
        )  # fmt: skip
        until(
            lambda: browser.get(f"/claims/{claim}.json").json()["status"] == "refuted",
            "the page shows what follows", SECONDS, running.said,
        )  # fmt: skip
    shown = stream.run("show", claim)
    assert "refuted" in shown.said
    assert "Anna" in shown.said
    assert token not in running.said()
    assert running.terminate().code == 0
