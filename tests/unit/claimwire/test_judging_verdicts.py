"""What judging makes of verdicts: statuses, events, and whose word they name."""

from dataclasses import replace
from datetime import timedelta

import pytest

from claimwire.claim_state import ClaimState
from claimwire.claims import READING, ClaimChange
from claimwire.items import Origin, PubStatus
from claimwire.judging import Judgement, judge
from claimwire.snapshots import snapshot
from claimwire.statements import Relation
from claimwire.status_events import Gone
from claimwire.statuses import Status
from claimwire.verdict_weighing import Trusted
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
    Verdict,
    verdict,
)
from tests.unit.builders import NOON, OPENING, change, evidence

ID, OTHER, DENIAL = "c1" * 10, "d2" * 10, "e3" * 10
ANNA = Maker(kind=MakerKind.PERSON, name="Anna")
OPENED = change(replace(OPENING, claim=ID, statement=replace(OPENING.statement, id=ID)))
DENIED_BY = replace(evidence("Ukraine", Relation.DENIES, id=DENIAL), claim=ID)
DENIED = change(DENIED_BY)


def by_anna(says: Says, hours: float = 10) -> Verdict:
    return verdict(ID, says, ANNA, "I was there.", NOON + timedelta(hours=hours))


def fold(*changes: ClaimChange | Verdict, state: ClaimState | None = None) -> Judgement:
    """The last of what judging makes of changes, one after another."""
    state = state or ClaimState(id=ID)
    for each in changes:
        judgement = judge(state, each)
        state = judgement.state
    return judgement


TAKES_OUT = by_anna(Bears(statement=DENIAL, relation=None))
REFUTES = by_anna(HasStatus(status=Status.REFUTED))
NO_CLAIM = by_anna(IsNoClaim())


def test_verdict_that_takes_a_denial_out_undoes_the_dispute_and_says_who() -> None:
    last = fold(OPENED, DENIED, TAKES_OUT)
    assert last.event is not None
    assert (last.event.previous, last.event.status) == (Status.DISPUTED, Status.UNVERIFIED)
    assert last.event.verdict is not None
    assert (last.event.verdict.id, last.event.time) == (TAKES_OUT.id, TAKES_OUT.time)
    assert last.event.verdict.sentence == "person Anna takes a statement out of its evidence: I was there."
    assert last.event.decided_by.words == "decided by person Anna: I was there."
    assert last.event.cause.withdrawn
    shown = snapshot(last.state)
    assert shown is not None
    assert [line["statement"] for line in shown["set_aside"]] == [DENIAL]


def test_verdict_says_otherwise_how_a_statement_bears() -> None:
    last = fold(OPENED, DENIED, by_anna(Bears(statement=DENIAL, relation=Relation.CONFIRMS)))
    assert last.state.status is Status.CONFIRMED
    shown = snapshot(last.state)
    assert shown is not None
    line = shown["evidence"][-1]
    assert (line["relation"], line["read_as"]) == (Relation.CONFIRMS, Relation.DENIES)
    assert line["why"] == ["person Anna: I was there."]


def test_statement_that_was_not_joined_is_carried_by_its_verdict() -> None:
    carried = CarriedStatement.of(DENIED_BY.statement)
    last = fold(OPENED, by_anna(Bears(statement=DENIAL, relation=Relation.DENIES, carried=carried)))
    assert last.state.status is Status.DISPUTED
    shown = snapshot(last.state)
    assert shown is not None
    assert (shown["evidence"][-1]["read_as"], shown["evidence"][-1]["statement"]) == (None, DENIAL)


def test_verdict_on_a_statement_that_nobody_knows_waits_for_it() -> None:
    early = by_anna(Bears(statement=DENIAL, relation=Relation.NO_COMMENT))
    assert fold(OPENED, early).event is None
    assert fold(OPENED, early, DENIED).state.status is Status.UNVERIFIED


def test_status_that_a_person_sets_stays_whatever_is_said() -> None:
    last = fold(OPENED, REFUTES, DENIED)
    assert (last.event, last.state.status) == (None, Status.REFUTED)


