"""Tables over each store: what a store keeps, and what a worker finds again."""

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka import TopicPartition

from streams.engine import rocksdb_store
from streams.engine.rocksdb_store import Rocks, RocksStore
from streams.engine.stores import MemoryStore, Store
from streams.errors import SettingsInvalid, StateUnusable
from streams.kafka.topics import CHANGELOGS, QUESTION_TABLE
from tests.stream.harness import Running, Stream, assert_paths_end_in, seeds, until

CHANGELOG = "app-table-changelog"
TABLE = SimpleNamespace(name="table", changelog_topic=SimpleNamespace(topics=[CHANGELOG]))
STORES = ["memory", "rocksdb"]


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "memory":
        yield MemoryStore("memory://", None, TABLE)
        return
    place = Rocks(tmp_path, 16)
    made = RocksStore("rocksdb://", None, TABLE, rocks=place)
    yield made
    made.reset_state()
    place.close()


def partition(number: int, topic: str = CHANGELOG) -> TopicPartition:
    return TopicPartition(topic, number)


def logged(number: int, offset: int, key: bytes, value: bytes) -> Any:
    message = SimpleNamespace(partition=number, offset=offset, key=key, value=value)
    return SimpleNamespace(message=message)


def test_store_gives_what_was_written_last(store: Store) -> None:
    assert store.read(0, b"key") is None
    store.write(0, {b"key": b"1", b"other": b"2"}, 1)
    store.write(0, {b"key": b"3"}, 2)
    assert (store.read(0, b"key"), store.read(0, b"other")) == (b"3", b"2")


def test_store_gives_the_rows_of_a_group_and_of_no_other(store: Store) -> None:
    store.write(0, {b"a\0": b"0", b"a\0y": b"1", b"a\0x\0z": b"2", b"ab\0x": b"3", b"a": b"4", b"A\0x": b"5"}, 1)
    assert store.group(0, b"a") == {b"a\0": b"0", b"a\0y": b"1", b"a\0x\0z": b"2"}
    assert store.group(0, b"none") == {}


def test_groups_are_given_as_they_stand_whatever_is_written_afterwards(store: Store) -> None:
    store.write(0, {b"a\0x": b"1", b"a\0y": b"2", b"ab\0x": b"3"}, 1)
    store.write(1, {b"a\0x": b"4"}, 1)
    groups = store.groups()
    store.write(0, {b"a\0x": b"5", b"c\0x": b"6"}, 2)
    assert sorted(map(sorted, groups)) == [[b"1", b"2"], [b"3"], [b"4"]]


def test_groups_that_are_not_read_to_their_end_keep_no_partition(store: Store) -> None:
    store.write(0, {b"a\0x": b"1", b"b\0x": b"2"}, 1)
    groups = iter(store.groups())
    next(groups)
    store.forget(0)
    store.write(0, {b"c\0x": b"3"}, 2)
    assert store.read(0, b"c\0x") == b"3"


def test_partitions_are_kept_apart(store: Store) -> None:
    store.write(0, {b"a\0x": b"0"}, 1)
    store.write(1, {b"a\0x": b"1"}, 1)
    assert (store.read(0, b"a\0x"), store.read(1, b"a\0x")) == (b"0", b"1")
    assert store.group(1, b"a") == {b"a\0x": b"1"}
    assert store.read(2, b"a\0x") is None


def test_store_recovers_from_its_changelog(store: Store) -> None:
    batch = [logged(0, 5, b"a\0x", b"1"), logged(1, 9, b"a\0x", b"2"), logged(0, 6, b"a\0x", b"3")]
    store.apply_changelog_batch(batch, None, None)
    assert (store.read(0, b"a\0x"), store.read(1, b"a\0x")) == (b"3", b"2")


async def test_lost_partition_is_not_kept_open(store: Store) -> None:
    for number in range(4):
        store.write(number, {b"key": b"1"}, 1)
    await store.on_rebalance(set(), {partition(3), partition(0, "another")}, set())
    assert set(store.partitions()) == {0, 1, 2}
    await store.on_recovery_completed({partition(0), partition(2, "another")}, {partition(1)})
    assert set(store.partitions()) == {0, 1}


async def test_partition_that_comes_back_is_brought_up_to_date(store: Store) -> None:
    log = [logged(0, 0, b"a\0x", b"1"), logged(0, 1, b"a\0y", b"1"), logged(0, 2, b"a\0x", b"2")]
    store.apply_changelog_batch(log[:2], None, None)
    await store.on_rebalance(set(), {partition(0)}, set())
    known = store.persisted_offset(partition(0))
    assert known in (None, 1)
    store.apply_changelog_batch(log[0 if known is None else known + 1 :], None, None)
    assert store.group(0, b"a") == {b"a\0x": b"2", b"a\0y": b"1"}


def test_rows_on_disk_outlive_the_worker_with_their_offset(tmp_path: Path) -> None:
    for run in range(3):
        place = Rocks(tmp_path, 16)
        store = RocksStore("rocksdb://", None, TABLE, rocks=place)
        assert store.persisted_offset(partition(0)) == (run - 1 if run else None)
        assert store.group(0, b"a") == {b"a\0%d" % n: b"1" for n in range(run)}
        store.write(0, {b"a\0%d" % run: b"1"}, run)
        asyncio.run(store.on_stop())
        place.close()


