"""Identity: one name for all versions of an item, and for no other item.

The ledger identifies items by the uri. If that does not do, `claimwire.item` overrides it: if the uri is no URI and so
is unique only in its feed, if it names only one version, or if a feed gives it to several items.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:\S+")
"""A scheme has at least two letters, so that "a:1" is a private id."""
TIME = re.compile(r"\d{8}[T_]\d{4,6}|\d{4}-\d\d-\d\dT\d\d")
NEWSML = re.compile(r"(urn:newsml:[^:]+:[^:]+:[^:]+):0*(\d+)[A-Z]?", re.I)
"""RFC 3085: provider, date and item, then the revision."""
MARKED = re.compile(r"(.+?)[:;/_.?&-](?:v|ver|version|rev|revision)[=:._/-]?0*(\d+)", re.I)
BEHIND_A_TIME = re.compile(r"(.+?)[:_-]0*(\d+)")


def lasting(uri: str, version: str, feed: str, *others: str) -> str:
    """The name of the item if its uri does not do, else empty.

    Parameters
    ----------
    feed
        The owner of the identifiers: a feed's address or name, or a provider.
    others
        Other identifiers of the item in all its versions, if any; the first one counts.
    """
    stem = _stem(uri, version)
    name = next(filter(None, others), stem) if stem and TIME.search(stem) else stem
    return _of_feed(name or uri, feed) or name


def _stem(uri: str, version: str) -> str:
    """The uri without the version at its end; empty if it has none."""
    number = version.lstrip("0")
    ways = (NEWSML, MARKED, *([BEHIND_A_TIME] if TIME.search(uri) else []))
    found = (way.fullmatch(uri) for way in ways)
    return next((f[1] for f in found if f and f[2] == number), "")


def _of_feed(name: str, feed: str) -> str:
    """An id that is no URI, with its feed before it."""
    return "" if URI.fullmatch(name) or not (feed and name) else f"{feed}#{name}"


def shared(entries: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Identifiers that a document gives to entries with different links. Such entries are named by their links."""
    links = defaultdict(set)
    for identifier, link in entries:
        links[identifier].add(link)
    return frozenset(identifier for identifier, found in links.items() if len(found - {""}) > 1)
