"""``python -m benchmarks.memory``: resident memory of the state, by store, pruned and not."""

import argparse
import gc
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import psutil

from benchmarks.rows import claim_rows, subject_rows
from claimwire.linking import SubjectLinks
from streams.codecs import SUBJECT_ROW, decode
from streams.engine.rocksdb_store import Rocks, RocksStore
from streams.engine.stores import MemoryStore, Store

NUMBER = 100_000
DAYS = 365
PARTITIONS = 8
CACHE_MB = 64
AT_ONCE = 500


def main() -> int:
    """Print the memory of each part, each in a process of its own; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__.partition(": ")[2])
    parser.add_argument("part", nargs="?", choices=PARTS, help="one part alone, in this process")
    part = parser.parse_args().part
    if part:
        _say(f"{part}: {PARTS[part]() / 1e6:.0f} MB")
        return 0
    _say(f"Statements over {DAYS} days, window and lateness by default; RocksDB with store_cache_mb {CACHE_MB}")
    for each in PARTS:
        subprocess.run([sys.executable, "-m", "benchmarks.memory", each], check=True)
    return 0


Rows = Iterator[tuple[int, bytes, bytes]]


def _rows(make: Callable[[int], Rows], rocks: bool, number: int = NUMBER) -> int:
    """The memory that rows take in a store."""
    next(make(NUMBER))  # what making them needs is no part of it
    with tempfile.TemporaryDirectory() as folder:
        table = SimpleNamespace(name="rows")
        place = Rocks(Path(folder), CACHE_MB) if rocks else None
        before = _resident()
        store: Store = RocksStore("", None, table, rocks=place) if place else MemoryStore("", None, table)
        rows: dict[int, dict[bytes, bytes]] = {}
        for offset, (subject, key, value) in enumerate(make(number)):
            waiting = rows.setdefault(subject % PARTITIONS, {})
            waiting[key] = value
            if len(waiting) == AT_ONCE:
                store.write(subject % PARTITIONS, waiting, offset)
                waiting.clear()
        for partition, waiting in rows.items():
            store.write(partition, waiting, number)
        del rows
        taken = _resident() - before
        store.reset_state()
        if place:
            place.close()
    return taken


def _decoded(pruned: bool) -> int:
    """The memory that links take which are at hand, each with the rows of its own."""
    rows: dict[int, dict[str, bytes]] = defaultdict(dict)
    for subject, key, value in subject_rows(NUMBER, DAYS, pruned):
        rows[subject][key.decode().partition("\0")[2]] = value
    before = _resident()
    kept = []
    for subject, own in rows.items():
        links = SubjectLinks(str(subject))
        links.restore({id: row for id, value in own.items() if (row := decode(SUBJECT_ROW, value)).statement})
        kept.append(links)
    return _resident() - before


def _whole(number: int) -> Rows:
    return subject_rows(number, DAYS, pruned=False)


def _pruned(number: int) -> Rows:
    return subject_rows(number, DAYS, pruned=True)


def _claims(number: int) -> Rows:
    return claim_rows(number, DAYS)


PARTS: dict[str, Callable[[], int]] = {
    "100,000 statements in memory": lambda: _rows(_whole, rocks=False),
    "100,000 statements in memory, pruned": lambda: _rows(_pruned, rocks=False),
    "100,000 statements in RocksDB": lambda: _rows(_whole, rocks=True),
    "1,000,000 statements in RocksDB": lambda: _rows(_whole, rocks=True, number=10 * NUMBER),
    "100,000 statements at hand, besides": lambda: _decoded(pruned=False),
    "100,000 statements at hand, besides, pruned": lambda: _decoded(pruned=True),
    "100,000 claims in memory": lambda: _rows(_claims, rocks=False),
    "100,000 claims in RocksDB": lambda: _rows(_claims, rocks=True),
    "1,000,000 claims in RocksDB": lambda: _rows(_claims, rocks=True, number=10 * NUMBER),
}


def _resident() -> int:
    gc.collect()
    return psutil.Process().memory_info().rss


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
