"""Arrival order: records of several partitions in the order in which the broker took them, also while catching up."""

import heapq
from collections import deque
from collections.abc import Collection, Iterable

from board.projection import LedgerRecord


class ArrivalOrder:
    """Puts the partitions of a topic together by the time of their records.

    A partition that has more to come holds the others up until that is here, so whoever reads it all once more puts
    it together the same way. Records of one partition keep their order.

    Parameters
    ----------
    most
        Records of a partition that wait at most; one that holds so many is `full`.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._waiting: dict[int, deque[LedgerRecord]] = {}

    def add(self, records: Iterable[LedgerRecord]) -> None:
        """Take records in, those of each partition in their order."""
        for record in records:
            self._waiting.setdefault(record.partition, deque()).append(record)

    def full(self, partition: int) -> bool:
        """Whether no more of a partition should be read for now."""
        return len(self._waiting.get(partition, ())) >= self._most

    def holds(self, partition: int) -> bool:
        """Whether records of a partition wait."""
        return bool(self._waiting.get(partition))

    def take(self, behind: Collection[int]) -> list[LedgerRecord]:
        """The records before which no other one can come.

        Parameters
        ----------
        behind
            Partitions of which more is on the broker than was taken in.
        """
        if any(not self.holds(partition) for partition in behind):
            return []
        heads = [(held[0].at, partition) for partition, held in self._waiting.items() if held]
        heapq.heapify(heads)
        found = []
        while heads:
            _, partition = heapq.heappop(heads)
            held = self._waiting[partition]
            found.append(held.popleft())
            if held:
                heapq.heappush(heads, (held[0].at, partition))
            elif partition in behind:
                break
        return found
