"""Feeds on a broker: the drop folder, polled feeds, and pushed news."""

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tests.stream.harness import Running, Stream, until, write_lines
from tests.unit.builders import ninjs
from tests.unit.streams.feeds.samples import ALL, RSS, URI

SOON = 20.0
TOKEN = "a-token-for-these-tests-only"


def sent(stream: Stream) -> list[str]:
    """The uris on news.items, sorted."""
    return sorted(json.loads(r.value)["uri"] for r in stream.records("news.items"))


def embargoed(uri: str, seconds: float) -> bytes:
    until_then = datetime.now(UTC) + timedelta(seconds=seconds)
    return json.dumps(ninjs("They took it.", uri=uri, embargoed=until_then.isoformat())).encode()


def gone(file: Path, running: Running) -> None:
    until(lambda: not file.exists(), f"{file.name} leaves the drop folder", SOON, running.said)


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    folder = tmp_path / "drop"
    folder.mkdir()
    return folder


def test_followed_folder_sends_whole_files_and_puts_them_away(stream: Stream, drop: Path) -> None:
    (drop / "first.xml").write_bytes(ALL["newsml-g2"].replace(b"2025-12-01T18", b"2024-12-01T18"))
    (drop / "growing.json.part").write_bytes(b"{")
    follower = stream.start("ingest", "--follow", str(drop))
    gone(drop / "first.xml", follower)
    (drop / "bad.xml").write_bytes(b"<rss>\n<channel>")
    (drop / "two.jsonl").write_bytes(b'{"uri": "urn:undated"}\n' + json.dumps(ninjs("x", uri="urn:2")).encode())
    gone(drop / "bad.xml", follower)
    gone(drop / "two.jsonl", follower)
    assert (drop / "growing.json.part").exists()
    assert follower.terminate().code == 0
    assert sent(stream) == sorted([URI, "urn:2"])
    assert sorted(p.name for p in (drop / "done").iterdir()) == ["first.xml"]
    assert sorted(p.name for p in (drop / "failed").iterdir()) == [
        "bad.xml", "bad.xml.errors", "two.jsonl", "two.jsonl.errors",
    ]  # fmt: skip
    assert "not well-formed XML" in (drop / "failed" / "bad.xml.errors").read_text()
    assert "two.jsonl:1" in (drop / "failed" / "two.jsonl.errors").read_text()


def test_embargoed_items_wait_on_disk_over_a_kill_and_are_sent_when_their_time_has_come(
    stream: Stream, drop: Path
) -> None:
    refused = stream.run("ingest", "-", stdin=embargoed("urn:early", 3600))
    assert refused.code == 1
    assert "embargoed until" in refused.err
    (drop / "later.json").write_bytes(embargoed("urn:later", 3600))
    (drop / "soon.json").write_bytes(embargoed("urn:soon", 3600))
    follower = stream.start("ingest", "--follow", str(drop))
    gone(drop / "later.json", follower)
    gone(drop / "soon.json", follower)
    follower.kill()
    assert sent(stream) == []
    held = {json.loads(f.read_bytes())["uri"]: f for f in (stream.folder / "claimwire" / "held").rglob("*.json")}
    assert held.keys() == {"urn:later", "urn:soon"}
    held["urn:soon"].rename(held["urn:soon"].with_name("20200101T000000Z-now.json"))  # time goes by
    again = stream.start("ingest", "--follow", str(drop))
    until(lambda: sent(stream) == ["urn:soon"], "the embargo ends", SOON, again.said)
    assert again.terminate().code == 0
    assert [f.name for f in held["urn:later"].parent.glob("*.json")] == [held["urn:later"].name]


def test_killed_follower_loses_nothing_and_finishes_when_started_again(stream: Stream, drop: Path) -> None:
    uris = [f"urn:{n:04}" for n in range(3000)]
    write_lines(drop / "many.jsonl", (ninjs("They took it.", uri=uri) for uri in uris))
    follower = stream.start("ingest", "--follow", str(drop))
    follower.has_said("following")
    until(lambda: bool(stream.records("news.items")), "it has begun", SOON, follower.said)
    follower.kill()
    again = stream.start("ingest", "--follow", str(drop))
    gone(drop / "many.jsonl", again)
    assert again.terminate().code == 0
    assert sorted(set(sent(stream))) == uris
    assert [p.name for p in (drop / "done").iterdir()] == ["many.jsonl"]


def test_follower_without_a_broker_leaves_the_files_and_says_so(tmp_path: Path, drop: Path) -> None:
    lost = Stream("127.0.0.1:1", tmp_path)
    (drop / "a.json").write_bytes(ALL["ninjs"])
    follower = lost.start("ingest", "--follow", str(drop))
    follower.has_said("no Kafka broker answers")
    assert follower.terminate().code == 0
    assert (drop / "a.json").exists()
    lost.stop()


