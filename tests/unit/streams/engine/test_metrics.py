import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from prometheus_client.parser import text_string_to_metric_families

from claimwire.claim_state import ClaimState
from claimwire.claims import by_claim
from claimwire.judging import judge
from claimwire.ledger import link
from claimwire.linking import WINDOW, SubjectLinks
from claimwire.status_events import StatusChanged
from claimwire.statuses import Status
from claimwire.versions import revise
from streams.carried_headers import take_up
from streams.codecs import encode, status_in
from streams.engine.metrics import METRICS, Metrics
from tests.unit.builders import extracted, seed_items

Samples = dict[tuple[str, ...], float]


def samples(metrics: Metrics) -> Samples:
    """The values by name and labels, these in the order of their names."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(metrics.text())
        for sample in family.samples
    }


def of(found: Samples, name: str) -> dict[tuple[str, ...], int]:
    return {
        labels: int(value) for (metric, *rest), value in found.items() if metric == name and (labels := tuple(rest))
    }


class Told:
    """What the agents would have told of the seeds, counted as they do."""

    def __init__(self) -> None:
        self.metrics = Metrics()
        self.claims: dict[str, ClaimState] = {}
        self.events = list(self._events())

    def _events(self) -> Iterator[StatusChanged]:
        known, subjects = {}, {}
        for item in seed_items() * 2:
            before = known.get(item.uri)
            known[item.uri], changes = revise(before, item, extracted(item))
            self.metrics.extracted(before, known[item.uri], changes)
            for change in changes if before != known[item.uri] else []:
                if change.of_a_record:
                    continue
                links = subjects.setdefault(change.subject, SubjectLinks(change.subject, WINDOW))
                for claim in by_claim(link(links, [change])):
                    state = self.claims.get(claim.claim, ClaimState(id=claim.claim))
                    for _ in range(2):  # delivered twice
                        judgement = judge(state, claim)
                        self.metrics.judged(state.status, judgement.state.status, judgement.event)
                        state = judgement.state
                        if judgement.event:
                            yield judgement.event
                    self.claims[state.id] = state

    def statuses(self) -> dict[tuple[str, ...], int]:
        return {(status,): n for status, n in Counter(s.status for s in self.claims.values() if s.status).items()}


@pytest.fixture(scope="module")
def told() -> Told:
    return Told()


def test_names_follow_prometheus() -> None:
    for metric in METRICS:
        assert metric.name.startswith("claimwire_")
        assert metric.name.endswith("_total") == (metric.kind.__name__ == "Counter")
        assert metric.name.endswith("_seconds") == (metric.kind.__name__ == "Histogram")


def test_items_are_counted_by_what_became_of_them(told: Told) -> None:
    assert of(samples(told.metrics), "claimwire_items_total")["new",] == len({item.uri for item in seed_items()})
    assert sum(of(samples(told.metrics), "claimwire_items_total").values()) == 2 * len(seed_items())


def test_transitions_are_counted_as_often_as_they_are_told(told: Told) -> None:
    expected = Counter((event.previous or "new", event.word) for event in told.events)
    assert of(samples(told.metrics), "claimwire_transitions_total") == dict(expected)


def test_claims_are_counted_once_however_often_their_evidence_is_delivered(told: Told) -> None:
    found = {labels: n for labels, n in of(samples(told.metrics), "claimwire_claims").items() if n}
    assert found == told.statuses()


async def test_claims_are_counted_anew_from_the_rows_and_go_on_from_there(told: Told) -> None:
    metrics = Metrics()
    metrics.judged(None, Status.DISPUTED, None)
    rows = [[encode(held) for held in state.held.values()] for state in told.claims.values()]
    metrics.recount_claims(rows, status_in)
    metrics.judged(Status.UNVERIFIED, Status.REFUTED, None)
    await asyncio.sleep(0.1)
    expected = Counter(told.statuses())
    expected.update({("unverified",): -1, ("refuted",): 1})
    assert of(samples(metrics), "claimwire_claims") == expected


def test_latencies_count_from_publication_and_from_arrival(told: Told) -> None:
    metrics = Metrics()
    take_up(SimpleNamespace(headers=[], timestamp=time.time() - 2))
    event = told.events[0]
    metrics.judged(None, event.status, event)
    found = samples(metrics)
    assert 2 <= found["claimwire_arrival_latency_seconds_sum",] < 60
    assert found["claimwire_publication_latency_seconds_sum",] == pytest.approx(
        time.time() - event.cause.published.timestamp(), abs=60
    )


def test_lag_is_that_of_the_partitions_held_now() -> None:
    metrics = Metrics()
    metrics.measured({("news.items", 0): 3, ("news.items", 1): 0})
    metrics.measured({("news.items", 1): 5})
    assert of(samples(metrics), "claimwire_lag") == {("1", "news.items"): 5}


def test_rejected_records_are_counted_by_stage_and_those_of_the_first_as_items() -> None:
    metrics = Metrics()
    metrics.rejected("extract")
    metrics.rejected("judge")
    metrics.late()
    found = samples(metrics)
    assert of(found, "claimwire_rejected_total") == {("extract",): 1, ("judge",): 1}
    assert of(found, "claimwire_items_total") == {("rejected",): 1}
    assert found["claimwire_late_total",] == 1
