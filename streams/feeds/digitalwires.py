"""dpa's JSON, "digitalwires"."""

from collections.abc import Iterator
from typing import Any

from streams.feeds.documents import Bad, Entry
from streams.feeds.jsonfeed import text
from streams.feeds.markup import plain_line, plain_text
from streams.feeds.ninjs_builder import make, named, of_json, urgency

NAME = "digitalwires"


def is_entry(document: Any) -> bool:
    """Whether the JSON is an entry of dpa's, or holds a list of them under ``entries``."""
    found = [document, *_list(document, "entries")]
    return any(text(entry, "format").startswith(NAME) for entry in found)


def read(document: Any) -> Iterator[Entry | Bad]:
    """The entry, or the entries in an answer of dpa's API."""
    entries = document.get("entries") if isinstance(document, dict) else None
    if not isinstance(entries, list):
        yield Entry(_item(document))
        return
    yield from of_json(entries, _item)


def _item(entry: Any) -> dict[str, Any]:
    agency = text(entry, "urn").removeprefix("urn:newsml:").partition(":")[0]
    agency = text(entry, "creditline") or agency
    topics = [name for names in ("dpasubject_names", "keyword_names") for name in _list(entry, names)]
    return make(
        uri=text(entry, "urn"),
        feed=agency,
        format=text(entry, "format") or NAME,
        version=text(entry, "version"),
        created=text(entry, "version_created"),
        status=text(entry, "pubstatus"),
        embargoed=text(entry, "embargoed"),
        signals=[text(entry, "signal")],
        type="text",
        language=text(entry, "language"),
        headline=plain_line(text(entry, "headline")),
        body=plain_text(text(entry, "article_html")),
        by=text(entry, "byline"),
        urgency=urgency(text(entry, "urgency")),
        provider={"name": agency} if agency else None,
        sources=[agency],
        subjects=named(topic for topic in topics if isinstance(topic, str)),
        copyrightNotice=text(entry, "copyrightnotice"),
        usageTerms=text(entry, "usageterms"),
    )


def _list(entry: Any, name: str) -> list[Any]:
    value = entry.get(name) if isinstance(entry, dict) else None
    return value if isinstance(value, list) else []
