"""The poller: when each feed is due, what is kept of it, and what is sent.

The state of a feed (the server's tag and the seen entries) is written only after the broker has
acknowledged what was new, so that an interrupted poll is repeated.
"""

import asyncio
import os
import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from yarl import URL

from claimwire.times import format_time
from streams.codecs import Undecodable, decode, encode
from streams.errors import InputUnreadable
from streams.feeds import Document, Format, Hints, Slip, Unreadable, read_bytes
from streams.feeds.seen_entries import Seen, news
from streams.feeds.zones import zone_named
from streams.ingest.fetch import Fetched, NotFetched, Request, fetch
from streams.ingest.sender import Sender, Sent, pause
from streams.settings import Settings

LONGEST_WAIT = timedelta(hours=6)
"""Time between two tries of a failing feed, unless its interval is longer."""
TICK_SECONDS = 1.0
AT_ONCE = 64
"""Feeds fetched at a time. A slow one takes up only its own place, until the fetch times out."""


def _address(text: str) -> str:
    url = URL(text)
    if url.scheme not in ("http", "https") or not url.host:
        raise ValueError("is no address that begins with http:// or https://")
    return text


def _zone(text: str) -> str:
    zone_named(text)
    return text


def _header(text: str) -> str:
    """A header's value, or after a $ the environment variable that holds it."""
    if not text.startswith("$"):
        return text
    if text[1:] not in os.environ:
        raise ValueError(f"the variable {text[1:]} is not set in the environment")
    return os.environ[text[1:]]


class Feed(BaseModel):
    """One ``[[feed]]`` of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: Annotated[str, AfterValidator(_address)]
    interval: float = Field(300, ge=10, le=86400)
    format: Format | None = None
    allow_private: bool = False
    zone: Annotated[str, AfterValidator(_zone)] = "UTC"
    headers: dict[str, Annotated[str, AfterValidator(_header)]] = Field(default={}, repr=False)

    @property
    def shown(self) -> str:
        """Its address without user and password, for people and ``news.rejected``."""
        return str(URL(self.url).with_user(None))


@dataclass(slots=True)
class Kept:
    """The state of a feed that is kept from poll to poll."""

    etag: str = ""
    modified: str = ""
    seen: Seen = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


KEPT = TypeAdapter(Kept)


def _digest(bad: Slip | Unreadable) -> str:
    raw = bad.raw if isinstance(bad, Unreadable) else None
    return blake2b(f"{bad.reason}\0".encode() + (raw or b""), digest_size=8).hexdigest()


def read_feeds(path: Path) -> list[Feed]:
    """The feeds that a TOML file lists.

    Raises
    ------
    InputUnreadable
        If the file is no list of feeds; the message names the feed and the field.
    """
    try:
        listed = tomllib.loads(path.read_text("utf8"))
        feeds = [Feed.model_validate(feed) for feed in listed.get("feed", [])]
    except OSError as error:
        raise InputUnreadable(f"{path}: {error.strerror}") from None
    except ValidationError as error:
        first = error.errors()[0]
        raise InputUnreadable(f"{path}: a [[feed]] has {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    except (ValueError, TypeError, AttributeError) as error:
        raise InputUnreadable(f"{path} is no TOML file of [[feed]] tables: {error}") from None
    if not feeds:
        raise InputUnreadable(f'{path} lists no feed. Begin one with [[feed]], and give it a url = "https://…".')
    return feeds


class Poller:
    """Polls one feed.

    Attributes
    ----------
    due
        When the next poll is.
    """

    def __init__(self, feed: Feed, settings: Settings, now: datetime) -> None:
        name = blake2b(feed.shown.encode(), digest_size=10).hexdigest()
        self._feed = feed
        self._file = settings.home / "polled" / settings.application / f"{name}.json"
        self._failed = 0
        self.due: datetime | None = now
        self._kept = self._load()

    async def poll(self, out: Sender, say: Callable[[str], None]) -> None:
        """Fetch the feed, send what is new, keep what was seen, and set when the next poll is due."""
        try:
            fetched = await fetch(
                Request(self._feed.url, self._feed.headers, self._feed.allow_private),
                self._kept.etag,
                self._kept.modified,
            )
            sent = await self._send(fetched, out, say) if fetched else Sent()
        except NotFetched as error:
            self._failed += 1
            say(f"{self._feed.shown}: {error}" + (": it is not polled again" if error.gone else ""))
            self.due = None if error.gone else datetime.now(UTC) + max(error.wait, self._wait())
            return
        if sent.items or sent.held or sent.unread:
            say(f"{self._feed.shown}: {sent}")
        self._failed = 0
        self.due = datetime.now(UTC) + self._wait()

    async def _send(self, fetched: Fetched, out: Sender, say: Callable[[str], None]) -> Sent:
        """Send what is new in the feed, and keep what was seen.

        Raises
        ------
        NotFetched
            If the answer is no feed.
        """
        found = await asyncio.to_thread(self._read, fetched)
        kept = decode(KEPT, encode(self._kept))  # a copy, since entries count as seen only once acknowledged
        documents = [f for f in found if isinstance(f, Document)]
        wrong = {_digest(f): f for f in found if not isinstance(f, Document)}
        fresh = list(news(documents, kept.seen, format_time(datetime.now(UTC))))
        bad = [f for digest, f in wrong.items() if digest not in kept.unread]
        sent = await out.send([*fresh, *bad], lambda b: say(f"{b.where}: {b.reason}") if b else None)
        kept.etag, kept.modified, kept.unread = fetched.etag, fetched.modified, sorted(wrong)
        self._kept = kept
        await asyncio.to_thread(self._save)
        if not documents and any(isinstance(f, Unreadable) for f in found):
            raise NotFetched("nothing of it can be read")
        return sent

    def _read(self, fetched: Fetched) -> list[Document | Slip | Unreadable]:
        hints = Hints(self._feed.format, undated=True, zone=zone_named(self._feed.zone), charset=fetched.charset)
        return list(read_bytes(fetched.body, self._feed.shown, hints))

    def _wait(self) -> timedelta:
        """The interval, doubled after each failure, and varied a little so that polls do not coincide."""
        interval = timedelta(seconds=self._feed.interval)
        wait: timedelta = min(interval * 2 ** min(self._failed, 20), max(interval, LONGEST_WAIT))
        return wait * random.uniform(1, 1.1)  # noqa: S311

    def _load(self) -> Kept:
        try:
            return decode(KEPT, self._file.read_bytes())
        except (FileNotFoundError, Undecodable):
            return Kept()

    def _save(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        part = self._file.with_suffix(".part")
        part.write_bytes(encode(self._kept))
        part.rename(self._file)


async def poll_all(pollers: list[Poller], out: Sender, stop: asyncio.Event, say: Callable[[str], None]) -> None:
    """Poll each feed when it is due, independently of others, until `stop` is set. Also send held items when due."""
    at_once = asyncio.Semaphore(AT_ONCE)

    async def poll(poller: Poller) -> None:
        while poller.due:
            await pause(stop, (poller.due - datetime.now(UTC)).total_seconds())
            async with at_once:
                if stop.is_set():
                    return
                await poller.poll(out, say)

    async def release() -> None:
        while not stop.is_set():
            await out.release(datetime.now(UTC))
            await pause(stop, TICK_SECONDS)

    tasks = [asyncio.create_task(work) for work in (release(), *map(poll, pollers))]
    try:
        for task in (await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION))[0]:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