class Site(BaseHTTPRequestHandler):
    """A feed that says when it has not changed, and what is asked of it."""

    body: ClassVar[bytes] = RSS
    asked: ClassVar[list[tuple[str, str | None]]] = []

    @classmethod
    def tag(cls) -> str:
        return f'"{hash(cls.body)}"'

    def do_GET(self) -> None:
        tag = self.tag()
        Site.asked.append((self.path, self.headers.get("If-None-Match")))
        if self.path == "/there":
            self.send_response(302)
            self.send_header("Location", "/feed")
            self.end_headers()
        elif self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b" " * (17 * 2**20))
        elif self.path == "/broken":
            self.send_error(500)
        elif self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.end_headers()
        else:
            self.send_response(200)
            self.send_header("ETag", tag)
            self.end_headers()
            self.wfile.write(self.body)

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@contextmanager
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_polled_feeds_are_sent_once_with_limits_and_conditional_requests(stream: Stream, tmp_path: Path) -> None:
    with site() as address:
        listed = "".join(
            f'[[feed]]\nurl = "{address}/{path}"\ninterval = 10\nallow_private = {allowed}\n'
            for path, allowed in (("there", "true"), ("endless", "true"), ("broken", "true"), ("private", "false"))
        )
        feeds = tmp_path / "feeds.toml"
        named = address.replace("127.0.0.1", "localhost")
        feeds.write_text(f'{listed}[[feed]]\nurl = "{named}/private"\n')
        Site.asked.clear()
        poller = stream.start("poll", str(feeds))
        for told in ("/there: 1 item sent", "more than 16 MB", "the server says 500", "127.0.0.1 is a private"):
            poller.has_said(told)
        poller.has_said("localhost is the private address")
        until(lambda: ("/feed", Site.tag()) in Site.asked, "it polls again, with the tag", SOON, poller.said)
        assert poller.terminate().code == 0
        assert Site.asked.count(("/feed", None)) == 1
        assert "/private" not in {path for path, _ in Site.asked}
        Site.body = RSS.replace(b"Strelsau", b"Zenda")
        again = stream.start("poll", str(feeds))
        again.has_said("/there: 1 item sent")
        assert again.terminate().code == 0
    items = [json.loads(record.value) for record in stream.records("news.items")]
    first, second = sorted(items, key=lambda item: item["versionCreated"])
    assert first["uri"] == second["uri"] == URI
    assert second["firstCreated"] == first["versionCreated"]
    assert "Zenda" in second["bodies"][0]["value"]


def post(address: str, body: bytes, token: str | None = TOKEN, query: str = "") -> tuple[int, dict[str, Any]]:
    headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
    request = urllib.request.Request(address + query, data=body, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


def test_pushed_news_is_taken_with_the_token_only_and_whole_or_not_at_all(stream: Stream) -> None:
    without = stream.run("listen")
    assert without.code == 1
    assert "CLAIMWIRE_LISTEN_TOKEN" in without.err
    stream.settings["CLAIMWIRE_LISTEN_TOKEN"] = TOKEN
    listener = stream.start("listen", "--port", "0")
    listener.has_said("listening at")
    address = listener.err.partition("listening at ")[2].partition(";")[0]
    item = json.dumps(ninjs("They took it.", uri="urn:pushed")).encode()
    assert post(address, item) == (202, {"items": 1, "held": 0})
    assert post(address, ALL["nitf"].replace(b"20251201T18", b"20241201T18")) == (202, {"items": 1, "held": 0})
    assert post(address, embargoed("urn:held", 3600)) == (202, {"items": 0, "held": 1})
    assert post(address, item, token=None)[0] == 401
    assert post(address, item, token="wrong-but-as-long-as-the-token")[0] == 401
    code, told = post(address, b"[" + item + b', {"uri": "urn:undated"}]')
    assert code == 422
    assert "versionCreated" in told["items"][0]["reason"]
    assert post(address, b"<rss>")[0] == 422
    assert post(address, b"")[0] == 400
    assert post(address, item, query="?format=morse")[0] == 400
    assert post(address, b" " * (17 * 2**20))[0] == 413
    assert post(address.replace("/items", "/other"), item)[0] == 404
    assert sent(stream) == sorted(["urn:pushed", URI])
    assert listener.terminate().code == 0


def test_convert_needs_no_broker_and_names_what_it_cannot_read(tmp_path: Path) -> None:
    lost = Stream("127.0.0.1:1", tmp_path)
    folder = tmp_path / "in"
    folder.mkdir()
    for name, raw in ALL.items():
        (folder / f"{name}.xml").write_bytes(raw)
    good = lost.run("convert", folder)
    assert good.code == 0, good.said
    assert [line["standard"]["version"] for line in good.lines] == ["3.0"] * len(ALL)
    again = lost.run("convert", "-", stdin=good.out)
    assert again.lines == good.lines
    (folder / "0.xml").write_bytes(b"<rss>\n<channel>")
    bad = lost.run("convert", folder, "-o", tmp_path / "out.jsonl")
    assert bad.code == 1
    assert "0.xml:2: not well-formed XML" in bad.err
    assert (tmp_path / "out.jsonl").read_bytes() == good.out
    assert lost.run("convert", folder / "rss.xml", "--format", "atom").code == 1
