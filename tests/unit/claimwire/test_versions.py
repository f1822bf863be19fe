from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from claimwire import Item
from claimwire.items import Order, latest_versions
from claimwire.statements import RECORD, Statement
from claimwire.versions import Known, SubjectChange, revise
from tests.unit.builders import NOON, extracted, item, statement
from tests.unit.wires import versions

Told = dict[tuple[str, str], tuple[Order, Statement | None]]


def hear(told: Told, changes: list[SubjectChange]) -> None:
    """What a subject makes of changes, echoes of the past among them."""
    for change in changes:
        said: dict[str, Statement | None] = {s.id: s for s in change.said} | dict.fromkeys(change.withdrawn)
        for id, made in said.items():
            key = (change.subject, id)
            if key not in told or told[key][0] <= change.order:
                told[key] = change.order, made
        for id, moment in change.dated.items():
            order, kept = told[change.subject, id]
            if kept and order == change.order:
                told[change.subject, id] = order, replace(kept, published=moment)


def standing(told: Told) -> dict[tuple[str, str], Statement]:
    return {key: statement for key, (_, statement) in told.items() if statement}


def all_told(items: list[Item]) -> Told:
    known: dict[str, Known] = {}
    told: Told = {}
    for version in items:
        known[version.uri], changes = revise(known.get(version.uri), version, extracted(version))
        hear(told, changes)
    return told


@given(st.lists(versions, min_size=1, max_size=6))
def test_subjects_are_left_with_the_statements_of_the_latest_versions(items: list[Item]) -> None:
    first: dict[str, datetime] = {}
    for s in (s for v in items for s in extracted(v)):
        first[s.id] = min(s.published, first.get(s.id, s.published))
    expected = {
        (subject, s.id): replace(s, published=first[s.id])
        for v in latest_versions(items).values()
        for s in extracted(v)
        for subject in s.subjects
        if not subject.startswith(RECORD)
    }
    left = standing(all_told(items))
    assert {key: s for key, s in left.items() if not key[0].startswith(RECORD)} == expected


@given(st.lists(versions, min_size=1, max_size=6), st.data())
def test_versions_in_any_order_leave_the_same(items: list[Item], data: st.DataObject) -> None:
    assert standing(all_told(data.draw(st.permutations(items + items[:2])))) == standing(all_told(items))


@given(st.lists(versions, min_size=1, max_size=6))
def test_what_was_told_may_be_told_again_in_whole(items: list[Item]) -> None:
    known: dict[str, Known] = {}
    log: list[SubjectChange] = []
    for version in items:
        known[version.uri], changes = revise(known.get(version.uri), version, extracted(version))
        log += changes
    once, twice = {}, {}
    hear(once, log)
    hear(twice, log + log)
    assert standing(once) == standing(twice)


@given(st.lists(versions, min_size=1, max_size=6))
def test_known_state_never_goes_back(items: list[Item]) -> None:
    known: dict[str, Known] = {}
    for version in items:
        before: Order = known[version.uri].order if version.uri in known else (-1, "", "")
        known[version.uri], _ = revise(known.get(version.uri), version, extracted(version))
        assert known[version.uri].order == max(before, version.order)


FIRST, SECOND = item(version="1"), item(version="2")


def test_first_version_tells_its_statements_at_each_subject() -> None:
    s = statement(subjects=("place:a", "place:b"))
    known, changes = revise(None, FIRST, [s])
    assert [(c.subject, c.said, c.withdrawn) for c in changes] == [("place:a", (s,), ()), ("place:b", (s,), ())]
    assert known == Known(order=FIRST.order, statements={s.id: s.subjects}, first={s.id: s.published})


def test_older_version_says_nothing() -> None:
    known, _ = revise(None, SECOND, [statement()])
    after, changes = revise(known, FIRST, [statement(id="other")])
    assert (after.order, after.statements, changes) == (known.order, known.statements, [])


def test_statement_is_dated_to_the_version_that_first_made_it_whichever_comes_first() -> None:
    early, late = (statement(published=NOON + timedelta(days=n)) for n in (0, 3))
    known, _ = revise(None, FIRST, [early])
    _, [change] = revise(known, SECOND, [late])
    assert change.said == (early,)
    known, _ = revise(None, SECOND, [late])
    _, [change] = revise(known, FIRST, [early])
    assert (change.said, change.order, change.dated) == ((), SECOND.order, {early.id: early.published})


def test_same_version_again_says_the_same_again() -> None:
    known, changes = revise(None, FIRST, [statement()])
    assert revise(known, FIRST, [statement()]) == (known, changes)


def test_statement_that_a_version_drops_is_withdrawn_with_what_it_says_instead() -> None:
    kept, dropped, new = statement(id="kept"), statement(id="dropped"), statement(id="new")
    known, _ = revise(None, FIRST, [kept, dropped])
    _, [change] = revise(known, SECOND, [kept, new])
    assert (change.said, change.withdrawn) == ((kept, new), ("dropped",))
    assert change.origin == SECOND.origin


def test_statement_that_changes_its_subject_is_withdrawn_from_the_old_one_after_it_is_told_at_the_new_one() -> None:
    s = statement(subjects=("place:a", "side:x"))
    known, _ = revise(None, FIRST, [s])
    _, changes = revise(known, SECOND, [moved := replace(s, subjects=("place:b", "side:x"))])
    assert [(c.subject, c.said, c.withdrawn) for c in changes] == [
        ("place:b", (moved,), ()),
        ("side:x", (moved,), ()),
        ("place:a", (), (s.id,)),
    ]


def test_version_that_says_nothing_withdraws_all_at_once() -> None:
    known, _ = revise(None, FIRST, [statement(id="a"), statement(id="b")])
    _, [change] = revise(known, SECOND, [])
    assert (change.said, change.withdrawn, change.order) == ((), ("a", "b"), SECOND.order)
