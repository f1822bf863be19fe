"""Items: one version of one news item, read from ninjs 3."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from claimwire.rules import rule
from claimwire.times import EARLIEST, format_time, parse_time


class PubStatus(StrEnum):
    """IPTC's publishing status. Only usable items make statements."""

    USABLE = "usable"
    WITHHELD = "withheld"
    CANCELED = "canceled"


GROWS = timedelta(days=1)
"""Age after which an item's new version adds news, rather than rewords the old."""

UNDETERMINED = frozenset({"", "und", "mul"})
"""Tags of BCP 47 that name no language. Such items are read as English, like those without a tag."""

LONGEST_NAME = 2000
"""The most characters of a uri or an outlet's name, since each statement carries both."""

CONTROL = rule(r"[\x00-\x1f\x7f-\x9f]", finds="urn:news:\x1f1", passes="urn:news: 1")


class UnreadableItem(ValueError):
    """The document is not a news item that claimwire can read; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The item version that a change comes from.

    Attributes
    ----------
    item
        Its uri.
    version
        The publisher's number of the version; 0 where there is none.
    pub_status
        An item that is not usable withdraws all its statements.
    version_created
        When the version was created; None where that is not known.
    """

    item: str
    version: int
    pub_status: PubStatus
    version_created: datetime | None = None


LATER = {PubStatus.USABLE: "", PubStatus.WITHHELD: "x", PubStatus.CANCELED: "y"}
"""Prefix of the digest, which holds none of these letters: it puts a kill after the version that has the same
number and time."""

Order = tuple[int, str, str]
"""Place of a version among the versions of its uri: number, time of creation, digest.

The digits after a number's point are put before the time, behind a "v", which sorts after any year."""

NUMBER = rule(r"\d{1,18}(?:\.\d{1,18}){0,3}", re.ASCII, finds="10.1", passes="10.1b", where="whole")

FINAL = 10**18
"""The number of a kill without one: it withdraws every version of its uri."""

UNDATED = "x"
"""The time of a kill without one: it sorts after any version with its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One version of one news item.

    Attributes
    ----------
    uri
        The item's identifier, the same for all its versions.
    order
        Greater for the later of two versions. It ends in a digest of the content, so that every ledger
        orders two versions alike even if their publisher numbered them the same.
    published
        The time of its statements, unless an earlier version made them: when the first version was created, if the
        item says so. If the page has grown for longer than a day, it is when this version was created.
    version_created
        When this version was created; `EARLIEST` for a kill that does not say.
    headline, body
        Plain text. Offsets count code points in one of the two.
    outlet
        Who publishes: the provider, else the first information source.
    urgency
        The publisher's, from 1 (most urgent) to 9, or None.
    """

    uri: str
    order: Order
    published: datetime
    version_created: datetime
    pub_status: PubStatus
    language: str
    headline: str
    body: str
    outlet: str
    urgency: int | None = None

    @property
    def version(self) -> int:
        """The publisher's version number up to its point; 0 where there is none."""
        return self.order[0] if self.order[0] < FINAL else 0

    @property
    def origin(self) -> Origin:
        """The version as the cause of changes."""
        created = None if self.version_created == EARLIEST else self.version_created
        return Origin(item=self.uri, version=self.version, pub_status=self.pub_status, version_created=created)

    @property
    def speaks(self) -> bool:
        """Whether it is usable and in English, so that statements are extracted."""
        return self.pub_status is PubStatus.USABLE and self.language.lower().startswith("en")

    @classmethod
    def from_ninjs(cls, document: Any) -> "Item":
        """Read a ninjs 3 document.

        Raises
        ------
        UnreadableItem
            If the document isn't an object, lacks ``uri`` or ``versionCreated`` (which a kill may lack), or holds a
            field of another type than ninjs gives it, a uri with control characters, or a name too long to be one.
        """
        if not isinstance(document, Mapping):
            raise UnreadableItem("not a JSON object")
        status = _status(document)
        undated = status is PubStatus.CANCELED and "versionCreated" not in document
        created = EARLIEST if undated else _time(document, "versionCreated")
        first = _time(document, "firstCreated") if "firstCreated" in document else created
        headline = _main(document, "headlines")
        body = _main(document, "bodies")
        began = min(first, created)
        published = created if created - began > GROWS else began
        language = _text(document, "language")
        language = "en" if language.lower() in UNDETERMINED else language
        outlet = _outlet(document)
        urgency = _urgency(document)
        content = (status, language, outlet, format_time(began), headline, body, str(urgency))
        digest = hashlib.blake2b("\0".join(content).encode(), digest_size=8).hexdigest()
        return cls(
            uri=_identity(document),
            order=_order(document, status, UNDATED if undated else f"{created:%Y-%m-%dT%H:%M:%S.%fZ}", digest),
            published=published,
            version_created=created,
            pub_status=status,
            language=language,
            headline=headline,
            body=body,
            outlet=outlet,
            urgency=urgency,
        )


