"""The verdict on a stream: what of its input is lost, and what it tells that was never in its input.

`of_stream` reads what there is on the broker and lets every rule here judge it. The rules are
pure, so that tests can show that each of them can fail (`test_verdict.py`).
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from claimwire import Item
from claimwire.claim_state import ClaimState
from claimwire.judging import judge
from claimwire.statuses import Status
from streams.codecs import CLAIM_CHANGE, decode, encode
from tests.stream.harness import Stream, write_lines

Ledger = Mapping[str, bytes]
"""Claims by id, as `claimwire ledger` writes them."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is lost and what is phantom, each in words that name it."""

    lost: tuple[str, ...] = ()
    phantom: tuple[str, ...] = ()

    def __add__(self, other: "Verdict") -> "Verdict":
        return Verdict(self.lost + other.lost, self.phantom + other.phantom)

    def __str__(self) -> str:
        told = [f"lost {len(self.lost)}, phantom {len(self.phantom)}"]
        for name, found in (("lost", self.lost), ("phantom", self.phantom)):
            told += [f"  {name}: {each}" for each in found[:20]]
        return "\n".join(told)


def of_stream(stream: Stream, documents: list[dict[str, Any]], in_order: bool = False) -> Verdict:
    """Judge a stream that has been through with all that it was fed.

    Parameters
    ----------
    documents
        All that was fed, in its order.
    in_order
        Whether it was fed in this order, over one partition: then every event is determined.
    """
    ledger, events = ledger_of(stream, documents)
    status = [r.value for r in stream.records("claims.status")]
    found = (
        of_snapshots(ledger, {r.key.decode(): r.value for r in stream.records("claims.snapshots")})
        + of_paths(status, {id: json.loads(claim)["status"] for id, claim in ledger.items()})
        + of_the_fold(status, [(r.key.decode(), r.value) for r in stream.records("claims.evidence")])
        + of_causes(status, documents)
    )
    return found + of_ids(status, events) if in_order else found


def ledger_of(stream: Stream, documents: list[dict[str, Any]]) -> tuple[Ledger, list[bytes]]:
    """The claims that `claimwire ledger` computes from the same items, and the events on its way."""
    out = stream.folder / f"{stream.prefix}ledger"
    file = write_lines(stream.folder / "fed.jsonl", documents)
    ended = stream.start("ledger", str(file), "--out", str(out)).ended(600)
    assert ended.code == 0, ended.said
    claims = (out / "claims.jsonl").read_bytes().splitlines()
    return {json.loads(c)["id"]: c for c in claims}, (out / "events.jsonl").read_bytes().splitlines()


def of_snapshots(ledger: Ledger, snapshots: Mapping[str, bytes | None]) -> Verdict:
    """The last snapshot of each claim is the ledger's, byte for byte; there is none of another claim."""
    lost, phantom = [], []
    for id, claim in ledger.items():
        snapshot = snapshots.get(id)
        if snapshot is None:
            lost.append(f"claim {id}: no snapshot")
        elif snapshot != claim:
            told, right = (_evidence(c) for c in (snapshot, claim))
            lost += [f"claim {id}: evidence {e}" for e in sorted(right - told)]
            phantom += [f"claim {id}: evidence {e}" for e in sorted(told - right)]
            if told == right:
                lost.append(f"claim {id}: snapshot {snapshot!r} instead of {claim!r}")
    phantom += [f"claim {id}: snapshot {s!r}" for id, s in snapshots.items() if s is not None and id not in ledger]
    return Verdict(tuple(lost), tuple(phantom))


