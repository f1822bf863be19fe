import json
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from claimwire import Item, Status
from claimwire.claim_state import ClaimState
from claimwire.history import as_of, latest, ledger_as_of, quiet, timeline
from claimwire.items import latest_versions
from claimwire.judging import judge
from claimwire.snapshots import snapshot
from claimwire.statements import Relation
from streams.codecs import encode
from tests.unit.builders import NOON, OPENING, FindsNothing, change, claims_of, evidence, ledger_of, seed_items, wire
from tests.unit.wires import wires

SEEDS = seed_items()
LEDGER: list[dict[str, Any]] = [json.loads(encode(claim)) for claim in ledger_of(SEEDS).claims()]


def claim_of(*words: Any) -> dict[str, Any]:
    """The snapshot of a claim with this evidence, as read from JSON."""
    state = ClaimState(id=OPENING.statement.id)
    for word in (OPENING, *words):
        state = judge(state, change(word)).state
    loaded: dict[str, Any] = json.loads(encode(snapshot(state)))
    return loaded


def path(claim: dict[str, Any]) -> list[tuple[str, str | None, bool]]:
    return [(step.evidence["side"], step.status, step.changed) for step in timeline(claim)]


def hours(count: float) -> datetime:
    return NOON + timedelta(hours=count)


DENIED = evidence("Ukraine", Relation.DENIES, hours=1)
CONCEDED = evidence("Ukraine", Relation.CONFIRMS, hours=5)


def test_timeline_tells_the_status_after_each_evidence() -> None:
    silent = evidence("Ukraine", Relation.NO_COMMENT, hours=2)
    assert path(claim_of(DENIED, silent, CONCEDED)) == [
        ("Russia", Status.UNVERIFIED, True),
        ("Ukraine", Status.DISPUTED, True),
        ("Ukraine", Status.DISPUTED, False),
        ("Ukraine", Status.CONFIRMED, True),
    ]


def test_timeline_is_in_the_order_of_publication_whatever_the_order_of_arrival() -> None:
    assert path(claim_of(CONCEDED, DENIED)) == path(claim_of(DENIED, CONCEDED))


def test_words_before_the_claim_itself_give_it_no_status() -> None:
    early = evidence("Ukraine", Relation.DENIES, hours=-2)
    assert path(claim_of(early)) == [("Ukraine", None, False), ("Russia", Status.DISPUTED, True)]


def test_recalled_words_change_no_status_after_the_fact() -> None:
    recalled = evidence("Ukraine", Relation.DENIES, hours=9, recalled=True)
    assert path(claim_of(CONCEDED, recalled))[-1] == ("Ukraine", Status.CONFIRMED, False)


@given(wires)
def test_timeline_ends_at_the_status_of_the_claim(items: list[Item]) -> None:
    for claim in ledger_of(items).claims():
        steps = list(timeline(claim))
        assert [step.evidence for step in steps] == claim["evidence"]
        assert steps[-1].status is claim["status"]


def test_as_of_a_moment_is_the_claim_that_the_evidence_until_then_makes() -> None:
    claim = claim_of(DENIED, CONCEDED)
    assert as_of(claim, hours(3)) == claim_of(DENIED)
    assert as_of(claim, hours(5)) == claim
    assert as_of(claim, hours(0)) == claim_of()


def test_claim_is_absent_before_the_publication_of_its_opening() -> None:
    early = evidence("Ukraine", Relation.DENIES, hours=-2)
    assert as_of(claim_of(early), hours(-1)) is None


def test_later_end_of_time_changes_nothing() -> None:
    moment = latest(LEDGER)
    assert moment is not None
    assert ledger_as_of(LEDGER, moment) == LEDGER
    assert ledger_as_of(LEDGER, moment + timedelta(days=1000)) == LEDGER


def test_event_that_is_a_claim_by_its_answer_is_none_before() -> None:
    said = "The United States said that Russia was planning to invade Ukraine."
    answered = "Russia denied that it was planning to invade Ukraine."
    [claim] = claims_of(wire(said, answered), FindsNothing())
    assert as_of(claim, hours(0)) is None
    assert as_of(claim, hours(1)) == claim
    assert claim["since"] == claim["evidence"][1]["published"]


@given(wires, st.sampled_from([-1, 0, 1, 2, 29, 24 * 12, 24 * 60]))
def test_as_of_is_the_ledger_of_the_items_published_until_then(items: list[Item], count: int) -> None:
    """But for claims known then from answers alone, which gave way when the claim itself turned up."""
    items, moment = list(latest_versions(items).values()), hours(count)
    then = {c["id"]: encode(c) for c in ledger_as_of(ledger_of(items).claims(), moment)}
    made = {c["id"]: c for c in ledger_of(i for i in items if i.published <= moment).claims()}
    assert then == {id: encode(made[id]) for id in then}
    assert all(claim["implied"] for id, claim in made.items() if id not in then)


@given(wires, st.sampled_from([0, 1, 24 * 12]), st.sampled_from([0, 2, 24 * 60]))
def test_as_of_as_of_is_as_of_the_earlier(items: list[Item], one: int, other: int) -> None:
    claims = list(ledger_of(items).claims())
    twice = ledger_as_of(ledger_as_of(claims, hours(one)), hours(other))
    assert twice == ledger_as_of(claims, hours(min(one, other)))


def test_claim_goes_quiet_without_a_change_of_its_status() -> None:
    claim, days = claim_of(DENIED), timedelta(days=30)
    assert not quiet(claim, hours(1) + days)
    assert quiet(claim, hours(2) + days)
    assert not quiet(claim_of(DENIED, evidence("Ukraine", Relation.NO_COMMENT, hours=3)), hours(2) + days)
    assert claim["status"] == Status.DISPUTED


def test_news_from_after_a_moment_leaves_nothing_quiet() -> None:
    assert not quiet(claim_of(), hours(-1000), timedelta())


def test_latest_is_the_last_publication_of_any_evidence() -> None:
    assert latest([claim_of(), claim_of(CONCEDED), claim_of(DENIED)]) == hours(5)
    assert latest([]) is None
