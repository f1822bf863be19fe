"""The verdict itself: it finds nothing on a sound stream, and names whatever is taken away or put in."""

import json
from typing import Any

import pytest

from claimwire import Item, Ledger, extract
from claimwire.claims import ClaimChange, by_claim
from claimwire.ledger import link
from claimwire.linking import SubjectLinks
from claimwire.versions import Known, revise
from streams.codecs import encode
from tests.faults.verdict import Verdict, of_causes, of_ids, of_paths, of_snapshots, of_the_fold
from tests.stream.harness import seeds


@pytest.fixture(scope="module")
def events() -> list[bytes]:
    ledger = Ledger()
    return [encode(event) for item in seeds() for event in ledger.add(Item.from_ninjs(item))]


@pytest.fixture(scope="module")
def ledger() -> dict[str, bytes]:
    made = Ledger()
    for item in seeds():
        made.add(Item.from_ninjs(item))
    return {claim["id"]: encode(claim) for claim in made.claims()}


@pytest.fixture(scope="module")
def evidence() -> list[tuple[str, bytes]]:
    """What `link` tells `judge` of the seeds."""
    known: dict[str, Known] = {}
    subjects: dict[str, SubjectLinks] = {}
    told: list[ClaimChange] = []
    for item in map(Item.from_ninjs, seeds()):
        known[item.uri], changes = revise(known.get(item.uri), item, extract(item))
        for change in changes:
            if not change.of_a_record:
                told += by_claim(link(subjects.setdefault(change.subject, SubjectLinks(change.subject)), [change]))
    return [(change.claim, encode(change)) for change in told]


@pytest.fixture(scope="module")
def ends(ledger: dict[str, bytes]) -> dict[str, str]:
    return {id: json.loads(claim)["status"] for id, claim in ledger.items()}


def changed(event: bytes, **fields: Any) -> bytes:
    return encode({**json.loads(event), **fields})


def counts(verdict: Verdict) -> tuple[int, int]:
    return len(verdict.lost), len(verdict.phantom)


def test_sound_stream_has_lost_nothing_and_invented_nothing(
    events: list[bytes], ledger: dict[str, bytes], evidence: list[tuple[str, bytes]], ends: dict[str, str]
) -> None:
    found = of_snapshots(ledger, {**ledger, "gone": None}) + of_paths(events + events, ends)
    found += of_the_fold(events, evidence + evidence) + of_causes(events, seeds()) + of_ids(events, events)
    assert found == Verdict(), found


def test_lost_and_invented_snapshots_are_named(ledger: dict[str, bytes]) -> None:
    first, second, *_ = ledger
    assert counts(of_snapshots(ledger, {**ledger, first: None})) == (1, 0)
    assert counts(of_snapshots(ledger, {**ledger, "x": ledger[first]})) == (0, 1)
    answered = next(id for id, claim in ledger.items() if len(json.loads(claim)["evidence"]) > 1)
    claim = json.loads(ledger[answered])
    less = encode({**claim, "evidence": claim["evidence"][1:]})
    assert counts(of_snapshots(ledger, {**ledger, answered: less})) == (1, 0)
    assert counts(of_snapshots({**ledger, answered: less}, ledger)) == (0, 1)
    assert counts(of_snapshots(ledger, {**ledger, second: encode({**json.loads(ledger[second]), "text": ""})})) == (
        1,
        0,
    )


def test_every_single_event_that_is_missing_is_named(events: list[bytes], ends: dict[str, str]) -> None:
    for n in range(len(events)):
        assert of_paths(events[:n] + events[n + 1 :], ends).lost, events[n]


def test_events_that_do_not_go_on_from_the_one_before_are_named(events: list[bytes], ends: dict[str, str]) -> None:
    first = events[0]
    assert of_paths([changed(first, sequence=9), *events], ends).phantom
    assert of_paths([*events, changed(first, status="refuted")], ends).phantom, "one id, two contents"
    assert of_paths([*events, changed(first, id="x")], ends).phantom, "one sequence, two events"
    assert of_paths([changed(first, previous="refuted"), *events[1:]], ends).phantom
    assert of_paths([changed(first, status="true"), *events[1:]], ends).phantom
    assert of_paths([changed(first, sequence=0), *events], ends).phantom


def test_events_that_the_evidence_does_not_give_are_named(
    events: list[bytes], evidence: list[tuple[str, bytes]]
) -> None:
    assert counts(of_the_fold(events[1:], evidence)) == (1, 0)
    assert counts(of_the_fold([*events, changed(events[0], id="x")], evidence)) == (0, 1)
    assert counts(of_ids(events[1:], events)) == (1, 0)
    assert counts(of_ids([*events, changed(events[0], id="x")], events)) == (0, 1)


def test_causes_that_were_not_in_the_input_are_named(events: list[bytes]) -> None:
    cause = json.loads(events[0])["cause"]
    for field, value in {"item": "urn:x", "version": 99, "start": cause["start"] + 1, "quote": "we did"}.items():
        assert counts(of_causes([changed(events[0], cause={**cause, field: value})], seeds())) == (0, 1)
    for field, value in {"item": "urn:x", "version": 99, "pub_status": "withheld"}.items():
        due_to = {**cause["due_to"], field: value}
        assert counts(of_causes([changed(events[0], cause={**cause, "due_to": due_to})], seeds())) == (0, 1)
