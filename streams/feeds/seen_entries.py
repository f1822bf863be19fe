"""Seen entries: which entries of a polled feed are new, since they have no versions and often no date.

An entry is not sent twice. If its words change but its dates do not, it is a new version dated when
the change was seen. An entry without a date is dated when it was first seen. The seen entries are
kept from poll to poll. Without them, everything is sent once more, which changes only the dates of
these two kinds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any

import orjson

from streams.feeds.documents import Document

KEPT_DIGESTS = 20
"""Digests kept of one entry. With one, two entries under one identifier would be news in turns for ever."""
GONE_AFTER = 100
"""Polls for which an entry is remembered after it has left the feed."""


@dataclass(slots=True)
class SeenEntry:
    """The seen versions of an entry.

    Attributes
    ----------
    digests
        Of its latest contents, the latest last.
    published, version
        The times of its first and its latest version.
    missed
        The number of polls since it was last in the feed.
    """

    published: str
    version: str
    digests: list[str] = field(default_factory=list)
    missed: int = 0


Seen = dict[str, SeenEntry]


def news(documents: Iterable[Document], seen: Seen, now: str) -> Iterator[Document]:
    """The documents that are new, with their dates set; updates `seen`.

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
    """A digest of what an entry says, without properties that publishers touch when nothing changes."""
    content = [ninjs.get(name) for name in ("headlines", "bodies", "pubStatus", "language", "version")]
    return blake2b(orjson.dumps(content), digest_size=8).hexdigest()
