"""The stream's steps over partitions in memory: records overtake each other wherever Kafka lets them."""

import zlib
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

from claimwire import Item
from claimwire.claim_state import ClaimState, Row
from claimwire.claims import ClaimChange, by_claim
from claimwire.judging import judge
from claimwire.linking import SubjectLinks
from claimwire.snapshots import snapshot
from claimwire.status_events import StatusChanged
from claimwire.subject_updates import finishing, journal, of_journal, saves, take
from claimwire.verdicts import Verdict
from claimwire.versions import Known, SubjectChange, revise
from tests.unit.builders import extracted

EXTRACT, LINK, JUDGE = "extract", "link", "judge"

VERDICTS = -1
"""Where verdicts come from, as those of a topic of their own. What `judge` sends to itself comes from below that."""


class Partitions:
    """As many partitions of each topic, read in an order that chance decides.

    What one partition sends to another arrives in the order in which it was sent; nothing else does.

    Parameters
    ----------
    restarts
        Chance that a worker is killed between two writes of a record: its links are lost and restored from their
        rows, and the record is taken once more.

    Attributes
    ----------
    told
        The status changes, in the order in which they were told.
    """

    def __init__(self, number: int, random: Random, restarts: float = 0.0) -> None:
        self._number = number
        self._random = random
        self._restarts = restarts
        self._queues: dict[tuple[str, int, int], deque[Any]] = defaultdict(deque)
        self._known: dict[str, Known] = {}
        self._links: dict[str, SubjectLinks] = {}
        self._rows: dict[str, dict[str, Any]] = defaultdict(dict)
        self._held: dict[str, dict[str, Row]] = defaultdict(dict)
        self.told: list[StatusChanged] = []

    def run(self, items: Iterable[Item], verdicts: Iterable[Verdict] = ()) -> None:
        """Take items and verdicts in, and all that follows from them."""
        for version in items:
            self._send(EXTRACT, 0, version.uri, version)
        for verdict in verdicts:
            self._send(JUDGE, VERDICTS, verdict.claim, verdict)
        while waiting := [key for key, queue in self._queues.items() if queue]:
            topic, source, partition = self._random.choice(waiting)
            queue = self._queues[topic, source, partition]
            for _ in range(min(len(queue), self._random.choice((1, 5, 50)))):
                self._take(topic, partition, queue.popleft())

    def claims(self) -> list[dict[str, Any]]:
        """The snapshots, in the order of their ids."""
        found = (snapshot(ClaimState.restored(claim, held)) for claim, held in sorted(self._held.items()))
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
            while not self._link(partition, value):
                self._restart(value.subject)
        else:
            held = self._held[value.claim]
            while not self._judge(partition, held, value):
                pass

    def _judge(self, partition: int, held: dict[str, Row], change: ClaimChange | Verdict) -> bool:
        """Take a claim change or a verdict in; whether the worker lived to see its end."""
        judgement = judge(ClaimState.restored(change.claim, dict(held)), change)
        if judgement.event:
            self.told.append(judgement.event)
        for onward in judgement.onward:
            self._send(JUDGE, -2 - partition, onward.claim, onward)
        for key in judgement.kept:
            if self._random.random() < self._restarts:
                return False
            held[key] = judgement.state.row(key)
        return True

    def _link(self, partition: int, change: SubjectChange) -> bool:
        """Take a subject change in; whether the worker lived to see its end."""
        if change.subject not in self._links:
            self._restart(change.subject)
        links, rows = self._links[change.subject], self._rows[change.subject]
        taken = take(links, [change], {id: row for id, row in rows.items() if not of_journal(id)})
        for claim in by_claim(taken.told):
            self._send(JUDGE, partition, claim.claim, claim)
        for writes in saves(taken.rows):
            for id, row in writes.items():
                if self._random.random() < self._restarts:
                    return False
                rows[id] = row
        return True

    def _restart(self, subject: str) -> None:
        rows = self._rows[subject]
        for writes in finishing(journal(rows)):
            rows.update(writes)
        self._links[subject] = SubjectLinks(subject)
        self._links[subject].restore({id: row for id, row in rows.items() if not of_journal(id) and row.statement})


def split(items: Sequence[Item], number: int) -> list[Item]:
    """Items one after another, as so many partitions of their uris give them when each is read to its end."""
    return sorted(items, key=lambda version: zlib.crc32(version.uri.encode()) % number)
