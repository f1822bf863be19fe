"""Polling against a server on this machine: what it is shown, and what others are told."""

import asyncio
import base64
import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from streams.errors import InputUnreadable
from streams.feeds import Document, Slip, Unreadable
from streams.ingest.fetch import NotFetched, Request, fetch
from streams.ingest.poller import Feed, Poller, poll_all, read_feeds
from streams.ingest.sender import Sent
from streams.settings import Settings
from tests.unit.streams.feeds.cases import CASES
from tests.unit.streams.feeds.samples import ALL, RSS

BASIC = f"Basic {base64.b64encode(b'reader:s3cret').decode()}"


class Kept:
    """Takes what is sent, in place of a broker."""

    def __init__(self) -> None:
        self.found: list[Document | Slip | Unreadable] = []

    async def send(self, found: Any, each: Any = lambda _: None) -> Sent:
        listed = list(found)
        self.found += listed
        for one in listed:
            if not isinstance(one, Document):
                each(one)
        return Sent(items=sum(isinstance(one, Document) for one in listed))

    async def release(self, now: datetime) -> int:
        return 0


@asynccontextmanager
async def site(answer: Any) -> AsyncIterator[str]:
    """The address of a server that answers so."""
    made = web.Application()
    made.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(made, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def poller(tmp_path: Path, url: str, **fields: Any) -> Poller:
    feed = Feed.model_validate({"url": url, "allow_private": True, **fields})
    return Poller(feed, Settings(home=tmp_path), datetime.now(UTC))


async def polled(tmp_path: Path, body: bytes, **headers: str) -> tuple[list[Any], list[str], Poller]:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=body, headers=headers)

    out, said = Kept(), list[str]()
    async with site(answer) as host:
        one = poller(tmp_path, f"http://{host}/feed")
        await one.poll(out, said.append)  # type: ignore[arg-type]
    return out.found, said, one


async def test_user_and_password_of_an_address_are_shown_to_its_host_only_as_basic(
    tmp_path: Path,
) -> None:
    shown: list[tuple[str, str, str]] = []

    async def answer(request: web.Request) -> web.Response:
        shown.append((request.path, request.headers.get("Authorization", ""), request.headers.get("X-Key", "")))
        if request.path == "/here":
            return web.Response(status=302, headers={"Location": "/there"})
        if request.path == "/there":
            return web.Response(status=302, headers={"Location": f"http://localhost:{request.url.port}/elsewhere"})
        return web.Response(body=b"<rss><channel>broken")

    out, said = Kept(), list[str]()
    async with site(answer) as host:
        one = poller(tmp_path, f"http://reader:s3cret@{host}/here", headers={"X-Key": "k3y"})
        await one.poll(out, said.append)  # type: ignore[arg-type]
    assert shown == [("/here", BASIC, "k3y"), ("/there", BASIC, "k3y"), ("/elsewhere", "", "")]
    told = [*said, *(one.where for one in out.found), repr(out.found)]
    assert any("/here" in words for words in told)
    assert not any("s3cret" in words or "reader" in words or "k3y" in words for words in told)


