"""Rejections: the records in ``news.rejected``, which of them were put back, and which a retry would put back."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from streams.carried_headers import Headers
from streams.codecs import LEFT

RETRIED = "retried"
"""Header of a mark in ``news.rejected``: the offset there of the record that was put back."""

RETRIED_FROM = "retried-from"
"""Header of a record that was put back: the topic, partition and offset of its rejection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A record of ``news.rejected``.

    Attributes
    ----------
    offset
        Its own in ``news.rejected``.
    at
        When it was rejected.
    headers
        Why, at which stage, and from where: ``topic``, ``partition`` and ``offset``, or the ``source`` of a feed.
    retried
        When it was last put back; None if never.
    """

    offset: int
    at: datetime
    key: bytes | None
    value: bytes | None
    headers: Mapping[str, str] = field(default_factory=dict)
    retried: datetime | None = None

    @property
    def place(self) -> tuple[str, int, int] | None:
        """The topic, partition and offset from which it came; None if it came from no topic."""
        try:
            return self.headers["topic"], int(self.headers["partition"]), int(self.headers["offset"])
        except (KeyError, ValueError):
            return None

    @property
    def left(self) -> int:
        """The size of a record too large to be copied here; 0 if it is copied."""
        size = self.headers.get(LEFT, "")
        return int(size) if size.isascii() and size.isdigit() else 0


def rejections(records: Iterable[tuple[int, int, bytes | None, bytes | None, Headers]]) -> list[Rejected]:
    """The rejected records in order, each with the time when it was put back.

    Parameters
    ----------
    records
        The records of ``news.rejected`` in order: offset, timestamp, key, value, headers.
    """
    found: dict[int, Rejected] = {}
    for offset, timestamp, key, value, headers in records:
        texts = {name: data.decode("utf8", "replace") for name, data in headers}
        at = datetime.fromtimestamp(timestamp / 1000, UTC)
        mark = texts.get(RETRIED)
        if mark is None:
            found[offset] = Rejected(offset=offset, at=at, key=key, value=value, headers=texts)
        elif mark.isascii() and mark.isdigit() and int(mark) in found:
            found[int(mark)] = replace(found[int(mark)], retried=at)
    return list(found.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedRejections:
    """The conditions for what a retry puts back.

    Attributes
    ----------
    stage, topic
        The stage that rejected it, and the topic from which it came.
    reason
        Words of the reason, in any case.
    again
        Whether to put back also what was put back before.
    prefix
        The prefix of the topics' names on the broker.
    """

    stage: str = ""
    reason: str = ""
    topic: str = ""
    again: bool = False
    prefix: str = ""

    def keeps(self, rejected: Rejected, topics: Iterable[str]) -> str:
        """Why a record stays, in words that complete "3 …"; empty if it is put back.

        Parameters
        ----------
        topics
            Names on the broker of the topics to which records are put back.
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
    """The records to put back, and how many stay for which reason."""
    known = frozenset(topics)
    back, stay = [], Counter[str]()
    for rejected in found:
        why = wanted.keeps(rejected, known)
        if why:
            stay[why] += 1
        else:
            back.append(rejected)
    return back, stay
