"""What of a polled feed is new: entries have no versions, and many no date.

An entry that was sent is not sent again. One whose words have changed while its dates have not is a
new version of the moment at which the change was seen; one without a date is of the moment at which
it was first seen. What was seen is kept from poll to poll; without it, everything is sent once
more, which changes nothing but the dates of those two kinds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any

import orjson

from streams.feeds.documents import Document

KEPT_DIGESTS = 20
"""Of one entry: two entries under one identifier would else be news in turns for ever."""
GONE_AFTER = 100
"""Polls for which an entry that is no longer in the feed is remembered."""


@dataclass(slots=True)
class SeenEntry:
    """What was seen of an entry.

    Attributes
    ----------
    digests
        Of all that it has said, the latest last.
    published, version
        The times of its first and of its latest version.
    missed
        For how many polls it has not been in the feed.
    """

    published: str
    version: str
    digests: list[str] = field(default_factory=list)
    missed: int = 0


Seen = dict[str, SeenEntry]


def news(documents: Iterable[Document], seen: Seen, now: str) -> Iterator[Document]:
    """The documents that say something new, as they are to be sent; `seen` is brought up to date.

    Parameters
    ----------
    now
        The moment of the poll, in RFC 3339.
    """
    for entry in seen.values():
        entry.missed += 1
    for document in documents:
        uri, digest = document.uri, _digest(document.ninjs)
        created = document.ninjs.get("versionCreated", "")
        known = seen.get(uri)
        if known is None:
            dates = {"versionCreated": created or now}
            known = seen[uri] = SeenEntry(document.ninjs.get("firstCreated") or dates["versionCreated"], "")
        elif digest in known.digests:
            known.missed = 0
            continue
        else:
            dates = {"versionCreated": created if created > known.version else now, "firstCreated": known.published}
        known.missed, known.version = 0, dates["versionCreated"]
        known.digests = [*known.digests, digest][-KEPT_DIGESTS:]
        made = {**document.ninjs, **dates}
        yield replace(document, ninjs=made, value=orjson.dumps(made))
    for uri in [uri for uri, entry in seen.items() if entry.missed > GONE_AFTER]:
        del seen[uri]


def _digest(ninjs: dict[str, Any]) -> str:
    """What an entry says, and nothing that a publisher touches without changing it."""
    told = [ninjs.get(name) for name in ("headlines", "bodies", "pubStatus", "language", "version")]
    return blake2b(orjson.dumps(told), digest_size=8).hexdigest()
