"""Verdicts on the real broker: they bear on the ledger as items do, whatever comes first and whoever is killed."""

import json
from collections.abc import Iterable
from datetime import timedelta

from claimwire.statements import Relation
from claimwire.statuses import Status
from claimwire.verdict_json import as_json, carried
from claimwire.verdicts import (
    Bears,
    Comments,
    HasStatus,
    IsNoClaim,
    IsOneWith,
    Maker,
    MakerKind,
    Undoes,
    Verdict,
    verdict,
)
from tests.stream.harness import SEEDS, Stream, assert_paths_end_in, lines_of, paths_of_claims
from tests.unit.builders import NOON, seed_items, written_with

ANNA = Maker(kind=MakerKind.PERSON, name="Anna")
MODEL = Maker(kind=MakerKind.MODEL, name="small", version="1")
VERDICTS = ("claims.verdicts", "claims.evidence")


def on_seeds() -> list[Verdict]:
    """Verdicts of every kind on the seeds' claims."""
    claims = [json.loads(line) for line in written_with(seed_items())]
    disputed = next(c for c in claims if len(c["evidence"]) > 1)
    denial = disputed["evidence"][-1]["statement"]
    others = sorted((c for c in claims if c is not disputed), key=lambda c: str(c["id"]))
    far = others[5]["evidence"][0]
    said = [
        (disputed["id"], Bears(statement=denial, relation=None), MODEL),
        (disputed["id"], Bears(statement=denial, relation=Relation.NO_COMMENT), ANNA),
        (others[0]["id"], IsOneWith(into=others[1]["id"]), ANNA),
        (others[1]["id"], IsOneWith(into=others[2]["id"]), ANNA),
        (others[2]["id"], Bears(statement=far["statement"], relation=Relation.DENIES, carried=carried(far)), ANNA),
        (others[3]["id"], IsNoClaim(), ANNA),
        (others[4]["id"], HasStatus(status=Status.REFUTED), ANNA),
        (others[4]["id"], HasStatus(status=Status.CONFIRMED), MODEL),
        (others[4]["id"], Comments(), ANNA),
    ]
    made = [verdict(c, says, by, "looked", NOON + timedelta(minutes=n)) for n, (c, says, by) in enumerate(said)]
    undo = verdict(others[3]["id"], Undoes(verdict=made[5].id), ANNA, "it is one", NOON + timedelta(days=1))
    return [*made, undo]


def records(verdicts: Iterable[Verdict]) -> list[tuple[bytes | None, bytes | None]]:
    return [(v.claim.encode(), json.dumps(as_json(v)).encode()) for v in verdicts]


def unverified(stream: Stream) -> str:
    """One of the claims with that status."""
    return next(claim["id"] for claim in map(json.loads, stream.claims()) if claim["status"] == "unverified")


def test_verdicts_before_and_after_their_claims_and_around_a_kill_give_the_ledger_of_the_set(stream: Stream) -> None:
    given = on_seeds()
    worker = stream.worker()
    stream.produce("claims.verdicts", records(given[::2]))
    stream.ingest(SEEDS)
    stream.produce("claims.verdicts", records([*given[1::2], *given]))
    worker.kill()
    worker = stream.worker()
    stream.settled(worker)
    stream.settled(worker, topics=VERDICTS)
    assert stream.claims() == lines_of(b"\n".join(written_with([*seed_items(), *given])))
    assert_paths_end_in(stream.claims(), stream.records("claims.status"))
    assert stream.records("news.rejected") == []


def test_event_says_whose_verdict_changed_the_status(stream: Stream) -> None:
    worker = stream.worker()
    stream.ingest(SEEDS)
    stream.settled(worker)
    claim = unverified(stream)
    said = verdict(claim, HasStatus(status=Status.RETRACTED), ANNA, "The ministry rang.", NOON)
    stream.produce("claims.verdicts", records([said]))
    stream.settled(worker, topics=VERDICTS)
    last = paths_of_claims(stream.records("claims.status"))[claim][-1]
    assert (last["status"], last["verdict"]["id"]) == ("retracted", said.id)
    assert last["decided_by"] == {
        "kind": "person",
        "name": "Anna",
        "version": "",
        "reason": "The ministry rang.",
        "verdict": said.id,
    }


def test_bad_verdict_is_rejected_with_its_reason_and_its_bytes_and_the_next_one_counts(stream: Stream) -> None:
    worker = stream.worker()
    stream.ingest(SEEDS)
    stream.settled(worker)
    claim = unverified(stream)
    good = verdict(claim, HasStatus(status=Status.REFUTED), ANNA, "", NOON)
    unknown = {**as_json(good), "id": None, "says": {"kind": "status", "status": "hoax"}}
    bad = {
        "not JSON": (claim, b"{"),
        "no id of a claim": (claim, json.dumps({**as_json(good), "id": None, "claim": "none"}).encode()),
        "status is 'hoax'": (claim, json.dumps(unknown).encode()),
        "at most 65,536": (claim, json.dumps({**as_json(good), "beside": "x" * 70_000}).encode()),
        "its key": ("c2" * 10, json.dumps(as_json(good)).encode()),
    }
    stream.produce("claims.verdicts", [(key.encode(), value) for key, value in bad.values()])
    stream.produce("claims.verdicts", records([good]))
    stream.settled(worker, topics=VERDICTS)
    rejected = {dict(r.headers)["reason"].decode(): r.value for r in stream.records("news.rejected")}
    assert len(rejected) == len(bad)
    for reason, (_, value) in bad.items():
        assert [data for told, data in rejected.items() if reason in told] == [value], reason
    assert {c["id"]: c["status"] for c in map(json.loads, stream.claims())}[claim] == "refuted"