def latest_versions(items: Iterable[Item]) -> dict[str, Item]:
    """The latest version of each uri, by uri."""
    latest: dict[str, Item] = {}
    for item in items:
        known = latest.get(item.uri)
        if known is None or item.order > known.order:
            latest[item.uri] = item
    return latest


def _identity(document: Mapping[str, Any]) -> str:
    """The identifier of all versions: `claimwire.item` if the uri names a single version."""
    uri = _uri(_text(document, "uri", required=True))
    own = document.get("claimwire")
    return _uri(_text(own, "item") if isinstance(own, Mapping) else "") or uri


def _text(document: Mapping[str, Any], name: str, required: bool = False) -> str:
    value = document.get(name)
    if value is None and not required:
        return ""
    if not isinstance(value, str):
        raise UnreadableItem(f"{name} is {'absent' if value is None else 'not a string'}")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise UnreadableItem(f"{name} holds half a surrogate pair") from None
    if required and not value.strip():
        raise UnreadableItem(f"{name} is empty")
    return value


def _name(value: str, what: str) -> str:
    if len(value) > LONGEST_NAME:
        raise UnreadableItem(f"{what} is longer than {LONGEST_NAME} characters")
    return value


def _uri(value: str) -> str:
    """Check that a uri holds no control character: these separate the parts of keys."""
    if CONTROL.search(_name(value, "uri")):
        raise UnreadableItem("uri holds a control character")
    return value


def _time(document: Mapping[str, Any], name: str) -> datetime:
    try:
        return parse_time(_text(document, name, required=True))
    except UnreadableItem:
        raise
    except ValueError as error:
        raise UnreadableItem(f"{name}: {error}") from None


def _order(document: Mapping[str, Any], status: PubStatus, created: str, digest: str) -> Order:
    whole, *parts = _version(document, status)
    while parts and not parts[-1]:  # 2.0 is 2
        parts.pop()
    behind = f"v{'.'.join(f'{part:018}' for part in parts)} " if parts else ""
    return whole, behind + created, LATER[status] + digest


def _version(document: Mapping[str, Any], status: PubStatus) -> list[int]:
    """The parts of a number such as 10.1; a single 0 for anything else."""
    value = document.get("version", "")
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise UnreadableItem("version is not a string")
    if value == "" and status is PubStatus.CANCELED:
        return [FINAL]
    text = str(value)
    return [int(part) for part in text.split(".")] if NUMBER.fullmatch(text) else [0]


def _urgency(document: Mapping[str, Any]) -> int | None:
    """The urgency; None also for a bad one, which is no reason to reject the item."""
    text = str(document.get("urgency", ""))
    return int(text) if len(text) == 1 and text in "123456789" else None


def _status(document: Mapping[str, Any]) -> PubStatus:
    value = _text(document, "pubStatus") or "usable"
    try:
        return PubStatus(value)
    except ValueError:
        raise UnreadableItem(f"pubStatus {value!r} is none of usable, withheld, canceled") from None


def _main(document: Mapping[str, Any], name: str) -> str:
    """The text of the part with the role main, else the first plain text."""
    parts = document.get(name) or []
    if not isinstance(parts, list) or not all(isinstance(part, Mapping) for part in parts):
        raise UnreadableItem(f"{name} is not a list of objects")
    plain = [p for p in parts if _text(p, "contentType") in ("", "text/plain")]
    if parts and not plain:
        raise UnreadableItem(f"{name} holds no text/plain: feed the item in through claimwire ingest")
    main = next((p for p in plain if p.get("role") == "main"), plain[0] if plain else {})
    return _text(main, "value")


def _outlet(document: Mapping[str, Any]) -> str:
    sources = document.get("infoSources") or []
    if not isinstance(sources, list):
        raise UnreadableItem("infoSources is not a list")
    for holder in (document.get("provider"), *sources):
        if isinstance(holder, Mapping) and _text(holder, "name"):
            return _name(_text(holder, "name"), "the name of the outlet")
    return ""
