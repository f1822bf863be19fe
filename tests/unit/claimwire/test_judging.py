from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwire import Item, Status
from claimwire.claim_state import ClaimState, Held
from claimwire.claims import ClaimChange, PartWithdrawn, by_claim
from claimwire.items import Origin, PubStatus
from claimwire.judging import Judgement, judge
from claimwire.ledger import link
from claimwire.linking import SubjectLinks
from claimwire.snapshots import snapshot
from claimwire.statements import Relation
from claimwire.status_events import Gone, Location
from claimwire.versions import Known, revise
from tests.unit.builders import CAPTURED, CLAIM, OPENING, change, claims_of, evidence, extracted, together, wire
from tests.unit.wires import wires


def changes_of(items: list[Item]) -> Iterator[ClaimChange]:
    """The evidence topic, as these items fill it."""
    known: dict[str, Known] = {}
    subjects: dict[str, SubjectLinks] = {}
    for version in items:
        known[version.uri], changes = revise(known.get(version.uri), version, extracted(version))
        for c in changes:
            yield from by_claim(link(subjects.setdefault(c.subject, SubjectLinks(c.subject)), [c]))


def judged(changes: list[ClaimChange]) -> Iterator[Judgement]:
    """What a judge makes of changes, one after another."""
    states: dict[str, ClaimState] = {}
    for c in changes:
        judgement = judge(states.get(c.claim) or ClaimState(id=c.claim), c)
        states[c.claim] = judgement.state
        yield judgement


@given(wires)
def test_change_told_again_tells_the_same_event_and_changes_nothing(items: list[Item]) -> None:
    changes = list(changes_of(items))
    for c, first in zip(changes, judged(changes), strict=True):
        again = judge(first.state, c)
        assert again.state == first.state
        assert again.event == first.event


@given(wires, st.data())
def test_replay_of_any_prefix_leaves_the_same_claims_and_tells_no_new_event(
    items: list[Item], data: st.DataObject
) -> None:
    changes = list(changes_of(items))
    cut = data.draw(st.integers(0, len(changes)))
    back = data.draw(st.integers(0, cut))
    straight = list(judged(changes))
    replayed = list(judged([*changes[:cut], *changes[back:]]))
    assert {j.state.id: j.state for j in replayed} == {j.state.id: j.state for j in straight}
    assert {j.event.id: j.event for j in replayed if j.event} == {j.event.id: j.event for j in straight if j.event}


@given(wires, st.randoms(use_true_random=False))
def test_claim_restored_from_its_parts_tells_the_same_event_wherever_a_crash_comes(
    items: list[Item], chance: Random
) -> None:
    """The first part of a change is kept first, the others in any order: what is kept of it tells the rest."""
    changes = list(changes_of(items))
    kept: dict[str, dict[str, Held]] = defaultdict(dict)
    for c, straight in zip(changes, judged(changes), strict=True):
        first = judge(ClaimState.restored(c.claim, dict(kept[c.claim])), c)
        assert first.state == straight.state
        assert first.event == straight.event
        others = list(first.kept[1:])
        chance.shuffle(others)
        written = dict(kept[c.claim])
        for key in (*first.kept[:1], *others):
            written = {**written, key: first.state.held[key]}
            redelivered = judge(ClaimState.restored(c.claim, dict(written)), c)
            assert (redelivered.state.status, redelivered.state.sequence) == (first.state.status, first.state.sequence)
            assert {key: h.change for key, h in redelivered.state.held.items()} == {
                key: h.change for key, h in first.state.held.items()
            }
            assert redelivered.event == straight.event
        kept[c.claim] = written


@given(wires)
def test_snapshot_is_a_function_of_the_evidence_that_bears_now(items: list[Item]) -> None:
    states = {j.state.id: j.state for j in judged(list(changes_of(items)))}
    for state in states.values():
        live = [change(h.change.evidence) for h in state.held.values() if h.change.live]
        fresh = ClaimState(id=state.id)
        for c in live:
            fresh = judge(fresh, c).state
        assert snapshot(fresh) == snapshot(state)


DENIED = evidence("Ukraine", Relation.DENIES)


def fold(*changes: ClaimChange) -> list[Judgement]:
    return list(judged(list(changes)))


def test_new_claim_is_told_with_no_previous_status() -> None:
    [judgement] = fold(change(OPENING))
    assert judgement.event is not None
    assert (judgement.event.sequence, judgement.event.previous, judgement.event.status) == (1, None, Status.UNVERIFIED)


def test_evidence_that_moves_no_status_is_kept_and_tells_nothing() -> None:
    *_, last = fold(change(OPENING), change(evidence("Ukraine", Relation.NO_COMMENT)))
    assert last.event is None
    assert len(last.state.evidence()) == 2


def test_event_names_the_evidence_that_caused_it() -> None:
    *_, last = fold(change(OPENING), change(DENIED))
    assert last.event is not None
    assert (last.event.previous, last.event.status) == (Status.UNVERIFIED, Status.DISPUTED)
    assert (last.event.cause.relation, last.event.cause.side) == (Relation.DENIES, "Ukraine")
    assert not last.event.cause.withdrawn


def test_withdrawn_evidence_counts_no_more() -> None:
    *_, last = fold(change(OPENING), change(DENIED), change(DENIED, revision=2, live=False))
    assert last.event is not None
    assert (last.event.status, last.event.cause.withdrawn) == (Status.UNVERIFIED, True)


