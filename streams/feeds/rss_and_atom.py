"""What RSS and Atom share: modules, links, and the names of dates and outlets."""

import re
from urllib.parse import urljoin

from streams.feeds.dates import to_rfc3339
from streams.feeds.markup import plain_text
from streams.feeds.xml import Element, children

CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
ATOM_1 = "http://www.w3.org/2005/Atom"
TERMS = "http://purl.org/dc/terms/"
MODULES = (
    CONTENT, DC, MEDIA, ATOM_1, TERMS, "http://purl.org/atom/", "http://www.itunes.com/", "http://www.google.com/",
    "http://rssnamespace.org/", "http://web.resource.org/",
)  # fmt: skip
"""Modules. Their elements are not the feed's own, although they may have the same names."""
DATES = frozenset({f"{{{DC}}}date", f"{{{TERMS}}}issued", f"{{{TERMS}}}created", f"{{{ATOM_1}}}published"})
CHANGES = frozenset({f"{{{TERMS}}}modified", f"{{{ATOM_1}}}updated"})
"""Dates of modules: of an item without its own date, and of its latest change."""
SUFFIX = r"\s+[-–—|]\s+{}"


def own(entry: Element, *names: str) -> Element | None:
    """A child of the feed's own format, not of a module."""
    for child in children(entry, *names):
        space = _space(child)
        if not space.startswith(MODULES) or space == _space(entry):
            return child
    return None


def _space(element: Element) -> str:
    return element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""


def as_typed(element: Element | None) -> str:
    """All text in an element, with its white space."""
    return "" if element is None else "".join(element.itertext())


def media(entry: Element, name: str) -> str:
    """Media RSS's words on the entry, without those inside ``media:content``, which describe a picture."""
    paths = (f"{{{MEDIA}}}{name}", f"{{{MEDIA}}}group/{{{MEDIA}}}{name}")
    return next((text for path in paths if (text := plain_text(as_typed(entry.find(path))))), "")


def joined(base: str, link: str) -> str:
    """A link made absolute."""
    try:
        return urljoin(base, link) if link else ""
    except ValueError:  # no address
        return link


def moments(dated: str, *changes: str) -> dict[str, str]:
    """Times of this version and of the first one. Without a later change there is only one date."""
    changed = max(changes, key=to_rfc3339, default="")
    if not to_rfc3339(dated):
        return {"created": changed if to_rfc3339(changed) else dated or changed}
    later = to_rfc3339(changed) > to_rfc3339(dated)
    return {"created": changed, "first": dated} if later else {"created": dated}


def without_outlet(title: str, outlet: str) -> str:
    """A headline without the outlet's name at its end."""
    return re.sub(f"{SUFFIX.format(re.escape(outlet))}$", "", title) if outlet else title