def of_paths(events: Iterable[bytes], ends: Mapping[str, str]) -> Verdict:
    """Each claim's events count from 1 without gaps, each goes on from the one before, the last tells its status.

    Parameters
    ----------
    ends
        The status of each claim of the ledger; any other claim's path ends retracted.
    """
    lost, phantom = [], []
    told: dict[str, bytes] = {}
    paths: dict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
    for value in events:
        event = json.loads(value)
        if told.setdefault(event["id"], value) != value:
            phantom.append(f"event {event['id']}: told with other content: {value!r} and {told[event['id']]!r}")
        path = paths[event["claim"]["id"]]
        if path.setdefault(event["sequence"], event)["id"] != event["id"]:
            phantom.append(f"event {event['id']}: a second one with sequence {event['sequence']}")
    for claim, path in paths.items():
        previous = None
        for n in range(1, max(path) + 1):
            if n not in path:
                lost.append(f"claim {claim}: event {n} of {max(path)}")
                previous = path[n + 1]["previous"] if n + 1 in path else None
                continue
            event = path[n]
            if event["previous"] != previous or event["status"] == previous or event["status"] not in set(Status):
                phantom.append(f"event {event['id']}: {event['previous']} → {event['status']} after {previous}")
            previous = event["status"]
        phantom += [f"claim {claim}: an event with sequence {n}" for n in path if n < 1]
        end = ends.get(claim, Status.RETRACTED)
        if previous != end:
            lost.append(f"claim {claim}: the event to {end} after {previous}")
    lost += [f"claim {claim}: all its events" for claim in ends if claim not in paths]
    return Verdict(tuple(lost), tuple(phantom))


def of_the_fold(events: Iterable[bytes], evidence: Iterable[tuple[str, bytes]]) -> Verdict:
    """The events are those that folding the evidence gives, in the order in which it stands on its topic.

    Whatever order that is: this is what "a path that the fold allows" comes to.

    Parameters
    ----------
    evidence
        Claim and evidence change, as keys and values of the topic.
    """
    states: dict[str, ClaimState] = {}
    folded: dict[str, bytes] = {}
    for claim, change in evidence:
        judgement = judge(states.get(claim) or ClaimState(id=claim), decode(CLAIM_CHANGE, change))
        states[claim] = judgement.state
        if judgement.event:
            folded[judgement.event.id] = encode(judgement.event)
    told = set(events)
    lost = [f"{_named(event)} that the fold gives" for event in folded.values() if event not in told]
    phantom = [f"{_named(event)} that the fold does not give" for event in told - set(folded.values())]
    return Verdict(tuple(lost), tuple(phantom))


def of_causes(events: Iterable[bytes], documents: Iterable[Mapping[str, Any]]) -> Verdict:
    """Each event's cause was in the input: its quote stands at its offsets in that version of that item.

    So was the item version that it is due to.
    """
    texts: dict[tuple[str, int], list[dict[str, str]]] = defaultdict(list)
    versions_fed = set()
    for item in map(Item.from_ninjs, documents):
        texts[item.uri, item.version].append({"headline": item.headline, "body": item.body})
        versions_fed.add((item.uri, item.version, item.pub_status.value))
    phantom = []
    for event in map(json.loads, set(events)):
        cause = event["cause"]
        versions = texts[cause["item"], cause["version"]]
        due_to = cause["due_to"]["item"], cause["due_to"]["version"], cause["due_to"]["pub_status"]
        if due_to not in versions_fed:
            phantom.append(f"event {event['id']}: it is due to {due_to}, which was never in the input")
        if not any(text[cause["part"]][cause["start"] : cause["end"]] == cause["quote"] for text in versions):
            phantom.append(f"event {event['id']}: its cause {cause} was never in the input")
    return Verdict(phantom=tuple(phantom))


def of_ids(events: Iterable[bytes], determined: Iterable[bytes]) -> Verdict:
    """The set of event ids is the one of a run without faults."""
    told, right = ({json.loads(event)["id"]: _named(event) for event in some} for some in (events, determined))
    return Verdict(
        tuple(f"{right[id]} of the run without faults" for id in right if id not in told),
        tuple(f"{told[id]} that the run without faults has not" for id in told if id not in right),
    )


def _named(event: bytes) -> str:
    e = json.loads(event)
    return f"event {e['id']} of claim {e['claim']['id']}, {e['sequence']}: {e['previous']} → {e['status']}"


def _evidence(claim: bytes) -> set[str]:
    return {json.dumps(line, sort_keys=True) for line in json.loads(claim)["evidence"]}
