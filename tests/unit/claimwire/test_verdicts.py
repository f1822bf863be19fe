import json
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwire.statements import Relation
from claimwire.statuses import Status
from claimwire.verdict_json import as_json, carried, from_json
from claimwire.verdict_weighing import Trusted, rulings
from claimwire.verdicts import (
    Bears,
    CarriedStatement,
    Comments,
    HasStatus,
    IsNoClaim,
    IsOneWith,
    Maker,
    MakerKind,
    Says,
    Undoes,
    UnreadableVerdict,
    Verdict,
    in_words,
    verdict,
)
from streams.codecs import encode
from tests.unit.builders import NOON, seed_items, statement, written_with
from tests.unit.partitions import Partitions

CLAIM, OTHER, STATEMENT = "c1" * 10, "d2" * 10, "e3" * 10
ANNA, BEN = Maker(kind=MakerKind.PERSON, name="Anna"), Maker(kind=MakerKind.PERSON, name="Ben")
MODEL = Maker(kind=MakerKind.MODEL, name="small", version="prompt 1")
SEEDS = seed_items()
BASE = [json.loads(line) for line in written_with(SEEDS)]


def at(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


def made(says: Says, maker: Maker = ANNA, hours: float = 0, claim: str = CLAIM, reason: str = "seen it") -> Verdict:
    return verdict(claim, says, maker, reason, at(hours))


def bears(relation: Relation | None, statement: str = STATEMENT) -> Bears:
    return Bears(statement=statement, relation=relation)


DENIES, CONFIRMS, BEARS_NOT = bears(Relation.DENIES), bears(Relation.CONFIRMS), bears(None)


def test_same_verdict_twice_has_one_id_and_any_other_another() -> None:
    carrying = replace(DENIES, carried=CarriedStatement.of(statement(id=STATEMENT)))
    different = [
        made(DENIES),
        made(CONFIRMS),
        made(BEARS_NOT),
        made(carrying),
        made(DENIES, BEN),
        made(DENIES, hours=1),
        made(DENIES, claim=OTHER),
        made(DENIES, reason="heard it"),
        made(HasStatus(status=Status.DISPUTED)),
        made(IsNoClaim()),
        made(Comments()),
        made(IsOneWith(into=OTHER)),
    ]
    assert len({v.id for v in different}) == len(different)
    assert made(DENIES) == made(DENIES)


def test_time_in_another_zone_is_the_same_time() -> None:
    there = datetime.fromisoformat("2025-12-01T14:00:00+02:00")
    assert verdict(CLAIM, DENIES, ANNA, "seen it", there).id == made(DENIES).id


@pytest.mark.parametrize(
    "says",
    [
        DENIES,
        BEARS_NOT,
        replace(DENIES, carried=CarriedStatement.of(statement(id=STATEMENT))),
        IsOneWith(into=OTHER),
        IsNoClaim(),
        HasStatus(status=Status.REFUTED),
        Undoes(verdict="f4" * 16),
        Comments(),
    ],
)
def test_verdict_comes_back_from_json_as_it_was(says: Says) -> None:
    v = made(says)
    assert from_json(json.loads(json.dumps(as_json(v)))) == v
    assert from_json({name: value for name, value in as_json(v).items() if name != "id"}) == v


def test_statement_is_carried_under_the_names_of_an_evidence_of_a_snapshot() -> None:
    line = BASE[0]["evidence"][0]
    brought = carried(line)
    assert {name: line[name] for name in ("statement", "quote", "side", "published")} == {
        "statement": brought.statement,
        "quote": brought.quote,
        "side": brought.side,
        "published": brought.published.isoformat().replace("+00:00", "Z"),
    }
    assert CarriedStatement.of(brought.restored()) == brought


def changed(**fields: Any) -> dict[str, Any]:
    return {**as_json(made(DENIES)), "id": None, **fields}


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ([], "no JSON object"),
        (changed(claim="nobody"), "no id of a claim"),
        (changed(claim=7), "claim is no text"),
        (changed(maker={"kind": "crowd", "name": "all"}), "kind is 'crowd': write one of person, model"),
        (changed(maker={"kind": "person", "name": " "}), "has no name"),
        (changed(maker={"kind": "person", "name": "n" * 201}), "longer than 200"),
        (changed(reason="r" * 2001), "longer than 2,000"),
        (changed(time="yesterday"), "RFC 3339"),
        (changed(time="1066-10-14T12:00:00Z"), "not between 1900 and 2100"),
        (changed(says={"kind": "guess"}), "write statement, merge, no_claim, status, undo or comment"),
        (changed(says={"kind": "statement", "statement": STATEMENT}), "relation is missing"),
        (changed(says={"kind": "statement", "statement": STATEMENT, "relation": "hates"}), "relation is 'hates'"),
        (changed(says={"kind": "statement", "statement": "one", "relation": None}), "no id of a statement"),
        (changed(says={"kind": "statement", "statement": CLAIM, "relation": None}), "say that the claim is none"),
        (changed(says={"kind": "statement", "statement": STATEMENT, "relation": "asserts"}), "this one repeats it"),
        (changed(says={"kind": "merge", "into": CLAIM}), "under itself"),
        (changed(says={"kind": "merge", "into": "x"}), "no id of a claim"),
        (changed(says={"kind": "undo", "verdict": "x"}), "no id of a verdict"),
        (changed(says={"kind": "comment"}, reason=" \n"), "a comment is its reason, and this has none"),
        (changed(id="0" * 32), "its id is not the one"),
        (
            changed(
                says={
                    **as_json(made(replace(DENIES, carried=CarriedStatement.of(statement(id=STATEMENT)))))["says"],
                    "statement": OTHER,
                }
            ),
            "carries another statement",
        ),
    ],
)
def test_verdict_that_says_nothing_that_can_be_done_is_refused_with_its_reason(value: Any, why: str) -> None:
    with pytest.raises(UnreadableVerdict, match=why):
        from_json(value)


