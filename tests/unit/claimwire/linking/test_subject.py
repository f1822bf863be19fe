from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwire.claims import EvidenceChange
from claimwire.linking import SubjectLinks
from claimwire.linking.subject_rows import SubjectRow
from claimwire.statements import Act, Relation, Statement
from tests.unit.builders import statement
from tests.unit.subject_steps import HOLDS, SUBJECT, Standing, hear, low_bars, steps, take


@pytest.fixture(autouse=True, scope="module")
def _low_bars() -> Iterator[None]:
    with low_bars():
        yield


def restored(steps: list[Statement | str]) -> Standing:
    """The evidence of a subject that learns all at once what is left after these steps."""
    left: dict[str, Statement] = {}
    for step in steps:
        if isinstance(step, str):
            left.pop(step, None)
        else:
            left[step.id] = step
    links = SubjectLinks(SUBJECT)
    links.restore({s.id: SubjectRow(order=s.order, statement=s, revisions={"any": 1}) for s in left.values()})
    return links.evidence()


@given(steps)
def test_putting_and_withdrawing_equals_restoring_from_scratch(steps: list[Statement | str]) -> None:
    links, standing = SubjectLinks(SUBJECT), Standing()
    for step in steps:
        hear(standing, take(links, step))
    assert standing == restored(steps)


@given(steps, st.randoms(use_true_random=False))
def test_links_are_a_function_of_the_set_of_statements(steps: list[Statement | str], random: object) -> None:
    last = {s.id: s for s in steps if not isinstance(s, str)}
    shuffled = list(last.values())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert restored(shuffled) == restored(list(last.values()))
    links, standing = SubjectLinks(SUBJECT), Standing()
    for s in shuffled:
        hear(standing, links.change([s]))
    assert standing == restored(shuffled)


@given(steps)
def test_revisions_count_the_changes_of_a_part_without_gaps(steps: list[Statement | str]) -> None:
    links = SubjectLinks(SUBJECT)
    told: dict[tuple[str, str], list[int]] = defaultdict(list)
    for step in steps:
        for change in take(links, step):
            told[change.evidence.claim, change.evidence.statement.id].append(change.revision)
    assert all(revisions == list(range(1, len(revisions) + 1)) for revisions in told.values())
    for (claim, id), revisions in told.items():
        assert links.revisions(id)[claim] == revisions[-1]


@given(steps)
def test_same_statement_again_changes_nothing(steps: list[Statement | str]) -> None:
    links = SubjectLinks(SUBJECT)
    for step in steps:
        take(links, step)
        assert take(links, step) == []


@given(steps, steps)
def test_restored_links_go_on_as_the_old_ones_would(past: list[Statement | str], future: list[Statement | str]) -> None:
    links = SubjectLinks(SUBJECT)
    for step in past:
        take(links, step)
    left = {s.id: s for s in links._statements}
    ids = {s.id for s in past if not isinstance(s, str)}
    again = SubjectLinks(SUBJECT)
    again.restore(
        {id: SubjectRow(order=(1, "", ""), statement=left.get(id), revisions=links.revisions(id)) for id in ids}
    )
    assert [take(again, step) for step in future] == [take(links, step) for step in future]


@given(steps)
def test_part_of_a_statement_is_told_as_it_was_last_told(steps: list[Statement | str]) -> None:
    links = SubjectLinks(SUBJECT)
    last: dict[tuple[str, str], EvidenceChange] = {}
    for step in steps:
        for change in take(links, step):
            last[change.evidence.claim, change.evidence.statement.id] = change
    for id in "abcdefgh":
        expected = [c for (_, s), c in last.items() if s == id and c.live]
        assert sorted(links.part_of(id), key=lambda c: c.evidence.claim) == sorted(
            expected, key=lambda c: c.evidence.claim
        )


@given(steps)
def test_each_live_claim_has_exactly_one_opening_which_is_its_own(steps: list[Statement | str]) -> None:
    standing = restored(steps)
    openings = [e for e in standing.values() if e.opens]
    assert all(e.statement.id == e.claim for e in openings)
    assert sorted(e.claim for e in openings) == sorted({claim for claim, _ in standing})


CLAIM = statement("Russia", id="claim", hours=0)
DENIAL = statement("Ukraine", Act.DENIES, id="denial", hours=1)


def relations(changes: list[EvidenceChange]) -> list[tuple[str, str, Relation, bool]]:
    return [(c.evidence.claim, c.evidence.statement.id, c.evidence.relation, c.live) for c in changes]


def test_denial_joins_the_claim_before_it() -> None:
    links = SubjectLinks(SUBJECT)
    links.change([CLAIM])
    assert relations(links.change([DENIAL])) == [("claim", "denial", Relation.DENIES, True)]


def test_denial_alone_opens_an_implied_claim_which_gives_way() -> None:
    links = SubjectLinks(SUBJECT)
    [implied] = links.change([DENIAL])
    assert implied.evidence.opens is not None
    assert implied.evidence.opens.implied
    changes = links.change([CLAIM])
    assert ("denial", "denial", Relation.DENIES, False) in relations(changes)
    assert {c.superseded_by for c in changes if not c.live} == {"claim"}


def test_withdrawn_claim_leaves_its_denial_as_an_implied_one() -> None:
    links = SubjectLinks(SUBJECT)
    links.change([CLAIM])
    links.change([DENIAL])
    changes = links.change(withdrawn=["claim"])
    assert ("denial", "denial", Relation.DENIES, True) in relations(changes)
    assert ("claim", "claim", Relation.ASSERTS, False) in relations(changes)


def test_withdrawing_what_is_unknown_changes_nothing() -> None:
    assert SubjectLinks(SUBJECT).change(withdrawn=["nothing"]) == []


def test_statement_opens_a_claim_at_its_primary_subject_only() -> None:
    elsewhere = statement("Russia", subjects=("place:elsewhere", SUBJECT))
    assert SubjectLinks(SUBJECT).change([elsewhere]) == []


def test_window_decides_how_far_back_a_statement_answers() -> None:
    for days, joined in ((1, True), (3, False)):
        links = SubjectLinks(SUBJECT, window=timedelta(days=2))
        links.change([CLAIM])
        changes = links.change([statement("Ukraine", Act.DENIES, id="denial", hours=24 * days)])
        assert (changes[0].evidence.claim == "claim") is joined


def test_who_restates_an_answer_is_decided_again_where_the_claim_itself_has_changed() -> None:
    words = ("depot", "dock", "fuel", "orion", "shipyard")
    told: dict[str, Any] = {"terms": words, "context": ("acme", "bid", "orion"), "about": ("Acme",)}
    claim = statement("Ukraine", Act.HEDGES, HOLDS, id="a", **told)
    steps = [
        claim,
        statement("unnamed", Act.CONFIRMS, None, id="b", item="urn:1", hours=1, target="a", **told),
        statement("Acme", Act.ASSERTS, None, id="c", item="urn:2", hours=2, recalled=True, **told),
        replace(claim, side="unnamed", act=Act.CONFIRMS, outcome=None),
    ]
    links, standing = SubjectLinks(SUBJECT), Standing()
    for step in steps:
        hear(standing, take(links, step))
    assert ("a", "c") in standing
    assert standing == restored(list(steps))
