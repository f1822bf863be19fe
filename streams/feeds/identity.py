"""What all versions of an item are called, and no other item is.

The ledger goes by the uri. Where the uri cannot be trusted for that, `claimwire.item` stands beside it: where it is no
URI and so holds in its own feed only, where it names one version only, and where a feed gives it to several items.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:\S+")
"""A scheme of two letters at least, so that "a:1" is an id of somebody's own."""
TIME = re.compile(r"\d{8}[T_]\d{4,6}|\d{4}-\d\d-\d\dT\d\d")
NEWSML = re.compile(r"(urn:newsml:[^:]+:[^:]+:[^:]+):0*(\d+)[A-Z]?", re.I)
"""RFC 3085: provider, date and item, then the revision."""
MARKED = re.compile(r"(.+?)[:;/_.?&-](?:v|ver|version|rev|revision)[=:._/-]?0*(\d+)", re.I)
BEHIND_A_TIME = re.compile(r"(.+?)[:_-]0*(\d+)")


def lasting(uri: str, version: str, feed: str, *others: str) -> str:
    """What the item is called where its uri does not do: empty where it does.

    Parameters
    ----------
    feed
        Whose identifiers they are: a feed's address or name, or a provider.
    others
        What else identifies the item in all its versions, if it has that: the first one counts.
    """
    stem = _stem(uri, version)
    name = next(filter(None, others), stem) if stem and TIME.search(stem) else stem
    return _of_feed(name or uri, feed) or name


def _stem(uri: str, version: str) -> str:
    """The uri without the version that it ends in."""
    number = version.lstrip("0")
    ways = (NEWSML, MARKED, *([BEHIND_A_TIME] if TIME.search(uri) else []))
    found = (way.fullmatch(uri) for way in ways)
    return next((f[1] for f in found if f and f[2] == number), "")


def _of_feed(name: str, feed: str) -> str:
    """An id that is no URI, with its feed before it."""
    return "" if URI.fullmatch(name) or not (feed and name) else f"{feed}#{name}"


def shared(entries: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Identifiers that a document gives to entries with different links: each of them is called by its link."""
    links = defaultdict(set)
    for identifier, link in entries:
        links[identifier].add(link)
    return frozenset(identifier for identifier, found in links.items() if len(found - {""}) > 1)
