"""Rejections: what stands in ``news.rejected``, what of it was put back, and what a retry would put back."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from streams.carried_headers import Headers
from streams.codecs import LEFT

RETRIED = "retried"
"""Header of a mark in ``news.rejected``: the offset there of the record that was put back."""

RETRIED_FROM = "retried-from"
"""Header of a record that was put back: the topic, partition and offset at which it stood as rejected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A record of ``news.rejected``.

    Attributes
    ----------
    offset
        Its own, there.
    at
        When it was rejected.
    headers
        Why, at which stage, and where it stood: ``topic``, ``partition`` and ``offset``, or the ``source`` of a feed.
    retried
        When it was last put back; None where it never was.
    """

    offset: int
    at: datetime
    key: bytes | None
    value: bytes | None
    headers: Mapping[str, str] = field(default_factory=dict)
    retried: datetime | None = None

    @property
    def place(self) -> tuple[str, int, int] | None:
        """Topic, partition and offset at which it stood; None for what no topic held."""
        try:
            return self.headers["topic"], int(self.headers["partition"]), int(self.headers["offset"])
        except (KeyError, ValueError):
            return None

    @property
    def left(self) -> int:
        """Bytes that were too many to be copied, and are only where it stood; 0 where it is copied."""
        size = self.headers.get(LEFT, "")
        return int(size) if size.isascii() and size.isdigit() else 0


def rejections(records: Iterable[tuple[int, int, bytes | None, bytes | None, Headers]]) -> list[Rejected]:
    """What was rejected, in order, each with when it was put back.

    Parameters
    ----------
    records
        Of ``news.rejected``, in order: offset, timestamp, key, value, headers.
    """
    found: dict[int, Rejected] = {}
    for offset, timestamp, key, value, headers in records:
        told = {name: data.decode("utf8", "replace") for name, data in headers}
        at = datetime.fromtimestamp(timestamp / 1000, UTC)
        mark = told.get(RETRIED)
        if mark is None:
            found[offset] = Rejected(offset=offset, at=at, key=key, value=value, headers=told)
        elif mark.isascii() and mark.isdigit() and int(mark) in found:
            found[int(mark)] = replace(found[int(mark)], retried=at)
    return list(found.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedRejections:
    """What a retry is to put back: all of it that no condition here keeps out.

    Attributes
    ----------
    stage, topic
        The stage that rejected it, the topic that it came from.
    reason
        Words of the reason, in capitals or not.
    again
        Whether also what was put back before.
    prefix
        That the names of the topics have on the broker.
    """

    stage: str = ""
    reason: str = ""
    topic: str = ""
    again: bool = False
    prefix: str = ""

    def keeps(self, rejected: Rejected, topics: Iterable[str]) -> str:
        """Why a record stays where it is, in words that complete "3 …"; empty where it is put back.

        Parameters
        ----------
        topics
            Names on the broker of the topics that records are put back to.
        """
        h = rejected.headers
        other = (
            (self.stage and h.get("stage") != self.stage)
            or (self.topic and h.get("topic") not in (self.topic, self.prefix + self.topic))
            or self.reason.casefold() not in h.get("reason", "").casefold()
        )
        if other:
            return "not asked for"
        if rejected.place is None:
            return "from a feed: feed the files in again"
        if rejected.place[0] not in topics:
            return "from a topic of another prefix"
        if rejected.retried and not self.again:
            return "put back before: --again"
        return ""


def chosen(
    found: Iterable[Rejected], wanted: WantedRejections, topics: Iterable[str]
) -> tuple[list[Rejected], Counter[str]]:
    """What is to be put back, and how many stay for which reason."""
    known = frozenset(topics)
    back, stay = [], Counter[str]()
    for rejected in found:
        why = wanted.keeps(rejected, known)
        if why:
            stay[why] += 1
        else:
            back.append(rejected)
    return back, stay