def test_changes_at_once_tell_one_event_by_the_evidence_that_decides() -> None:
    confirmed = evidence("Ukraine", Relation.CONFIRMS, hours=2)
    *_, last = fold(change(OPENING), together(change(DENIED), change(confirmed)))
    assert last.event is not None
    assert (last.event.previous, last.event.status) == (Status.UNVERIFIED, Status.CONFIRMED)
    assert (last.event.sequence, last.event.cause.relation) == (2, Relation.CONFIRMS)


def test_changes_at_once_that_leave_the_status_as_it_was_tell_nothing() -> None:
    again = evidence("Ukraine", Relation.DENIES, hours=2)
    *_, last = fold(change(OPENING), change(DENIED), together(change(DENIED, revision=2, live=False), change(again)))
    assert last.event is None
    assert last.state.status is Status.DISPUTED


def test_echo_of_the_past_changes_nothing() -> None:
    gone = [change(OPENING), change(DENIED), change(DENIED, revision=2, live=False)]
    *_, last, echo = fold(*gone, change(DENIED))
    assert echo.state == last.state
    assert echo.event is None


def test_claim_whose_opening_is_withdrawn_is_retracted_and_has_no_snapshot() -> None:
    *_, last = fold(change(OPENING), change(DENIED), change(OPENING, revision=2, live=False))
    assert last.event is not None
    assert last.event.status is Status.RETRACTED
    assert snapshot(last.state) is None


def test_claim_that_is_made_again_after_its_retraction_goes_on() -> None:
    *_, last = fold(change(OPENING), change(OPENING, revision=2, live=False), change(OPENING, revision=3))
    assert last.event is not None
    assert (last.event.sequence, last.event.previous, last.event.status) == (3, Status.RETRACTED, Status.UNVERIFIED)


def test_evidence_before_its_opening_tells_nothing_until_the_claim_is_opened() -> None:
    early, last = fold(change(DENIED), change(OPENING))
    assert early.event is None
    assert last.event is not None
    assert last.event.status is Status.DISPUTED


def test_same_change_at_another_point_of_the_sequence_is_another_event() -> None:
    flips = [change(OPENING), *(change(DENIED, revision=i, live=i % 2 == 1) for i in range(1, 7))]
    ids = [j.event.id for j in fold(*flips) if j.event]
    assert len(ids) == len(set(ids)) == 7


def test_snapshot_names_the_outcome_in_other_schemes() -> None:
    claims = claims_of(wire("Russia said its forces had captured Pokrovsk in Ukraine."))
    assert [c["event_types"] for c in claims] == [{"acled": "Battles", "plover": "ASSAULT"}]


def test_part_whose_words_are_no_longer_kept_where_it_was_decided_is_withdrawn_as_it_last_stood() -> None:
    due_to = Origin(item="urn:one", version=2, pub_status=PubStatus.CANCELED)
    part = PartWithdrawn(claim="c", statement=OPENING.statement.id, subject="place:town", revision=2, due_to=due_to)
    gone = ClaimChange(claim="c", parts=(part,))
    *_, told = fold(change(OPENING), change(DENIED))
    last = judge(told.state, gone)
    assert last.event is not None
    assert (last.event.status, last.event.cause.withdrawn) == (Status.RETRACTED, True)
    assert (last.event.cause.quote, last.event.cause.due_to) == (OPENING.statement.quote, due_to)
    assert judge(last.state, gone).event == last.event
    assert judge(ClaimState(id="c"), gone).event is None


@pytest.mark.parametrize(
    ("place", "located"),
    [
        ("pokrovsk.ua", Location(key="pokrovsk.ua", name="Pokrovsk", country="UA", latitude=48.28, longitude=37.18)),
        ("stara-vyshnia", Location(key="stara-vyshnia", name="Stara Vyshnia")),
        ("", None),
    ],
)
def test_event_tells_where_the_claim_plays(place: str, located: Location | None) -> None:
    outcome = replace(CAPTURED, place=place)
    event = judge(ClaimState(id="c"), change(replace(OPENING, opens=replace(CLAIM, outcome=outcome)))).event
    assert event
    assert event.claim.place == located


def gone_parts(*told: dict[str, object]) -> list[ClaimChange]:
    """The opening of a claim withdrawn, as its subjects tell it one after another."""
    return [
        ClaimChange(claim="c", parts=(replace(part, subject=f"s{n}", live=False, **fields),))
        for n, fields in enumerate(told)
        for part in change(OPENING, revision=2).parts
    ]


@pytest.mark.parametrize(
    ("told", "gone", "heir"),
    [
        (({}, {}), Gone.WITHDRAWN, ""),
        (({"superseded_by": "heir"}, {}), Gone.SUPERSEDED, "heir"),
        (({}, {"superseded_by": "heir"}), Gone.SUPERSEDED, "heir"),
        (({"still_said": True}, {}), Gone.DROPPED, ""),
        (({"still_said": True}, {"superseded_by": "heir"}), Gone.SUPERSEDED, "heir"),
    ],
)
def test_claim_of_two_subjects_is_gone_once_both_say_so_and_any_of_them_knows_why(
    told: tuple[dict[str, object], ...], gone: Gone, heir: str
) -> None:
    state = ClaimState(id="c")
    for n in range(2):
        [part] = change(OPENING).parts
        state = judge(state, ClaimChange(claim="c", parts=(replace(part, subject=f"s{n}"),))).state
    first, last = gone_parts(*told)
    left = judge(state, first)
    assert left.event is None
    event = judge(left.state, last).event
    assert event
    assert (event.status, event.gone, event.superseded_by) == (Status.RETRACTED, gone, heir)
    assert event.word == (Status.RETRACTED if gone is Gone.WITHDRAWN else gone)
