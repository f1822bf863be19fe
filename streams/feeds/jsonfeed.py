"""JSON Feed 1 and 1.1."""

from collections.abc import Iterator
from typing import Any

from streams.feeds.documents import Bad, Entry, NotReadable
from streams.feeds.identity import shared
from streams.feeds.markup import plain_line, plain_text, prose
from streams.feeds.ninjs_builder import digest_uri, make, named, of_json
from streams.feeds.rss_and_atom import moments, without_outlet

NAME = "jsonfeed"
VERSION = "jsonfeed.org/version/"


def is_feed(document: Any) -> bool:
    """Whether the JSON declares that it is a JSON Feed."""
    return isinstance(document, dict) and VERSION in text(document, "version")


def read(document: Any) -> Iterator[Entry | Bad]:
    """The feed's items.

    Raises
    ------
    NotReadable
        If the document is no feed.
    """
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise NotReadable("the feed has no list of items")
    many = shared((text(item, "id"), _link(item)) for item in items)
    yield from of_json(items, lambda item: _item(item, document, many))


def _link(item: Any) -> str:
    return text(item, "url") or text(item, "external_url")


def _item(item: Any, feed: dict[str, Any], many: frozenset[str]) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise NotReadable("it is no object")
    link = _link(item)
    title, source = plain_line(text(item, "title")), text(feed, "title")
    body = prose(text(item, "content_text")) or plain_text(text(item, "content_html")) or prose(text(item, "summary"))
    tags = item.get("tags")
    people = next((a for a in (item.get("authors"), [item.get("author")]) if isinstance(a, list)), [])
    return make(
        feed=text(feed, "home_page_url") or text(feed, "feed_url") or source,
        item=link if text(item, "id") in many else "",
        uri=text(item, "id") or link or digest_uri("entry", text(feed, "feed_url"), title, body),
        format=f"JSON Feed {text(feed, 'version').rpartition('/')[2]}",
        **moments(text(item, "date_published"), text(item, "date_modified")),
        type="text",
        language=text(item, "language") or text(feed, "language"),
        headline=without_outlet(title, source),
        body=body,
        link=link,
        by=", ".join(filter(None, (text(person, "name") for person in people))),
        provider={"name": source} if source else None,
        sources=[source],
        subjects=named(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else None,
    )


def text(holder: Any, name: str) -> str:
    """A property as text, if it is text or a number."""
    value = holder.get(name) if isinstance(holder, dict) else None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()
