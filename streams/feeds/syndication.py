"""RSS 0.9x to 2.0, RSS 1.0 (RDF) and Atom: what all of them are made of.

They have no versions. An entry that is read again with other words is told apart by its date of
change where it has one, else by a digest of what it says (``Item.order``).
"""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

from claimwire.items import PubStatus
from streams.feeds.dates import to_rfc3339
from streams.feeds.documents import Bad, Entry, NotReadable
from streams.feeds.making import digest_uri, make, named
from streams.feeds.markup import plain_line, plain_text
from streams.feeds.xml import (
    BASE,
    Element,
    at,
    attribute,
    children,
    first,
    items,
    language,
    line_of,
    local,
    text_of,
    words,
)

ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
EXTENSIONS = (
    CONTENT, DC, MEDIA, "http://www.w3.org/2005/Atom", "http://purl.org/atom/", "http://www.itunes.com/",
    "http://purl.org/dc/terms/", "http://www.google.com/", "http://rssnamespace.org/", "http://web.resource.org/",
)  # fmt: skip
"""Modules, whose elements are not those of the feed's own format although they may be named alike."""
ATOM_1 = "http://www.w3.org/2005/Atom"
TERMS = "http://purl.org/dc/terms/"
DATES = frozenset({f"{{{DC}}}date", f"{{{TERMS}}}issued", f"{{{TERMS}}}created", f"{{{TERMS}}}modified",
                   f"{{{ATOM_1}}}published", f"{{{ATOM_1}}}updated"})  # fmt: skip
"""Dates of modules, for an item without its own."""

DELETED = "deleted-entry"

RSS, RDF, ATOM = "rss", "rdf", "atom"
RSS_ROOTS, RDF_ROOTS, ATOM_ROOTS = frozenset({"rss", "channel"}), frozenset({"RDF"}), frozenset({"feed"})


def read(root: Element) -> Iterator[Entry | Bad]:
    """The feed's entries; an entry without an identifier or a link has a digest for its uri.

    Raises
    ------
    NotReadable
        If the document is no feed, or an empty one.
    """
    name = local(root)
    make_one: Callable[[Element, Element], dict[str, Any]] = _atom
    if name == "feed":
        found = list(children(root, "entry", DELETED))
    else:
        make_one = _rss
        channel = root if name == "channel" else first(root, "channel")
        if channel is None and name != "RDF":
            raise NotReadable(f"a {name} document without a channel: no feed", line_of(root))
        found = [*children(channel, "item"), *children(None if channel is root else root, "item")]
    if not found:
        raise NotReadable("the feed has no entries", line_of(root))
    yield from items(found, lambda entry: make_one(entry, root))


def _own(entry: Element, *names: str) -> Element | None:
    """A child of the feed's own format, not of a module."""
    for child in children(entry, *names):
        space = child.tag[1:].partition("}")[0] if child.tag.startswith("{") else ""
        if not space.startswith(EXTENSIONS) or space == _space(entry):
            return child
    return None


def _space(element: Element) -> str:
    return element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""


def _rss(item: Element, root: Element) -> dict[str, Any]:
    channel = first(root, "channel") if local(root) != "channel" else root
    home = words(_own(channel, "link")) if channel is not None else ""
    link = _joined(home, words(_own(item, "link")))
    title = plain_line(words(_own(item, "title")) or words(item.find(f"{{{DC}}}title")))
    body = _rss_body(item)
    dates = (words(_own(item, "pubDate", "pubdate")), *(words(e) for e in item if e.tag in DATES))
    source = words(_own(channel, "title")) if channel is not None else ""
    spoken = words(item.find(f"{{{DC}}}language")) or _spoken(channel) or language(item)
    return make(
        uri=words(_own(item, "guid")) or attribute(item, ABOUT) or link or digest_uri("entry", home, title, body),
        format=f"RSS {attribute(root, 'version')}".strip() if local(root) == "rss" else "RSS 1.0",
        created=next((date for date in dates if to_rfc3339(date)), ""),
        type="text",
        language=spoken,
        headline=title,
        body=body,
        link=link,
        by=words(item.find(f"{{{DC}}}creator")) or words(_own(item, "author")),
        provider={"name": source} if source else None,
        sources=[words(_own(item, "source")) or words(item.find(f"{{{DC}}}source")), source],
        subjects=named(words(e) for e in children(item, "category", "subject")),
    )


