import dataclasses
from collections.abc import Iterable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwire.linking import SubjectLinks, pair_model
from claimwire.linking.candidates import MOST, SURE_BY, Candidate, Surroundings
from claimwire.statements import MAY_ANSWER, Act, Relation, Statement
from tests.unit.builders import statement
from tests.unit.subject_steps import SUBJECT, low_bars, steps, take

Told = dict[str, tuple[Candidate, ...]]

BID = ("bid", "depot", "dock", "orion")


def claim(name: str, terms: tuple[str, ...] = BID, hours: float = 0, **fields: object) -> Statement:
    """A statement that opens a claim by itself."""
    given = {"worth": 1, "context": ("dock", "orion"), "quote": " ".join(terms), **fields}
    return statement("Orion", Act.ASSERTS, None, id=name, hours=hours, terms=terms, **given)


def denial(name: str, terms: tuple[str, ...] = BID, hours: float = 5, **fields: object) -> Statement:
    given = {"relation": Relation.DENIES, "context": ("dock", "orion"), "quote": " ".join(terms), **fields}
    return statement("Acme", Act.DENIES, None, id=name, hours=hours, terms=terms, **given)


def told_by(*said: Statement, subject: str = SUBJECT) -> Told:
    links = SubjectLinks(subject)
    links.change(said)
    return links.candidates()


def one_by_one(steps: Iterable[Statement | str]) -> Told:
    """The candidates that stand after each step was taken by itself: of each statement the last that were told."""
    links, told = SubjectLinks(SUBJECT), Told()
    for step in steps:
        take(links, step)
        told |= links.candidates()
        if isinstance(step, str):
            told.pop(step, None)
    return told


def left_of(steps: Iterable[Statement | str]) -> list[Statement]:
    left: dict[str, Statement] = {}
    for step in steps:
        if isinstance(step, str):
            left.pop(step, None)
        else:
            left[step.id] = step
    return list(left.values())


def answering(told: Told) -> Told:
    """Without those that have none, of which nothing is told."""
    return {id: found for id, found in told.items() if found}


