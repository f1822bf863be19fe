"""Tables: the state of the agents, kept in a store and in changelog topics."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import faust

from streams.engine.rocksdb_store import Rocks, RocksStore
from streams.engine.stores import MemoryStore, Store
from streams.settings import Settings

Rows = Mapping[int, Mapping[bytes, bytes]]
"""Values by key, by partition."""


def by_partition(rows: Mapping[tuple[int, bytes], bytes]) -> dict[int, dict[bytes, bytes]]:
    """Rows whose keys name their partition, as a table takes them."""
    found: dict[int, dict[bytes, bytes]] = {}
    for (partition, key), value in rows.items():
        found.setdefault(partition, {})[key] = value
    return found


class AckedTable(faust.Table):
    """A table whose changelog the broker has acknowledged before the value counts.

    Faust's own tables only queue the changelog record. A refused one is a line in the log, and the
    offset of its event is committed all the same: the state would be lost unnoticed.

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

    async def put_all(self, rows: Rows) -> None:
        """Set some keys, by partition. A crash may leave any of them set, and the others not."""
        topic = self.changelog_topic
        rows = {partition: each for partition, each in rows.items() if each}
        sent = {p: [await topic.send(key=k, value=v, partition=p) for k, v in each.items()] for p, each in rows.items()}
        for partition, waited in sent.items():
            told = await asyncio.gather(*waited)
            self._store_here.write(partition, rows[partition], max(each.offset for each in told))

    def read(self, partition: int, key: bytes) -> bytes | None:
        """The value of a key; None where there is none."""
        return self._store_here.read(partition, key)

    def group(self, partition: int, group: bytes) -> dict[bytes, bytes]:
        """The rows whose keys begin with the group and its end."""
        return self._store_here.group(partition, group)

    def groups(self) -> Iterable[Sequence[bytes]]:
        """The values of each group of this worker's partitions, as they stand now."""
        return self._store_here.groups()

    @property
    def _store_here(self) -> Store:
        store: Store = self.data
        return store

    def _new_store(self) -> Store:
        url = "memory://" if self._rocks is None else "rocksdb://"
        given = (url, self.app, self)
        options = {"table_name": self.name, "loop": self.loop}
        return RocksStore(*given, rocks=self._rocks, **options) if self._rocks else MemoryStore(*given, **options)
