"""Arrival order: records of several partitions in the order in which the broker received them, even on catching up."""

import heapq
from collections import deque
from collections.abc import Collection, Iterable

from board.projection import LedgerRecord


class ArrivalOrder:
    """Merges the partitions of a topic by the time of their records.

    The others wait for a partition that has more records to come. So whoever reads all of them again merges them in the
    same way. Records of one partition keep their order.

    Parameters
    ----------
    most
        The most records of a partition that wait; a partition with so many is `full`.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._waiting: dict[int, deque[LedgerRecord]] = {}

    def add(self, records: Iterable[LedgerRecord]) -> None:
        """Add records, those of each partition in their order."""
        for record in records:
            self._waiting.setdefault(record.partition, deque()).append(record)

    def full(self, partition: int) -> bool:
        """Whether to read no more of a partition for now."""
        return len(self._waiting.get(partition, ())) >= self._most

    def holds(self, partition: int) -> bool:
        """Whether records of a partition wait."""
        return bool(self._waiting.get(partition))

    def take(self, behind: Collection[int]) -> list[LedgerRecord]:
        """Take out the records before which no other record can come.

        Parameters
        ----------
        behind
            Partitions of which the broker has more records than were added.
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