@pytest.fixture
def _joins_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no likeness be enough."""
    monkeypatch.setattr(pair_model, "BARS", dict.fromkeys(pair_model.AnswerKind, 1.0))


@given(steps)
def test_candidates_are_those_of_the_set_however_statements_come_and_go(steps: list[Statement | str]) -> None:
    with low_bars():
        last = left_of(steps)
        kept = {s.id: s for s in last if s.may_answer}
        standing = {id: found for id, found in one_by_one(steps).items() if id in kept}
        assert answering(standing) == answering(told_by(*last))


@given(steps, st.randoms(use_true_random=False))
def test_candidates_are_the_same_in_whatever_order_statements_come(
    steps: list[Statement | str], random: object
) -> None:
    shuffled = left_of(steps)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert answering(one_by_one(shuffled)) == answering(told_by(*shuffled))


@given(steps)
def test_a_statement_has_at_most_three_at_all_its_subjects_and_each_claim_once(steps: list[Statement | str]) -> None:
    said = left_of(steps)
    subjects = {subject for s in said for subject in s.subjects}
    found: dict[str, list[Candidate]] = {}
    for subject in subjects:
        here = told_by(*(s for s in said if subject in s.subjects), subject=subject)
        for id, each in here.items():
            assert len({c.claim for c in each}) == len(each)
            found.setdefault(id, []).extend(each)
    assert all(len(each) <= MOST for each in found.values())


@pytest.mark.usefixtures("_joins_nothing")
def test_denial_that_is_not_joined_has_the_open_claims_as_candidates_the_likest_first() -> None:
    far = claim("c2" * 10, ("bank", "bid", "orion"))
    near = claim("c1" * 10, (*BID, "fuel"), hours=1)
    told = told_by(far, near, denial("d1" * 10, ("bid", "dock", "orion")))["d1" * 10]
    assert [(c.claim, c.joined, c.relation) for c in told] == [
        (near.id, False, Relation.DENIES),
        (far.id, False, Relation.DENIES),
    ]


@pytest.mark.usefixtures("_joins_nothing")
def test_candidate_holds_what_a_reader_is_asked_by() -> None:
    opener = claim("c1" * 10, sentence="Orion bids", headline="Orion to bid", lead="It wants Acme.")
    answer = denial("d1" * 10, ("bid", "orion"), sentence="It denied it", headline="No bid", lead="Acme denied it.")
    [found] = told_by(opener, answer)[answer.id]
    assert (found.text, found.claimant) == (opener.proposition, opener.speaker)
    assert (found.opening.statement, found.answering.statement) == (opener.id, answer.id)
    assert (found.opening.quote, found.answering.quote) == (opener.quote, answer.quote)
    assert (found.opening.published, found.answering.published) == (opener.published, answer.published)
    assert found.opening_in == Surroundings(sentence="Orion bids", headline="Orion to bid", lead="It wants Acme.")
    assert found.answering_in == Surroundings(sentence="It denied it", headline="No bid", lead="Acme denied it.")
    assert 0 <= found.score <= 1


@pytest.mark.usefixtures("_joins_nothing")
def test_id_is_made_of_what_the_candidate_says() -> None:
    opener = claim("c1" * 10)
    [one] = told_by(opener, denial("d1" * 10))["d1" * 10]
    [again] = told_by(denial("d1" * 10), opener)["d1" * 10]
    [other] = told_by(opener, denial("d1" * 10, quote="No bid"))["d1" * 10]
    assert one.id == again.id != other.id


def test_join_within_an_item_is_asked_as_it_is_made_with_little_confidence() -> None:
    opener = claim("c1" * 10, item="urn:1", end=4)
    answer = denial("d1" * 10, ("nothing",), hours=0, item="urn:1", end=8, target=opener.id)
    [found] = told_by(opener, answer)[answer.id]
    assert (found.claim, found.joined) == (opener.id, True)


@pytest.mark.parametrize(
    "silent",
    [
        {"act": Act.ASSERTS, "relation": None},
        {"act": Act.ASSERTS, "relation": Relation.REPEATS},
        {"act": Act.RETRACTS, "corrects": True},
    ],
)
def test_what_answers_nothing_and_corrections_have_no_candidates(silent: dict[str, object]) -> None:
    answer = dataclasses.replace(denial("d1" * 10), **silent)
    assert not answer.may_answer
    assert told_by(claim("c1" * 10), answer) == {}


@pytest.mark.usefixtures("_joins_nothing")
def test_claim_that_nobody_opened_and_one_out_of_the_window_are_no_candidates() -> None:
    unopened, old = claim("c1" * 10, worth=0), claim("c2" * 10, hours=-24 * 60)
    answer = denial("d1" * 10, ("bid", "orion"))
    assert answering(told_by(unopened, old, answer)) == {}
    assert timedelta(days=45) < answer.published - old.published


def test_join_little_above_its_bar_is_asked_and_one_far_above_it_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    opener, answer = claim("c1" * 10), denial("d1" * 10, (*BID, "fuel"))

    def asked_at(bar: float) -> tuple[Candidate, ...]:
        monkeypatch.setattr(pair_model, "BARS", dict.fromkeys(pair_model.AnswerKind, bar))
        return told_by(opener, answer)[answer.id]

    sure = pair_model.score(pair_model.features(answer, opener))
    [unjoined], [doubtful] = asked_at(1.0), asked_at(sure - 0.01)
    assert (unjoined.joined, doubtful.joined) == (False, True)
    assert (doubtful.score, doubtful.bar) == (pytest.approx(sure, abs=0.001), sure - 0.01)
    assert asked_at(sure - SURE_BY - 0.01) == ()


@pytest.mark.usefixtures("_joins_nothing")
def test_statement_that_may_answer_is_asked_about_where_likeness_makes_up_for_a_low_chance() -> None:
    opener = claim("c1" * 10)
    answer = dataclasses.replace(denial("d1" * 10), act=Act.ASSERTS, relation=None)
    assert told_by(opener, answer) == {}
    heard = dataclasses.replace(answer, answering=MAY_ANSWER)
    [found] = told_by(opener, heard)[answer.id]
    assert (found.claim, found.joined) == (opener.id, False)
    unlike = dataclasses.replace(heard, terms=("bank", "fuel", "orion", "rate", "vote"), context=("bank",))
    assert answering(told_by(opener, unlike)) == {}
    sure = dataclasses.replace(unlike, answering=0.9)
    assert answering(told_by(opener, sure)) == {answer.id: told_by(opener, sure)[answer.id]}
