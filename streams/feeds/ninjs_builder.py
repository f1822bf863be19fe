"""The ninjs builder makes the ninjs 3 documents of every format."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import orjson

from claimwire.items import UNDETERMINED, PubStatus
from streams.feeds.dates import to_rfc3339
from streams.feeds.documents import Bad, Entry, NotReadable
from streams.feeds.identity import lasting
from streams.feeds.markup import clean

STANDARD = {"name": "ninjs", "version": "3.0"}
EMBARGOED = "embargoed"
WITHDRAWN = {
    **dict.fromkeys(
        "canceled cancelled cancel deleted delete killed kill recalled recall retracted retract withdrawn".split(),
        PubStatus.CANCELED,
    ),
    **dict.fromkeys(f"withheld hold held unpublished unpublish spiked {EMBARGOED}".split(), PubStatus.WITHHELD),
}
"""Words for items that make no statements any more. An embargo without an end counts as withheld."""
STATUSES = {"": PubStatus.USABLE, PubStatus.USABLE: PubStatus.USABLE, **WITHDRAWN}
"""Words for IPTC's statuses, its own among them."""


def make(
    *,
    uri: str,
    format: str,
    version: str = "",
    created: str = "",
    first: str = "",
    status: str = "",
    headline: str = "",
    body: str = "",
    sources: Iterable[str] = (),
    signals: Iterable[str] = (),
    link: str = "",
    feed: str = "",
    others: Iterable[str] = (),
    item: str = "",
    **fields: Any,
) -> dict[str, Any]:
    """A ninjs 3 document of what a format's reader has found, without empty properties.

    Parameters
    ----------
    created, first, embargoed
        As in the source. A version without a date has that of the first one, but a kill has none.
    feed
        The owner of the identifiers, which keeps those of different feeds apart.
    others
        Further identifiers that all versions share, since the uri may name only one version.
    item
        The name of all versions, if the format's reader knows better than the uri.
    fields
        Further properties, under ninjs 3's names.

    Raises
    ------
    NotReadable
        If there is no uri, the status is none of IPTC's, or the end of an embargo is no date.
    """
    if not uri:
        raise NotReadable("the item has no identifier")
    first_moment = to_rfc3339(first)
    until = fields.get(EMBARGOED)
    fields[EMBARGOED] = to_rfc3339(until)
    if until and not fields[EMBARGOED]:
        raise NotReadable(f"the end of the embargo, {until[:40]!r}, is no date that can be read")
    known = PubStatus.USABLE if status.lower() == EMBARGOED and until else to_status(status)
    moment = to_rfc3339(created) or (first_moment if known != PubStatus.CANCELED else "")
    fields["language"] = spoken(fields.get("language"))
    kept = {name: value for name, value in fields.items() if value not in ("", None, [], {})}
    headline, body = clean(headline), clean(body)
    called = item or lasting(uri, version, feed, *others)
    extra = {
        "format": format,
        "signals": [s for s in signals if s],
        "link": link,
        "item": called,
        "undated": "" if moment else created or first,
    }
    return {
        "uri": uri,
        "standard": STANDARD,
        **({"version": version} if version else {}),
        **_dates(moment, first_moment),
        "pubStatus": str(known),
        **kept,
        "headlines": [{"role": "main", "contentType": "text/plain", "value": headline}] if headline else [],
        "bodies": [{"role": "main", "contentType": "text/plain", "value": body}] if body else [],
        "infoSources": [{"name": name} for name in dict.fromkeys(sources) if name],
        "claimwire": {name: value for name, value in extra.items() if value},
    }


def spoken(language: Any) -> str:
    """The language that a tag names; empty if undetermined or several."""
    return "" if not isinstance(language, str) or language.lower() in UNDETERMINED else language


def _dates(created: str, first: str) -> dict[str, str]:
    dates = {"versionCreated": created, "firstCreated": first}
    return {name: moment for name, moment in dates.items() if moment}


def to_status(text: str) -> str:
    """IPTC's word for a status given as a QCode, a URI or a word in any case.

    Raises
    ------
    NotReadable
        If the word is unknown.
    """
    word = text.strip().replace("/", ":").rpartition(":")[2].lower()
    if word not in STATUSES:
        raise NotReadable(
            f"the publishing status {text[:40]!r} is none of usable, withheld, canceled: the item is not taken, and an "
            "earlier version of it, if there is one, still counts. Send the item again with one of them"
        )
    return str(STATUSES[word])


def of_json(found: Iterable[Any], make_one: Callable[[Any], dict[str, Any]]) -> Iterator[Entry | Bad]:
    """A document of each JSON value, made by the function, or what is wrong with the value."""
    for number, value in enumerate(found, start=1):
        try:
            yield Entry(make_one(value))
        except NotReadable as error:
            yield Bad(f"item {number}: {error}", json_bytes(value))


def json_bytes(value: Any) -> bytes | None:
    """The value as JSON; None if it is nested too deep."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:
        return None


def digest_uri(kind: str, *parts: str) -> str:
    """A uri for an item without one, the same for the same words."""
    joined = "\0".join(parts).encode("utf-8", "surrogatepass")
    return f"urn:claimwire:{kind}:{hashlib.blake2b(joined, digest_size=10).hexdigest()}"


def urgency(text: str | None) -> int | None:
    """IPTC's urgency, 1 to 9; None for anything else."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) == 1 and text != "0" else None


def named(values: Iterable[str]) -> list[dict[str, str]]:
    """Names as ninjs' lists of objects, each once."""
    return [{"name": name} for name in dict.fromkeys(v for v in values if v)]
