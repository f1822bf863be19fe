import random
from pathlib import Path

import pytest

from streams.codecs import decode_changes
from tests.stream.harness import Stream, assert_paths_end_in, seeds, write_lines


@pytest.mark.parametrize("partitions", [1, 4])
def test_stream_and_file_give_the_same_ledger(
    stream: Stream, seed_ledger: list[bytes], tmp_path: Path, partitions: int
) -> None:
    stream.partitions = partitions
    worker = stream.worker()
    stream.ingest(write_lines(tmp_path / "seeds.jsonl", seeds()))
    stream.settled(worker)
    assert len(seed_ledger) > 10
    assert stream.claims() == seed_ledger
    assert_paths_end_in(seed_ledger, stream.records("claims.status"))


@pytest.mark.parametrize("seed", [1, 2])
def test_shuffled_and_doubled_items_on_two_workers_give_the_same_ledger(
    stream: Stream, seed_ledger: list[bytes], tmp_path: Path, seed: int
) -> None:
    items = seeds() * 2
    random.Random(seed).shuffle(items)
    workers = [stream.start("worker"), stream.start("worker")]
    for worker in workers:
        worker.has_said("worker ready")
    stream.ingest(write_lines(tmp_path / "seeds.jsonl", items))
    stream.settled(*workers)
    assert stream.claims() == seed_ledger
    assert_paths_end_in(seed_ledger, stream.records("claims.status"))


def test_items_fed_again_change_nothing(stream: Stream, seed_ledger: list[bytes]) -> None:
    worker = stream.worker()
    stream.produce_items(seeds())
    stream.settled(worker)
    before = {record.value for record in stream.records("claims.status")}
    stream.produce_items(reversed(seeds()))
    stream.settled(worker)
    assert stream.claims() == seed_ledger
    assert {record.value for record in stream.records("claims.status")} == before


def test_items_that_wait_newest_first_are_linked_together_and_give_the_same_ledger(
    stream: Stream, seed_ledger: list[bytes], tmp_path: Path
) -> None:
    stream.partitions = 1
    newest_first = sorted(seeds(), key=lambda item: str(item["versionCreated"]), reverse=True)
    stream.ingest(write_lines(tmp_path / "seeds.jsonl", newest_first))
    worker = stream.worker()
    stream.settled(worker)
    assert stream.claims() == seed_ledger
    assert_paths_end_in(seed_ledger, stream.records("claims.status"))
    assert max(len(decode_changes(record.value)) for record in stream.records("news.statements")) > 1