def _spoken(channel: Element | None) -> str:
    return at(channel, "language") if channel is not None else ""


def moments(dated: str, changed: str) -> dict[str, str]:
    """Times of this version and of the first one. Without a change later than it, there is one date."""
    later = to_rfc3339(changed) > to_rfc3339(dated)
    return {"created": changed, "first": dated} if later and to_rfc3339(dated) else {"created": dated or changed}


def _rss_body(item: Element) -> str:
    """The full text where the feed has it, else the description."""
    markup = words_as_typed(item.find(f"{{{CONTENT}}}encoded"))
    inline = next((e for e in item if local(e) in ("body", "div") and "xhtml" in _space(e)), None)
    return (
        plain_text(markup)
        or (text_of(inline) if inline is not None else "")
        or _marked(_own(item, "description"))
        or _marked(item.find(f"{{{DC}}}description"))
        or _media(item, "description")
    )


def words_as_typed(element: Element | None) -> str:
    """All text in an element, white space as it is."""
    return "" if element is None else "".join(element.itertext())


def _marked(element: Element | None) -> str:
    """An element's text, HTML whether escaped or not."""
    if element is None:
        return ""
    return text_of(element) if len(element) else plain_text(words_as_typed(element))


def _media(entry: Element, name: str) -> str:
    """What Media RSS says of the entry; what stands inside a ``media:content`` describes a picture."""
    paths = (f"{{{MEDIA}}}{name}", f"{{{MEDIA}}}group/{{{MEDIA}}}{name}")
    return next((text for path in paths if (text := plain_text(words_as_typed(entry.find(path))))), "")


def _atom(entry: Element, feed: Element) -> dict[str, Any]:
    if local(entry) == DELETED:
        return _deleted(entry)
    link = _joined(_base(entry) or _link(feed), _link(entry))
    title = _text(_own(entry, "title")) or " ".join(_media(entry, "title").split())
    body = next((t for name in ("content", "summary") if (t := _text(_own(entry, name), prose=True))), "") or _media(
        entry, "description"
    )
    provider = _text(_own(feed, "title"))
    dated = words(_own(entry, "published", "issued", "created"))
    people = list(children(entry, "author")) or list(children(feed, "author"))
    return make(
        uri=words(_own(entry, "id")) or link or digest_uri("entry", _link(feed), title, body),
        format="Atom",
        **moments(dated, words(_own(entry, "updated", "modified"))),
        type="text",
        language=language(_own(entry, "content")) or language(entry),
        headline=title,
        body=body,
        link=link,
        by=", ".join(filter(None, (at(person, "name") for person in people))),
        provider={"name": provider} if provider else None,
        sources=[_text(first(entry, "source", "title")), provider],
        subjects=named(attribute(e, "label") or attribute(e, "term") for e in children(entry, "category")),
    )


def _deleted(entry: Element) -> dict[str, Any]:
    """RFC 6721's word that an entry is gone. It may come back: what is later than `when` counts again."""
    return make(
        uri=attribute(entry, "ref"), format="Atom", version="0", created=attribute(entry, "when"),
        status=PubStatus.CANCELED, type="text",
    )  # fmt: skip


def _text(element: Element | None, prose: bool = False) -> str:
    """An Atom text or content construct as plain text."""
    if element is None:
        return ""
    kind = attribute(element, "type").lower()
    if attribute(element, "src"):
        return ""
    if kind in ("xhtml", "application/xhtml+xml") or len(element):
        text = text_of(element)
    elif kind in ("html", "text/html") or (prose and kind != "text"):
        text = plain_text(words_as_typed(element))
    else:
        text = words_as_typed(element).strip()
    return text if prose else " ".join(text.split())


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
        base = _joined(base, part)
    return base


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link) if link else ""
    except ValueError:  # an address that is none
        return link
