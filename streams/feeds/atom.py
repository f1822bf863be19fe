"""Entries of Atom 1.0 and 0.3, and RFC 6721's mark of a deleted one."""

from base64 import b64decode
from typing import Any

from claimwire.items import PubStatus
from streams.feeds.markup import only_links, plain_text, prose
from streams.feeds.ninjs_builder import digest_uri, make, named
from streams.feeds.rss_and_atom import as_typed, joined, media, moments, own, without_outlet
from streams.feeds.xml import BASE, Element, at, attribute, children, first, language, local, text_of, words

DELETED = "deleted-entry"
TEXTUAL = ("", "text", "html", "xhtml")
"""Types of content that are no media types. Content without a type is text."""


def identifier(entry: Element) -> str:
    """The identifier in the feed, or empty."""
    return attribute(entry, "ref") if local(entry) == DELETED else words(own(entry, "id"))


def link_of(entry: Element, feed: Element) -> str:
    """The entry's link, made absolute."""
    return joined(_base(entry) or _link(feed), _link(entry))


def item(entry: Element, feed: Element, many: frozenset[str]) -> dict[str, Any]:
    """A ninjs 3 document of an entry.

    Parameters
    ----------
    many
        Identifiers that the feed gives to several entries.
    """
    whole = entry is not feed  # otherwise the document is an entry by itself
    collector = _text(own(feed, "title")) if whole else ""
    home = (words(own(feed, "id")) or _link(feed) or collector) if whole else ""
    uri = identifier(entry)
    if local(entry) == DELETED:
        return make(
            uri=uri, feed=home, format="Atom", version="0", created=attribute(entry, "when"),
            status=PubStatus.CANCELED, type="text",
        )  # fmt: skip
    link = link_of(entry, feed)
    title = _text(own(entry, "title")) or " ".join(media(entry, "title").split())
    source = _text(first(entry, "source", "title"))
    outlet = source or collector
    body = _body(entry, collected=outlet != collector)
    people = list(children(entry, "author")) or list(children(feed, "author"))
    return make(
        uri=uri or link or digest_uri("entry", _link(feed), title, body),
        feed=home,
        item=link if uri in many else "",
        format="Atom",
        **moments(words(own(entry, "published", "issued", "created")), words(own(entry, "updated", "modified"))),
        type="text",
        language=language(own(entry, "content")) or language(entry),
        headline=without_outlet(title, outlet),
        body=body,
        link=link,
        by=", ".join(filter(None, (at(person, "name") for person in people))),
        provider={"name": outlet} if outlet else None,
        sources=[source, collector],
        subjects=named(attribute(e, "label") or attribute(e, "term") for e in children(entry, "category")),
    )


def _body(entry: Element, collected: bool) -> str:
    """The content, else the summary; without lists of links in a feed that collects what others publish."""
    for name in ("content", "summary"):
        element = own(entry, name)
        if element is not None and not (collected and only_links(as_typed(element))):
            text = _text(element, whole=True)
            if text:
                return text
    return media(entry, "description")


def _text(element: Element | None, whole: bool = False) -> str:
    """An Atom text or content construct as plain text, in one line unless `whole`."""
    if element is None or attribute(element, "src"):
        return ""
    kind = attribute(element, "type").lower()
    marked = "html" in kind or kind.endswith("xml")
    if kind not in TEXTUAL and not marked and not kind.startswith("text/"):  # an encoded picture
        return ""
    if attribute(element, "mode").lower() == "base64":
        text = _decoded(as_typed(element))
        text = plain_text(text) if marked else prose(text)
    elif "xhtml" in kind or len(element):
        text = text_of(element)
    elif marked or (whole and not kind):
        text = plain_text(as_typed(element))
    else:
        text = prose(as_typed(element)) if whole else as_typed(element)
    return text if whole else " ".join(text.split())


def _decoded(text: str) -> str:
    try:
        return b64decode(text).decode("utf-8")
    except ValueError:
        return ""


def _link(element: Element) -> str:
    links = [e for e in children(element, "link") if attribute(e, "rel") in ("", "alternate")]
    return next((attribute(e, "href") or words(e) for e in links), "")


def _base(element: Element | None) -> str:
    bases = []
    while element is not None:
        bases.append(element.get(BASE) or "")
        element = element.getparent()
    base = ""
    for part in filter(None, reversed(bases)):
        base = joined(base, part)
    return base
