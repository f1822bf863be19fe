import json
import random
import time

from streams.engine.extraction_processes import PROCESSES
from tests.stream.harness import SEEDS, Stream, assert_paths_end_in, seeds


def test_worker_says_that_it_is_ready_listens_nowhere_and_ends_cleanly_on_sigterm(stream: Stream) -> None:
    worker = stream.worker()
    assert stream.broker in worker.out.decode()
    assert len(worker.family()) == 2 + PROCESSES
    assert not worker.listening()
    ended = worker.terminate()
    assert ended.code == 0, ended.said
    assert "Traceback" not in ended.said


def test_worker_ends_cleanly_on_sigterm_before_it_is_ready(stream: Stream) -> None:
    worker = stream.start("worker")
    time.sleep(1.2)
    ended = worker.terminate()
    assert ended.code in (0, -15), ended.said
    assert "Traceback" not in ended.said


def test_worker_ends_cleanly_under_load_and_the_next_one_goes_on(stream: Stream, seed_ledger: list[bytes]) -> None:
    items = seeds() * 12
    random.Random(5).shuffle(items)
    stream.ingest(SEEDS)
    first = stream.worker()
    stream.produce_items(items[:2])
    lines = "".join(json.dumps(item) + "\n" for item in items)
    sending = stream.start("ingest", "-", stdin=lines.encode())
    sending.has_said("items sent")
    ended = first.terminate()
    assert ended.code == 0, ended.said
    assert "Traceback" not in ended.said
    second = stream.worker()
    stream.settled(second)
    assert stream.claims() == seed_ledger
    assert_paths_end_in(seed_ledger, stream.records("claims.status"))


def test_item_from_the_ends_of_time_does_not_end_the_worker(stream: Stream, seed_ledger: list[bytes]) -> None:
    worker = stream.worker()
    odd = {**seeds()[0], "uri": "urn:x:odd", "versionCreated": "0001-01-01T00:00:00Z"}
    odd.pop("firstCreated", None)
    stream.produce_items([odd])
    stream.ingest(SEEDS)
    stream.settled(worker)
    texts = {json.loads(claim)["text"] for claim in stream.claims()}
    assert texts >= {json.loads(claim)["text"] for claim in seed_ledger}