def test_verdict_before_its_claim_waits_and_tells_nothing() -> None:
    early = fold(REFUTES)
    assert (early.event, early.state.status, snapshot(early.state)) == (None, None, None)
    last = fold(OPENED, state=early.state)
    assert last.event is not None
    assert (last.event.previous, last.event.status) == (None, Status.REFUTED)


def test_claim_that_is_none_leaves_the_ledger_and_comes_back_when_that_is_undone() -> None:
    gone = fold(OPENED, NO_CLAIM)
    assert gone.event is not None
    assert (gone.event.gone, gone.event.word, snapshot(gone.state)) == (Gone.SET_ASIDE, Gone.SET_ASIDE, None)
    back = fold(by_anna(Undoes(verdict=NO_CLAIM.id), hours=11), state=gone.state)
    assert back.event is not None
    assert (back.event.status, back.event.gone, back.event.decided_by) == (Status.UNVERIFIED, None, READING)


def test_comment_stands_among_the_verdicts_and_changes_nothing() -> None:
    before, after = fold(OPENED, DENIED), fold(OPENED, DENIED, by_anna(Comments()))
    assert (after.event, after.onward, after.state.status) == (None, (), Status.DISPUTED)
    was, now = snapshot(before.state), snapshot(after.state)
    assert was
    assert now
    [said] = now["verdicts"]
    assert (said["says"], said["reason"]) == ({"kind": "comment"}, "I was there.")
    assert {**now, "verdicts": []} == was


def test_claim_that_is_one_with_another_points_to_it_and_hands_its_evidence_on() -> None:
    merged = fold(OPENED, DENIED, by_anna(IsOneWith(into=OTHER)))
    assert merged.event is not None
    assert (merged.event.gone, merged.event.superseded_by) == (Gone.SUPERSEDED, OTHER)
    [onward] = merged.onward
    assert onward.claim == OTHER
    assert [(p.statement, p.evidence.relation) for p in onward.parts if hasattr(p, "evidence")] == [
        (ID, Relation.REPEATS),
        (DENIAL, Relation.DENIES),
    ]


def test_evidence_that_comes_to_a_merged_claim_later_goes_on_too() -> None:
    merged = fold(OPENED, by_anna(IsOneWith(into=OTHER)))
    [onward] = fold(DENIED, state=merged.state).onward
    assert [part.statement for part in onward.parts] == [DENIAL]


def test_kill_of_a_merged_claim_withdraws_what_went_on_by_the_version_that_killed() -> None:
    killed = Origin(item="urn:one", version=2, pub_status=PubStatus.CANCELED, version_created=NOON)
    merged = fold(OPENED, DENIED, by_anna(IsOneWith(into=OTHER)))
    [part] = OPENED.parts
    kill = ClaimChange(claim=ID, parts=(replace(part, revision=2, live=False, due_to=killed),))
    [onward] = fold(kill, state=merged.state).onward
    assert [(p.statement, p.due_to) for p in onward.parts] == [(ID, killed), (DENIAL, killed)]


def test_undone_merge_takes_back_what_went_on() -> None:
    merge = by_anna(IsOneWith(into=OTHER))
    merged = fold(OPENED, merge)
    undone = fold(by_anna(Undoes(verdict=merge.id), hours=11), state=merged.state)
    [onward] = undone.onward
    assert [getattr(part, "live", None) for part in onward.parts] == [False]
    assert snapshot(undone.state) is not None


@pytest.mark.parametrize("given", [TAKES_OUT, REFUTES, NO_CLAIM])
def test_verdict_told_again_tells_the_same_event_and_changes_nothing(given: Verdict) -> None:
    first = fold(OPENED, DENIED, given)
    again = judge(first.state, given)
    assert (again.state, again.event, again.kept) == (first.state, first.event, ())


def test_claim_restored_from_its_rows_is_the_claim() -> None:
    state = fold(OPENED, DENIED, REFUTES, TAKES_OUT).state
    assert ClaimState.restored(ID, {**state.held, **state.verdicts}) == state


def test_verdict_of_one_who_does_not_count_changes_nothing() -> None:
    nobody = ClaimState(id=ID, trusted=Trusted(("model",)))
    last = fold(OPENED, DENIED, REFUTES, state=nobody)
    assert (last.event, last.state.status) == (None, Status.DISPUTED)
    shown = snapshot(last.state)
    assert shown is not None
    assert shown["verdicts"] == []
