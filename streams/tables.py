"""Tables: the state of the agents, kept in a store and in changelog topics."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import faust

from streams.rocks import Rocks, RocksStore
from streams.settings import Settings
from streams.stores import MemoryStore, Store


class AckedTable(faust.Table):
    """A table whose changelog the broker has acknowledged before the value counts.

    Faust's own tables only queue the changelog record. A refused one is a line in the log, and the
    offset of its event is committed all the same: the state would be lost unnoticed.

    In an agent's handler all keys belong to the partition of the event at hand; elsewhere the partition is named.

    Parameters
    ----------
    settings
        To reach the broker with.
    rocks
        Where the rows are on disk; None to keep them in memory.
    """

    def __init__(self, *args: Any, settings: Settings, rocks: Rocks | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.settings = settings
        self._rocks = rocks

    async def put(self, key: bytes, value: bytes) -> None:
        """Set a key."""
        await self.put_all({key: value})

    async def put_all(self, values: Mapping[bytes, bytes], partition: int | None = None) -> None:
        """Set some keys. A crash may leave any of them set, and the others not."""
        if not values:
            return
        partition = self._here() if partition is None else partition
        sent = [await self.changelog_topic.send(key=k, value=v, partition=partition) for k, v in values.items()]
        told = await asyncio.gather(*sent)
        self._store_here.write(partition, values, max(each.offset for each in told))

    def read(self, key: bytes) -> bytes | None:
        """The value of a key; None where there is none."""
        return self._store_here.read(self._here(), key)

    def group(self, group: bytes, partition: int | None = None) -> dict[bytes, bytes]:
        """The rows whose keys begin with the group and its end."""
        return self._store_here.group(self._here() if partition is None else partition, group)

    def groups(self) -> Iterable[Sequence[bytes]]:
        """The values of each group of this worker's partitions, as they stand now."""
        return self._store_here.groups()

    def _here(self) -> int:
        partition: int = self.partition_for_key(None)
        return partition

    @property
    def _store_here(self) -> Store:
        store: Store = self.data
        return store

    def _new_store(self) -> Store:
        url = "memory://" if self._rocks is None else "rocksdb://"
        given = (url, self.app, self)
        options = {"table_name": self.name, "loop": self.loop}
        return RocksStore(*given, rocks=self._rocks, **options) if self._rocks else MemoryStore(*given, **options)