def test_latest_word_of_a_maker_counts() -> None:
    said = [made(DENIES), made(CONFIRMS, hours=1)]
    for order in permutations(said):
        assert rulings(order).statements == {STATEMENT: said[1]}


def test_persons_word_outranks_a_later_one_of_a_model() -> None:
    said = [made(DENIES), made(CONFIRMS, MODEL, hours=1)]
    for order in permutations(said):
        assert rulings(order).statements == {STATEMENT: said[0]}


def test_later_of_two_persons_is_heard() -> None:
    said = [made(HasStatus(status=Status.REFUTED)), made(HasStatus(status=Status.CONFIRMED), BEN, hours=1)]
    assert rulings(said).status == said[1]


def test_undone_verdict_gives_way_to_the_one_before_it() -> None:
    first, second = made(DENIES), made(CONFIRMS, hours=1)
    undo = made(Undoes(verdict=second.id), hours=2)
    assert rulings([undo, second, first]).statements == {STATEMENT: first}


def test_undoing_can_be_undone() -> None:
    first = made(DENIES)
    undo = made(Undoes(verdict=first.id), hours=1)
    redo = made(Undoes(verdict=undo.id), hours=2)
    for order in permutations([first, undo, redo]):
        assert rulings(order).statements == {STATEMENT: first}


def test_person_undoes_anybodys_verdict_and_a_model_only_its_own() -> None:
    persons, models = made(DENIES), made(CONFIRMS, MODEL, hours=1)
    by_model = [made(Undoes(verdict=v.id), MODEL, hours=2) for v in (persons, models)]
    by_ben = [made(Undoes(verdict=v.id), BEN, hours=3) for v in (persons, models)]
    assert rulings([persons, models, *by_model]).statements == {STATEMENT: persons}
    assert rulings([persons, models, by_ben[0]]).statements == {STATEMENT: models}
    assert rulings([persons, models, *by_ben]).statements == {}


def test_verdict_cannot_be_undone_before_it_is_made() -> None:
    late = made(DENIES, hours=5)
    early = made(Undoes(verdict=late.id), hours=1)
    assert rulings([early, late]).statements == {STATEMENT: late}


