import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from streams.doctor.facts import READ
from streams.local_broker.server import free_port
from tests.stream.endpoints import asked, becomes, metrics
from tests.stream.harness import SEEDS, Stream, paths_of_claims, plugin, until

STALL_SECONDS = 4

STUCK = """
import asyncio

from streams.kafka.topics import ITEMS


def stuck(streams):
    async def handle(event):
        await asyncio.Event().wait()

    streams.agent("stuck", ITEMS, handle)
"""


@pytest.fixture
def served(stream: Stream) -> Stream:
    stream.settings = {"CLAIMWIRE_HTTP": f"127.0.0.1:{free_port()}", "CLAIMWIRE_STALL_SECONDS": str(STALL_SECONDS)}
    return stream


def test_worker_listens_on_this_machine_only_where_a_port_is_all_that_is_said(stream: Stream) -> None:
    port = free_port()
    stream.settings = {"CLAIMWIRE_HTTP": str(port)}
    worker = stream.worker()
    assert worker.listening() == [("127.0.0.1", port)]
    second = stream.run("worker")
    assert second.code == 1
    assert "CLAIMWIRE_HTTP" in second.err
    assert "Traceback" not in second.said


def _word(event: dict[str, Any]) -> str:
    """What has become of the claim, in the word that people are told."""
    return str(event["gone"] if event["gone"] in ("superseded", "dropped") else event["status"])


def test_metrics_are_what_went_through(served: Stream) -> None:
    worker = served.worker()
    served.ingest(SEEDS)
    served.produce("news.items", [(b"odd", b"no item")])
    served.settled(worker)
    told = served.records("claims.status")
    events = [json.loads(r.value) for r in told]
    transitions = Counter((e["previous"] or "new", _word(e)) for e in events)
    ends = Counter(path[-1]["status"] for path in paths_of_claims(told).values())
    places = {(r.topic, r.partition) for t in ("news.items", "claims.status") for r in served.records(t)}

    def counted() -> bool:
        found = metrics(served)
        lags = {tuple(labels): value for (name, *labels), value in found.items() if name == "claimwire_lag"}
        measured = {(str(partition), topic) for topic, partition in places} <= set(lags)
        return (
            found.get(("claimwire_arrival_latency_seconds_count",)) == len(told) and measured and not any(lags.values())
        )

    until(counted, "all is counted", 20, lambda: asked(served, "/metrics")[1])
    found = metrics(served)
    assert {
        tuple(labels): n for (name, *labels), n in found.items() if name == "claimwire_transitions_total"
    } == transitions
    assert {status[0]: n for (name, *status), n in found.items() if name == "claimwire_claims" and n} == ends
    items = sum(n for (name, *_), n in found.items() if name == "claimwire_items_total")
    assert items == len(served.records("news.items"))
    assert found["claimwire_items_total", "rejected"] == found["claimwire_rejected_total", "extract"] == 1
    assert found["claimwire_arrival_latency_seconds_sum",] / len(told) < 60
    assert found["claimwire_ready",] == found["claimwire_process_starts_total",] == 1

    assert worker.terminate().code == 0
    worker = served.worker()

    def again() -> bool:
        return {status[0]: n for (name, *status), n in metrics(served).items() if name == "claimwire_claims"} == ends

    until(again, "claims are counted again after a restart", 20, lambda: asked(served, "/metrics")[1])


def test_worker_that_others_leave_no_partition_is_ready(served: Stream) -> None:
    served.partitions = 1
    served.worker()
    first = served.settings
    served.settings = {**first, "CLAIMWIRE_HTTP": f"127.0.0.1:{free_port()}"}
    second = served.worker()
    becomes(served, second, ready=True, partitions=0)
    served.settings = first
    becomes(served, second, ready=True, partitions=len(READ))


@pytest.fixture
def plugged(served: Stream) -> Iterator[Stream]:
    """A stream whose worker has one agent more, which never comes back from an item."""
    served.import_first(plugin(served.folder / "plugin", "stuck", STUCK))
    return served


def test_consumer_that_stalls_is_told_by_its_committed_lag(plugged: Stream) -> None:
    worker = plugged.worker()
    becomes(plugged, worker, ready=True, partitions=len(READ) * plugged.partitions)
    plugged.ingest(SEEDS / sorted(p.name for p in SEEDS.glob("*.json"))[0])
    told = becomes(plugged, worker, ready=False, reason="news.items partition")
    (stall,) = told["stalled"]
    (record,) = plugged.records("news.items")
    assert (stall["topic"], stall["partition"], stall["lag"]) == (record.topic, record.partition, 1)
    assert stall["seconds"] > STALL_SECONDS
    worker.has_said(f"{record.topic} partition {record.partition}: 1 records are waiting")
    assert asked(plugged, "/healthz")[0] == 200


def test_process_that_is_stopped_is_neither_healthy_nor_ready_until_it_goes_on(served: Stream) -> None:
    worker = served.worker()
    becomes(served, worker, ready=True)
    assert asked(served, "/healthz")[0] == 200
    (child,) = worker.agents()
    child.suspend()
    try:
        becomes(served, worker, ready=False, reason="silent")
        assert asked(served, "/healthz")[0] == 503
    finally:
        child.resume()
    becomes(served, worker, ready=True)
    assert asked(served, "/healthz")[0] == 200