def test_workers_of_one_machine_have_a_place_each(tmp_path: Path) -> None:
    first, second = Rocks(tmp_path, 16), Rocks(tmp_path, 16)
    assert first.place != second.place
    place = first.place
    first.close()
    third = Rocks(tmp_path, 16)
    assert third.place == place
    second.close()
    third.close()


def test_rocksdb_without_its_package_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rocksdb_store, "rocksdict", None)
    with pytest.raises(SettingsInvalid, match=r"pip install 'rocksdict.*'\. Or set it to memory"):
        Rocks(tmp_path, 16)


def test_state_that_cannot_be_used_is_told_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StateUnusable, match="Make it writable, or name another folder in CLAIMWIRE_HOME"):
        Rocks(tmp_path / "file", 16)
    (tmp_path / "0" / "table-0").mkdir(parents=True)
    (tmp_path / "0" / "table-0" / "CURRENT").write_text("no manifest")
    worker_place = Rocks(tmp_path, 16)
    with pytest.raises(StateUnusable, match="Remove it"):
        worker_place.open("table-0")
    worker_place.close()


@pytest.mark.parametrize("store", STORES)
def test_partitions_that_move_to_a_worker_and_come_back_when_it_is_killed_lose_nothing(
    stream: Stream, seed_ledger: list[bytes], store: str
) -> None:
    stream.settings["CLAIMWIRE_STORE"] = store
    items = seeds()
    third = len(items) // 3
    first = stream.worker()
    stream.produce_items(items[:third])
    stream.settled(first)
    second = stream.worker()
    stream.produce_items(items[third : 2 * third])
    stream.settled(first, second)
    stream.produce_items(items[2 * third :])
    second.kill()
    stream.settled(first)
    assert stream.claims() == seed_ledger
    assert_paths_end_in(seed_ledger, stream.records("claims.status"))
    if store == "rocksdb":
        first.terminate()
        assert_disk_holds_changelogs(stream)


@pytest.mark.parametrize("end", [Running.kill, Running.terminate])
def test_worker_goes_on_from_its_disk_whether_it_was_told_to_end_or_killed(
    stream: Stream, seed_ledger: list[bytes], end: Callable[[Running], Any]
) -> None:
    stream.settings["CLAIMWIRE_STORE"] = "rocksdb"
    items = seeds()
    worker = stream.worker()
    stream.produce_items(items)
    worker_has_begun(stream, worker)
    end(worker)
    assert_disk_holds_changelogs(stream)
    again = stream.worker()
    stream.settled(again)
    assert stream.claims() == seed_ledger
    assert_paths_end_in(seed_ledger, stream.records("claims.status"))


def test_standby_takes_over_without_reading_the_changelog(stream: Stream, seed_ledger: list[bytes]) -> None:
    stream.settings |= {
        "CLAIMWIRE_STANDBY_REPLICAS": "1",
        "CLAIMWIRE_LOG_LEVEL": "INFO",
    }
    first = stream.worker()
    second = stream.worker()
    items = seeds()
    stream.produce_items(items[:-5])
    stream.settled(first, second)
    before = len(records_behind(first))
    second.kill()
    stream.produce_items(items[-5:])
    until(lambda: len(records_behind(first)) > before, "the partitions have moved", 60, first.said)
    stream.settled(first)
    kept = set(CHANGELOGS) - {QUESTION_TABLE}  # nobody asks a language model here
    assert records_behind(first)[-1] == (len(kept) * stream.partitions, 0)
    assert stream.claims() == seed_ledger
    assert_paths_end_in(seed_ledger, stream.records("claims.status"))


def records_behind(worker: Running) -> list[tuple[int, int]]:
    """Of each recovery that a worker's log tells: the partitions, and what their stores lacked."""
    found = re.findall(r"changelogs of (\d+) partitions to catch up with: (\d+) records behind", worker.said())
    return [(int(partitions), int(records)) for partitions, records in found]


def worker_has_begun(stream: Stream, worker: Running) -> None:
    until(lambda: len(stream.records("claims.status")) > 2, "some claims are judged", 60, worker.said)


def place_left_by_the_worker(folder: Path) -> Rocks:
    """The first place; of a worker whose supervisor was killed, only once it has seen that."""
    found: list[Rocks] = []

    def free() -> bool:
        found.append(Rocks(folder, 16))
        if found[-1].place.name != "0":
            found[-1].close()
        return found[-1].place.name == "0"

    until(free, "the worker has left its place", 60)
    return found[-1]


def assert_disk_holds_changelogs(stream: Stream) -> None:
    """Each partition on disk holds its changelog up to the offset that it says, and nothing else."""
    found = 0
    place = place_left_by_the_worker(stream.folder / "claimwire" / "state" / f"{stream.prefix}claimwire")
    for name in ("items", "subjects", "claims"):
        log = stream.records(f"claimwire-{name}-changelog")
        table = SimpleNamespace(name=name, changelog_topic=SimpleNamespace(topics=[]))
        store = RocksStore("rocksdb://", None, table, rocks=place)
        for number in range(stream.partitions):
            if not (place.place / f"{name}-{number}").exists():
                continue
            offset = store.persisted_offset(partition(number))
            records = [r for r in log if r.partition == number and offset is not None and r.offset <= offset]
            on_disk = dict(store._partition(number).items())
            on_disk.pop(rocksdb_store.OFFSET, None)
            assert on_disk == {r.key: r.value for r in records}
            assert all(json.loads(value) is not None for value in on_disk.values())
            found += len(on_disk)
        asyncio.run(store.on_stop())
    place.close()
    assert found, "nothing is on disk"