@pytest.mark.parametrize(
    ("makers", "counts"),
    [(("person",), True), (("person:Anna",), True), (("person:Ben", "model"), False), ((), False)],
)
def test_setting_says_whose_verdicts_count(makers: tuple[str, ...], counts: bool) -> None:
    assert Trusted(makers).counts(ANNA) is counts


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (DENIES, "bears on it as denies"),
        (BEARS_NOT, "takes a statement out"),
        (IsOneWith(into=OTHER), f"one with claim {OTHER}"),
        (IsNoClaim(), "no claim"),
        (HasStatus(status=Status.REFUTED), "sets its status to refuted"),
        (Undoes(verdict="f4" * 16), "undoes verdict f4"),
        (Comments(), "comments"),
    ],
)
def test_verdict_is_told_in_words(says: Says, words: str) -> None:
    assert words in in_words(says)


LINES = [line for claim in BASE for line in claim["evidence"]]
CLAIMS = [claim["id"] for claim in BASE]
ids = st.sampled_from(CLAIMS)


def _bears(line: dict[str, Any], relation: Relation | None, carry: bool) -> Bears:
    return Bears(statement=line["statement"], relation=relation, carried=carried(line) if carry else None)


statements = st.builds(
    _bears,
    st.sampled_from(LINES),
    st.sampled_from([None, Relation.DENIES, Relation.CONFIRMS, Relation.REPEATS, Relation.NO_COMMENT]),
    st.booleans(),
)
sayings: st.SearchStrategy[Says] = st.one_of(
    statements,
    st.builds(IsOneWith, into=ids),
    st.just(IsNoClaim()),
    st.just(Comments()),
    st.builds(HasStatus, status=st.sampled_from(list(Status))),
)


@st.composite
def verdicts(draw: st.DrawFn) -> list[Verdict]:
    """Verdicts on the seeds' claims, some of which undo others."""
    found: list[Verdict] = []
    for _ in range(draw(st.integers(1, 8))):
        maker, when = draw(st.sampled_from([ANNA, BEN, MODEL])), draw(st.integers(0, 50))
        claim, says = draw(ids), draw(sayings)
        if found and draw(st.integers(0, 3)) == 0:
            target = draw(st.sampled_from(found))
            claim, says = target.claim, Undoes(verdict=target.id)
        try:
            found.append(made(says, maker, when, claim))
        except UnreadableVerdict:
            continue
    return found


@given(verdicts(), st.randoms(use_true_random=False))
def test_ledger_is_a_function_of_the_set_of_items_and_verdicts(given: list[Verdict], chance: Random) -> None:
    arrived = [*SEEDS, *given, *chance.choices([*SEEDS, *given], k=4)]
    chance.shuffle(arrived)
    assert written_with(arrived) == written_with([*SEEDS, *given])


@pytest.mark.slow
@given(verdicts(), st.integers(), st.integers(1, 4), st.sampled_from([0.0, 0.1]))
def test_partitions_and_kills_give_the_ledger_of_the_set_of_items_and_verdicts(
    given: list[Verdict], chance: int, number: int, restarts: float
) -> None:
    stream = Partitions(number, Random(chance), restarts)
    stream.run(SEEDS, [*given, *given])
    assert [encode(claim) for claim in stream.claims()] == written_with([*SEEDS, *given])


def ring(*claims: str) -> list[Verdict]:
    """Verdicts that each claim is one with the next, the last with the first."""
    return [
        made(IsOneWith(into=into), claim=claim) for claim, into in zip(claims, (*claims[1:], claims[0]), strict=True)
    ]


@pytest.mark.parametrize("number", [2, 3, 4])
def test_of_claims_that_are_one_in_a_ring_the_first_by_id_lives_on_with_all_their_evidence(number: int) -> None:
    claims = sorted(CLAIMS)[:number]
    after = {c["id"]: c for c in map(json.loads, written_with([*SEEDS, *ring(*claims)]))}
    before = {c["id"]: c for c in BASE}
    assert set(before) - set(after) == set(claims[1:])
    statements = {line["statement"] for id in claims for line in before[id]["evidence"]}
    assert {line["statement"] for line in after[claims[0]]["evidence"]} == statements
