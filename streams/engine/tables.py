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
    """A table whose values count only once the broker has acknowledged the changelog.

    Faust's own tables only queue the changelog record. If the broker refuses it, Faust logs a line and
    commits the offset of its event all the same, so that the state would be lost unnoticed.

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
        """Set keys, by partition. A crash may leave some of them set and others not."""
        topic = self.changelog_topic
        rows = {partition: each for partition, each in rows.items() if each}
        sent = {p: [await topic.send(key=k, value=v, partition=p) for k, v in each.items()] for p, each in rows.items()}
        for partition, waited in sent.items():
            written = await asyncio.gather(*waited)
            self._store_here.write(partition, rows[partition], max(each.offset for each in written))

    def read(self, partition: int, key: bytes) -> bytes | None:
        """The value of a key, or None."""
        return self._store_here.read(partition, key)

    def group(self, partition: int, group: bytes) -> dict[bytes, bytes]:
        """The rows whose keys begin with the group and its end."""
        return self._store_here.group(partition, group)

    def groups(self) -> Iterable[Sequence[bytes]]:
        """The current values of each group in this worker's partitions."""
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