async def test_address_that_cannot_be_fetched_is_told_without_its_password(tmp_path: Path) -> None:
    said: list[str] = []
    await poller(tmp_path, "http://reader:s3cret@127.0.0.1:1/x").poll(Kept(), said.append)  # type: ignore[arg-type]
    assert said
    assert "s3cret" not in said[0]

    async def astray(_: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": "ftp://reader:s3cret@a.example/"})

    async with site(astray) as host:
        with pytest.raises(NotFetched, match="no web address") as caught:
            await fetch(Request(f"http://{host}/", allow_private=True), "", "")
    assert "s3cret" not in str(caught.value)


def test_header_is_taken_from_the_environment_and_stands_in_no_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[[feed]]\nurl = "https://a.example/"\nheaders = { X-Api-Key = "$WIRE_KEY" }\n')
    monkeypatch.delenv("WIRE_KEY", raising=False)
    with pytest.raises(InputUnreadable, match="WIRE_KEY is not set"):
        read_feeds(feeds)
    monkeypatch.setenv("WIRE_KEY", "k3y")
    [feed] = read_feeds(feeds)
    assert feed.headers == {"X-Api-Key": "k3y"}
    assert "k3y" not in repr(feed)


def test_zone_of_a_feed_that_nobody_knows_is_named(tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[[feed]]\nurl = "https://a.example/"\nzone = "Europe/Nowhere"\n')
    with pytest.raises(InputUnreadable, match="zone"):
        read_feeds(feeds)


async def test_zone_of_a_feed_is_that_of_its_times_without_one(tmp_path: Path) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=RSS.replace(b" +0100", b""))

    out = Kept()
    async with site(answer) as host:
        await poller(tmp_path, f"http://{host}/", zone="Europe/Kyiv").poll(out, lambda _: None)  # type: ignore[arg-type]
    [document] = out.found
    assert isinstance(document, Document)
    assert document.ninjs["versionCreated"] == "2025-12-01T11:00:00Z"


async def test_charset_of_http_counts_and_packed_answers_and_lines_are_read_as_from_a_file(tmp_path: Path) -> None:
    cyrillic = (CASES / "http-charset-cp1251.xml").read_bytes()
    found, _, _ = await polled(tmp_path / "1", cyrillic, **{"Content-Type": "text/xml; charset=windows-1251"})
    assert [d.ninjs["headlines"][0]["value"] for d in found] == ["Россия: Vovchansk"]
    lines = b"\n".join(ALL["ninjs"].replace(b"urn:story:1", b"urn:%d" % n) for n in (1, 2))
    for number, body in enumerate((lines, gzip.compress(lines)), start=2):
        found, _, _ = await polled(tmp_path / str(number), body)
        assert [d.uri for d in found] == ["urn:1", "urn:2"]


async def test_empty_feed_keeps_its_interval_and_an_unreadable_one_waits_longer(tmp_path: Path) -> None:
    began = datetime.now(UTC)
    found, said, empty = await polled(tmp_path / "1", (CASES / "rss-empty.xml").read_bytes())
    assert (found, said) == ([], [])
    _, said, broken = await polled(tmp_path / "2", b"<rss><channel>")
    assert "nothing of it can be read" in said[-1]
    assert empty.due is not None
    assert broken.due is not None
    assert (empty.due - began) * 1.5 < broken.due - began


async def test_slip_is_said_once_and_its_entries_are_sent(tmp_path: Path) -> None:
    body = (CASES / "rss-control-character.xml").read_bytes()

    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=body)

    out, said = Kept(), list[str]()
    async with site(answer) as host:
        one = poller(tmp_path, f"http://{host}/")
        await one.poll(out, said.append)  # type: ignore[arg-type]
        await one.poll(out, said.append)  # type: ignore[arg-type]
    assert len([d for d in out.found if isinstance(d, Document)]) == 2
    assert len([words for words in said if "not well-formed" in words]) == 1


async def test_slow_feed_delays_no_other(tmp_path: Path) -> None:
    slow, stop, quick = asyncio.Event(), asyncio.Event(), 0

    async def answer(request: web.Request) -> web.Response:
        nonlocal quick
        if request.path == "/slow":
            await slow.wait()
        else:
            quick += 1
            if quick == 3:  # the others have been polled again while the slow one has not yet answered
                slow.set()
                stop.set()
        return web.Response(body=RSS)

    async with site(answer) as host:
        pollers = [poller(tmp_path, f"http://{host}/{path}") for path in ("slow", "quick")]
        pollers[1]._wait = lambda: datetime.now(UTC) - datetime.now(UTC)  # type: ignore[method-assign]
        async with asyncio.timeout(60):
            await poll_all(pollers, Kept(), stop, lambda _: None)  # type: ignore[arg-type]
    assert quick >= 3


async def test_error_of_one_feed_ends_all_and_is_told(tmp_path: Path) -> None:
    class Lost(Kept):
        async def send(self, found: Any, each: Any = lambda _: None) -> Sent:
            raise ConnectionError("the broker is gone")

    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=RSS)

    async with site(answer) as host:
        pollers = [poller(tmp_path, f"http://{host}/{n}") for n in range(3)]
        with pytest.raises(ConnectionError, match="the broker is gone"):
            await poll_all(pollers, Lost(), asyncio.Event(), lambda _: None)  # type: ignore[arg-type]
