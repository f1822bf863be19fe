"""RocksDB: rows on disk, for state larger than memory. All tables share one bound on memory."""

import fcntl
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import IO, Any

from streams.engine.stores import GROUP_ENDS, Store, group_of
from streams.errors import SettingsInvalid, StateUnusable
from streams.extras import installing

try:
    import rocksdict
except ImportError:  # an extra
    rocksdict = None  # type: ignore[assignment]

OFFSET = GROUP_ENDS + b"offset"
"""Key for the offset up to which a partition holds its changelog. No group has an empty name."""

SHARE_OF_WRITES = 4
"""One in so many bytes of the bound is for rows not yet on disk."""

MB = 1024 * 1024
OPEN_FILES = 500


class Rocks:
    """The place of a worker's rows on disk, and the memory that its tables share.

    Each worker of an application on a machine takes the first place that no other one holds.

    Parameters
    ----------
    folder
        Of the application's state.
    cache_mb
        The bound on memory.

    Raises
    ------
    SettingsInvalid
        If rocksdict is not installed.
    StateUnusable
        If the folder cannot be used.
    """

    def __init__(self, folder: Path, cache_mb: int) -> None:
        if rocksdict is None:
            raise SettingsInvalid(
                f"CLAIMWIRE_STORE=rocksdb needs rocksdict: {installing('rocksdb')}. Or set it to memory."
            )
        try:
            self.place, self._lock = _first_free(folder)
        except OSError as error:
            raise StateUnusable(
                f"the state cannot be kept in {folder}: {error.strerror or error}. Make it writable, or name another "
                f"folder in CLAIMWIRE_HOME."
            ) from None
        self._cache = rocksdict.Cache(cache_mb * MB)
        self._writes = rocksdict.WriteBufferManager.new_write_buffer_manager_with_cache(
            cache_mb * MB // SHARE_OF_WRITES, False, self._cache
        )

    def close(self) -> None:
        """Leave the place to another worker, as the end of the process also does."""
        self._lock.close()

    def open(self, name: str) -> Any:
        """A database in this place."""
        options = rocksdict.Options(raw_mode=True)
        options.create_if_missing(True)
        options.set_max_open_files(OPEN_FILES)
        options.set_write_buffer_manager(self._writes)
        blocks = rocksdict.BlockBasedOptions()
        blocks.set_block_cache(self._cache)
        blocks.set_cache_index_and_filter_blocks(True)
        blocks.set_bloom_filter(10, False)
        options.set_block_based_table_factory(blocks)
        options.set_keep_log_file_num(2)
        path = self.place / name
        try:
            return rocksdict.Rdict(str(path), options=options)
        except Exception as error:  # rocksdict raises nothing more specific
            raise StateUnusable(
                f"{path} cannot be opened: {error}. Remove it: the worker reads its state again from the changelog."
            ) from None


def _first_free(folder: Path) -> tuple[Path, IO[str]]:
    """The first place that no other worker holds, with the lock on it. The end of the process frees it."""
    for number in count():
        place = folder / str(number)
        place.mkdir(parents=True, exist_ok=True)
        lock = (place / "lock").open("w")
        with suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return place, lock
        lock.close()
    raise AssertionError  # never: there is always a next number


class RocksStore(Store):
    """Rows on disk: a database for each partition, which holds the offset of its changelog with the rows."""

    def __init__(self, *args: Any, rocks: Rocks, **options: Any) -> None:
        super().__init__(*args, **options)
        self._rocks = rocks
        self._open: dict[int, Any] = {}
        self._walks: dict[int, Any] = {}

    def read(self, partition: int, key: bytes) -> bytes | None:
        """The value of a key, or None."""
        value: bytes | None = self._partition(partition).get(key)
        return value

    def group(self, partition: int, group: bytes) -> dict[bytes, bytes]:
        """The rows whose keys begin with the group and its end."""
        prefix = group + GROUP_ENDS
        rows = {}
        for key, value in self._partition(partition).items(from_key=prefix):
            if not key.startswith(prefix):
                break
            rows[key] = value
        return rows

    def groups(self) -> Iterable[Sequence[bytes]]:
        """The current values of each group in all partitions."""
        self._walks = {partition: database.snapshot().items() for partition, database in self._open.items()}
        return self._walk(self._walks)

    def _walk(self, walks: dict[int, Any]) -> Iterator[Sequence[bytes]]:
        """Walk group by group. A partition closed meanwhile ends, since an open snapshot would keep it locked."""
        for partition in [*walks]:
            name, values = b"", list[bytes]()
            while partition in walks:
                key, value = next(walks[partition], (b"", b""))
                if values and group_of(key) != name:
                    yield values
                    values = []
                if not key:
                    break
                if key != OFFSET:
                    name = group_of(key)
                    values.append(value)
            walks.pop(partition, None)

    def write(self, partition: int, values: Mapping[bytes, bytes], offset: int) -> None:
        """Write rows together with the offset: a crash leaves both or neither."""
        batch = rocksdict.WriteBatch(raw_mode=True)
        for key, value in values.items():
            batch.put(key, value)
        batch.put(OFFSET, str(offset).encode())
        self._partition(partition).write(batch)

    def partitions(self) -> Iterable[int]:
        """The open partitions."""
        return self._open

    def forget(self, partition: int) -> None:
        """Close a partition. Its rows stay on disk, and are updated if it comes back."""
        self._walks.pop(partition, None)
        database = self._open.pop(partition, None)
        if database is not None:
            database.close()

    def persisted_offset(self, tp: Any) -> int | None:
        """The offset up to which the rows on disk hold the changelog."""
        offset = self._partition(tp.partition).get(OFFSET)
        return None if offset is None else int(offset)

    async def on_stop(self) -> None:
        """Close all."""
        self.reset_state()

    def _partition(self, partition: int) -> Any:
        if partition not in self._open:
            self._open[partition] = self._rocks.open(f"{self.table_name}-{partition}")
        return self._open[partition]
