"""Stores hold the rows of a table on this machine. The lasting record of the rows is the table's changelog topic.

A store keeps each partition apart and never deletes a row: a compacted changelog forgets deletions after a day, and a
copy on disk that missed one would keep the row for ever. Rows no longer needed are overwritten by smaller ones.
"""

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from faust.stores.base import Store as FaustStore

GROUP_ENDS = b"\0"
"""Ends the group in a key. Rows of one group are read together."""


class Store(FaustStore):
    """What a table and Faust need of a store."""

    @abstractmethod
    def read(self, partition: int, key: bytes) -> bytes | None:
        """The value of a key; None where there is none."""

    @abstractmethod
    def group(self, partition: int, group: bytes) -> dict[bytes, bytes]:
        """The rows whose keys begin with the group and its end."""

    @abstractmethod
    def groups(self) -> Iterable[Sequence[bytes]]:
        """The current values of each group in all partitions, whatever is written afterwards."""

    @abstractmethod
    def write(self, partition: int, values: Mapping[bytes, bytes], offset: int) -> None:
        """Write rows that the changelog holds up to the offset."""

    @abstractmethod
    def partitions(self) -> Iterable[int]:
        """The open partitions."""

    @abstractmethod
    def forget(self, partition: int) -> None:
        """Close a partition that another worker has now."""

    def apply_changelog_batch(self, batch: Iterable[Any], to_key: Any, to_value: Any) -> None:
        """Write what the recovery has read."""
        values: dict[int, dict[bytes, bytes]] = {}
        offsets: dict[int, int] = {}
        for event in batch:
            message = event.message
            values.setdefault(message.partition, {})[message.key] = message.value
            offsets[message.partition] = message.offset
        for partition, rows in values.items():
            self.write(partition, rows, offsets[partition])

    async def on_rebalance(self, assigned: Any, revoked: Any, newly_assigned: Any, generation_id: int = 0) -> None:
        """Close what was lost."""
        for partition in self._of_ours(revoked):
            self.forget(partition)

    async def on_recovery_completed(self, active_tps: Any, standby_tps: Any) -> None:
        """Close what was lost."""
        kept = self._of_ours((*active_tps, *standby_tps))
        for partition in set(self.partitions()) - kept:
            self.forget(partition)

    def reset_state(self) -> None:
        """Close all."""
        for partition in [*self.partitions()]:
            self.forget(partition)

    async def backup_partition(self, tp: Any, flush: bool = True, purge: bool = False, keep: int = 1) -> None:
        """None is made: the changelog is the record."""

    def restore_backup(self, tp: Any, latest: bool = True, backup_id: int = 0) -> None:
        """None is made: the changelog is the record."""

    def _of_ours(self, partitions: Iterable[Any]) -> set[int]:
        return {tp.partition for tp in partitions if tp.topic in self.table.changelog_topic.topics}


class MemoryStore(Store):
    """Rows in memory, read again from the changelog at each start."""

    def __post_init__(self) -> None:
        self._partitions: dict[int, dict[bytes, dict[bytes, bytes]]] = {}
        self._offsets: dict[int, int] = {}

    def read(self, partition: int, key: bytes) -> bytes | None:
        """The value of a key; None where there is none."""
        return self._partitions.get(partition, {}).get(group_of(key), {}).get(key)

    def group(self, partition: int, group: bytes) -> dict[bytes, bytes]:
        """The rows whose keys begin with the group and its end."""
        return dict(self._partitions.get(partition, {}).get(group, {}))

    def groups(self) -> Iterable[Sequence[bytes]]:
        """The values of each group of all partitions, as they stand now."""
        return [[*rows.values()] for groups in self._partitions.values() for rows in groups.values()]

    def write(self, partition: int, values: Mapping[bytes, bytes], offset: int) -> None:
        """Take in rows that the changelog holds up to the offset."""
        groups = self._partitions.setdefault(partition, {})
        for key, value in values.items():
            groups.setdefault(group_of(key), {})[key] = value
        self._offsets[partition] = offset

    def partitions(self) -> Iterable[int]:
        """The partitions with rows."""
        return self._partitions

    def forget(self, partition: int) -> None:
        """Drop the rows of a partition."""
        self._partitions.pop(partition, None)
        self._offsets.pop(partition, None)

    def persisted_offset(self, tp: Any) -> int | None:
        """The offset up to which the rows in memory hold the changelog."""
        return self._offsets.get(tp.partition)


def group_of(key: bytes) -> bytes:
    """The group of a key. Each key without one is a group of its own, with a name that no group can have."""
    group, ends, _ = key.partition(GROUP_ENDS)
    return group if ends else GROUP_ENDS
