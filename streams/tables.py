"""Tables: the state of the agents, kept in memory and in changelog topics."""

from typing import Any

import faust

ITEM_TABLE = "items"
SUBJECT_TABLE = "subjects"
CLAIM_TABLE = "claims"
CHANGELOGS = (ITEM_TABLE, SUBJECT_TABLE, CLAIM_TABLE)
"""The tables, whose changelog topics are made beside the table of topics."""


class AckedTable(faust.Table):
    """A table whose changelog the broker has acknowledged before the value counts.

    Faust's own tables only queue the changelog record. A refused one is a line in the log, and the
    offset of its event is committed all the same: the state would be lost unnoticed.
    """

    async def put(self, key: bytes, value: bytes) -> None:
        """Set a key, in an agent's handler: it belongs to the partition of the event at hand."""
        partition = self.partition_for_key(key)
        await (await self.changelog_topic.send(key=key, value=value, partition=partition))
        store: Any = self.data
        store.data[key] = value
        # Faust notes the partition of recovered keys only; without it a key written here would
        # outlive the loss of its partition.
        store._key_partition[key] = partition

    def read(self, key: bytes) -> bytes | None:
        """The value of a key; None where there is none."""
        value: bytes | None = self.data.data.get(key)
        return value

    def rows(self) -> dict[bytes, bytes]:
        """All keys of this worker's partitions, with their values."""
        rows: dict[bytes, bytes] = self.data.data
        return rows
