"""RSS 0.9x to 2.0, RSS 1.0 (RDF) and Atom feeds.

They have no versions. If an entry comes again with other words, its date of change orders it, else
a digest of its content (``Item.order``).
"""

from collections.abc import Iterator
from functools import partial

from streams.feeds import atom, rss
from streams.feeds.documents import Bad, Entry, NotReadable
from streams.feeds.identity import shared
from streams.feeds.xml import Element, children, first, items, line_of, local

RSS, RDF, ATOM = "rss", "rdf", "atom"
RSS_ROOTS, RDF_ROOTS = frozenset({"rss", "channel"}), frozenset({"RDF"})
ATOM_ROOTS = frozenset({"feed", "entry"})


def read(root: Element) -> Iterator[Entry | Bad]:
    """The feed's entries, if any. An entry without identifier and link has a digest as its uri.

    Raises
    ------
    NotReadable
        If the document is no feed.
    """
    name = local(root)
    if name in ATOM_ROOTS:
        found = [root] if name == "entry" else list(children(root, "entry", atom.DELETED))
        many = shared((atom.identifier(entry), atom.link_of(entry, root)) for entry in found)
        yield from items(found, partial(atom.item, feed=root, many=many))
        return
    channel = root if name == "channel" else first(root, "channel")
    if channel is None and name != "RDF":
        raise NotReadable(f"a {name} document without a channel: no feed", line_of(root))
    found = [*children(channel, "item"), *children(None if channel is root else root, "item")]
    many = shared((rss.identifier(entry), rss.link_of(entry, channel)) for entry in found)
    yield from items(found, partial(rss.item, root=root, channel=channel, many=many))
