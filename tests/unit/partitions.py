"""The stream's steps over partitions in memory: records overtake each other wherever Kafka lets them."""

import zlib
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

from claimwire import Item
from claimwire.claims import by_claim
from claimwire.judging import ClaimState, judge, snapshot
from claimwire.keeping import take
from claimwire.linking import SubjectLinks
from claimwire.linking.rows import SubjectRow
from claimwire.versions import Known, revise
from tests.unit.builders import extracted

EXTRACT, LINK, JUDGE = "extract", "link", "judge"


class Partitions:
    """As many partitions of each topic, read in an order that chance decides.

    What one partition sends to another arrives in the order in which it was sent; nothing else does.

    Parameters
    ----------
    restarts
        Chance that the links of a subject are lost before a record and restored from their table.
    """

    def __init__(self, number: int, random: Random, restarts: float = 0.0) -> None:
        self._number = number
        self._random = random
        self._restarts = restarts
        self._queues: dict[tuple[str, int, int], deque[Any]] = defaultdict(deque)
        self._known: dict[str, Known] = {}
        self._links: dict[str, SubjectLinks] = {}
        self._rows: dict[str, dict[str, SubjectRow]] = defaultdict(dict)
        self._claims: dict[str, ClaimState] = {}

    def run(self, items: Iterable[Item]) -> None:
        """Take items in, and all that follows from them."""
        for version in items:
            self._send(EXTRACT, 0, version.uri, version)
        while waiting := [key for key, queue in self._queues.items() if queue]:
            topic, source, partition = self._random.choice(waiting)
            queue = self._queues[topic, source, partition]
            for _ in range(min(len(queue), self._random.choice((1, 5, 50)))):
                self._take(topic, partition, queue.popleft())

    def claims(self) -> list[dict[str, Any]]:
        """The snapshots, in the order of their ids."""
        found = (snapshot(state) for _, state in sorted(self._claims.items()))
        return [claim for claim in found if claim]

    def _send(self, topic: str, source: int, key: str, value: Any) -> None:
        self._queues[topic, source, zlib.crc32(key.encode()) % self._number].append(value)

    def _take(self, topic: str, partition: int, value: Any) -> None:
        if topic == EXTRACT:
            self._known[value.uri], changes = revise(self._known.get(value.uri), value, extracted(value))
            for change in changes:
                if not change.of_a_record:
                    self._send(LINK, partition, change.subject, change)
        elif topic == LINK:
            links, rows = self._links_of(value.subject), self._rows[value.subject]
            taken = take(links, value, rows)
            rows |= taken.rows
            for claim in by_claim(taken.told):
                self._send(JUDGE, partition, claim.claim, claim)
        else:
            self._claims[value.claim] = judge(self._claims.get(value.claim) or ClaimState(id=value.claim), value).state

    def _links_of(self, subject: str) -> SubjectLinks:
        links = self._links.setdefault(subject, SubjectLinks(subject))
        if self._random.random() < self._restarts:
            links = self._links[subject] = SubjectLinks(subject)
            links.restore({id: row for id, row in self._rows[subject].items() if row.statement})
        return links


def split(items: Sequence[Item], number: int) -> list[Item]:
    """Items one after another, as so many partitions of their uris give them when each is read to its end."""
    return sorted(items, key=lambda version: zlib.crc32(version.uri.encode()) % number)
