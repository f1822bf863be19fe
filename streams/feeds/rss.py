"""Items of RSS 0.9x to 2.0 and of RSS 1.0."""

from typing import Any

from streams.feeds.dates import to_rfc3339
from streams.feeds.markup import only_links, plain_line, plain_text
from streams.feeds.ninjs_builder import digest_uri, make, named
from streams.feeds.rss_and_atom import (
    CHANGES,
    CONTENT,
    DATES,
    DC,
    as_typed,
    joined,
    media,
    moments,
    own,
    without_outlet,
)  # fmt: skip
from streams.feeds.xml import Element, at, attribute, children, language, local, text_of, words

ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


def identifier(item: Element) -> str:
    """The identifier in the feed, or empty."""
    return words(own(item, "guid")) or attribute(item, ABOUT)


def link_of(item: Element, channel: Element | None) -> str:
    """The item's link, made absolute."""
    return joined(_home(channel), words(own(item, "link")))


def item(item: Element, root: Element, channel: Element | None, many: frozenset[str]) -> dict[str, Any]:
    """A ninjs 3 document of an item.

    Parameters
    ----------
    many
        Identifiers that the feed gives to several items.
    """
    home, link, uri = _home(channel), link_of(item, channel), identifier(item)
    collector = words(own(channel, "title")) if channel is not None else ""
    source = words(own(item, "source")) or words(item.find(f"{{{DC}}}source"))
    outlet = source or collector
    title = plain_line(words(own(item, "title")) or words(item.find(f"{{{DC}}}title")))
    body = _body(item, collected=outlet != collector)
    dates = (words(own(item, "pubDate", "pubdate")), *(words(e) for e in item if e.tag in DATES))
    dated = next((date for date in dates if to_rfc3339(date)), dates[0])
    return make(
        uri=uri or link or digest_uri("entry", home, title, body),
        feed=home or collector,
        item=link if uri in many else "",
        format=f"RSS {attribute(root, 'version')}".strip() if local(root) == "rss" else "RSS 1.0",
        **moments(dated, *(words(e) for e in item if e.tag in CHANGES)),
        type="text",
        language=words(item.find(f"{{{DC}}}language")) or at(channel, "language") or language(item),
        headline=without_outlet(title, outlet),
        body=body,
        link=link,
        by=words(item.find(f"{{{DC}}}creator")) or words(own(item, "author")),
        provider={"name": outlet} if outlet else None,
        sources=[source, collector],
        subjects=named(words(e) for e in children(item, "category", "subject")),
    )


def _home(channel: Element | None) -> str:
    return words(own(channel, "link")) if channel is not None else ""


def _body(item: Element, collected: bool) -> str:
    """The full text if the feed has it, else the description.

    A feed that collects what others publish describes an item by links, which are no words of its outlet.
    """
    inline = next((e for e in item if local(e) in ("body", "div") and "xhtml" in e.tag.partition("}")[0]), None)
    full = plain_text(as_typed(item.find(f"{{{CONTENT}}}encoded"))) or (text_of(inline) if inline is not None else "")
    if full:
        return full
    description = own(item, "description")
    if collected and only_links(as_typed(description)):
        return ""
    return _marked(description) or _marked(item.find(f"{{{DC}}}description")) or media(item, "description")


def _marked(element: Element | None) -> str:
    """An element's text, from HTML that may be escaped."""
    if element is None:
        return ""
    return text_of(element) if len(element) else plain_text(as_typed(element))
