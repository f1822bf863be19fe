from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwire import subject_updates
from claimwire.claims import PartChange
from claimwire.items import Origin, PubStatus
from claimwire.linking import SubjectLinks, subject
from claimwire.linking.subject_rows import SubjectRow
from claimwire.statements import Act, Statement
from claimwire.subject_updates import Taken, Told, finishing, journal, of_journal, saves, take
from claimwire.versions import SubjectChange
from tests.unit import subject_steps
from tests.unit.builders import NOON, statement
from tests.unit.subject_steps import SUBJECT, Standing, hear, low_bars

WINDOW = timedelta(days=2)
LATENESS = timedelta(days=3)
ORIGIN = Origin(item="urn:one", version=1, pub_status=PubStatus.USABLE)
OLDER = replace(ORIGIN, version=0)
DAYS = 40


@pytest.fixture(autouse=True, scope="module")
def _low_bars() -> Iterator[None]:
    with low_bars(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(subject_updates, "PAGE_ROWS", 2)  # so that a journal has pages
        yield


class Subject:
    """A subject and its rows, which outlive its links."""

    def __init__(self, lateness: timedelta | None = LATENESS) -> None:
        self._lateness = lateness
        self.rows: dict[str, SubjectRow] = {}
        self.standing = Standing()
        self.links = SubjectLinks(SUBJECT, WINDOW, lateness)
        self._changes = 0

    def restart(self) -> None:
        self.links = SubjectLinks(SUBJECT, WINDOW, self._lateness)
        self.links.restore({id: row for id, row in self.rows.items() if row.statement})

    def say(self, said: Statement | str) -> Taken:
        self._changes += 1
        return self.take(change_of(said, self._changes))

    def take(self, change: SubjectChange) -> Taken:
        return self.take_all([change])

    def take_all(self, changes: list[SubjectChange]) -> Taken:
        taken = take(self.links, changes, self.rows)
        hear(self.standing, taken.told)
        self.rows |= taken.rows
        self.rows |= self.links.prune()
        return taken

    def keeps(self, id: str) -> bool:
        return self.rows[id].statement is not None


def change_of(said: Statement | str, number: int) -> SubjectChange:
    return changed([said], number)


def changed(steps: Iterable[Statement | str], number: int) -> SubjectChange:
    """All of it by one item version; of what has one id, the last."""
    order = (number, "", "")
    last = {step if isinstance(step, str) else step.id: step for step in steps}
    said = tuple(subject_steps.ordered(s, order) for s in last.values() if isinstance(s, Statement))
    withdrawn = tuple(id for id in last.values() if isinstance(id, str))
    return SubjectChange(subject=SUBJECT, order=order, origin=ORIGIN, said=said, withdrawn=withdrawn)


@st.composite
def in_time(draw: st.DrawFn) -> list[Statement | str]:
    """Statements and withdrawals over weeks, each late by the bound at most."""
    said = [(made, draw(st.sampled_from([0, 0.2, 0.6, 1]))) for made in draw(subject_steps.over_days(DAYS))]
    arrivals = sorted(said, key=lambda each: each[0].published + each[1] * LATENESS)
    steps: list[Statement | str] = []
    published: dict[str, datetime] = {}
    newest = NOON
    for made, _ in arrivals:
        newest = max(newest, made.published)
        bound = newest - LATENESS
        if published.get(made.id, newest) < bound:
            continue
        steps.append(made)
        published[made.id] = made.published
        gone = draw(st.sampled_from(["", "", "", *sorted(published)]))
        if gone and published[gone] >= bound:
            steps.append(gone)
            del published[gone]
    return steps


@given(in_time(), st.sets(st.integers(0, 60), max_size=5))
def test_pruned_subject_tells_what_one_that_keeps_all_tells_of_all_that_comes_in_time(
    steps: list[Statement | str], restarts: set[int]
) -> None:
    pruned, whole = Subject(), Subject(lateness=None)
    for number, step in enumerate(steps):
        if number in restarts:
            pruned.restart()
        assert not pruned.say(step).late
        whole.say(step)
        assert pruned.standing == whole.standing


class Table:
    """Rows that are written until a crash comes between two writes, or amid some that are written together."""

    def __init__(self) -> None:
        self.rows: dict[str, Any] = {}

    def write(self, writes: Iterable[Mapping[str, Any]], before_crash: int | None = None) -> int:
        """Write; returns how many rows were written, which is as many as may come before a crash."""
        count = 0
        for together in writes:
            for id, row in sorted(together.items(), reverse=bool(before_crash and before_crash % 2)):
                if count == before_crash:
                    return count
                self.rows[id] = row
                count += 1
        return count

    def restored(self, lateness: timedelta | None = None) -> SubjectLinks:
        """The links that go on from the rows, after whatever was left unfinished is finished."""
        self.write(finishing(journal(self.rows)))
        links = SubjectLinks(SUBJECT, WINDOW, lateness)
        links.restore({id: row for id, row in self.rows.items() if not of_journal(id) and row.statement})
        return links


said = st.one_of(subject_steps.statements, subject_steps.statements, st.sampled_from("abcdefgh"))


changes = st.lists(st.lists(said, min_size=1, max_size=4), min_size=1, max_size=10)
"""What several item versions say and take back, one after another."""


@given(changes, st.data())
def test_crash_between_any_two_writes_leaves_what_no_crash_leaves(
    steps: list[list[Statement | str]], data: st.DataObject
) -> None:
    """What is told after the crash is what was told before it, down to the revisions, or nothing at all."""
    table, links = Table(), SubjectLinks(SUBJECT, WINDOW)
    for number, step in enumerate(steps):
        change = changed(step, number)
        before = dict(table.rows)
        taken = take(links, [change], table.rows)
        writes = table.write(saves(taken.rows))
        after = {id: row for id, row in table.rows.items() if not of_journal(id)}
        crashed = Table()
        crashed.rows = before
        crashed.write(saves(taken.rows), before_crash=data.draw(st.integers(0, writes)))
        again = crashed.restored()
        repeated = take(again, [change], crashed.rows)
        assert all(told in taken.told for told in without_cause(repeated.told, taken.told))
        crashed.write(saves(repeated.rows))
        assert {id: row for id, row in crashed.rows.items() if not of_journal(id)} == after
        assert again.evidence() == links.evidence()


@st.composite
def with_older_versions(draw: st.DrawFn) -> list[SubjectChange]:
    """Such changes, and among them what versions that came late tell: since when the words that stand are said."""
    made: list[SubjectChange] = []
    standing: dict[str, Statement] = {}
    for number, step in enumerate(draw(changes)):
        made.append(changed(step, number))
        standing |= {s.id: s for s in made[-1].said}
        for id in made[-1].withdrawn:
            standing.pop(id, None)
        for id in draw(st.sets(st.sampled_from(sorted(standing)), max_size=2)) if standing else ():
            earlier = standing[id].published - timedelta(hours=draw(st.integers(1, 60)))
            standing[id] = replace(standing[id], published=earlier)
            order = standing[id].order
            made.append(SubjectChange(subject=SUBJECT, order=order, origin=OLDER, dated={id: earlier}))
    return made


def take_all(links: SubjectLinks, changes: Iterable[SubjectChange], table: Table) -> tuple[Told, dict[str, SubjectRow]]:
    """Take changes in one after another, and keep nothing yet; returns what is told, and what is to be kept."""
    told, rows = Told(), dict[str, SubjectRow]()
    for change in changes:
        taken = take(links, [change], table.rows | rows)
        told += taken.told
        rows |= taken.rows
    return told, rows


@given(changes, st.data())
def test_crash_amid_a_batch_leaves_what_no_crash_leaves_whatever_the_batches(
    steps: list[list[Statement | str]], data: st.DataObject
) -> None:
    """What is told after the crash, in other batches, is what was told before it, down to the revisions."""
    made = [changed(step, number) for number, step in enumerate(steps)]
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(made)), st.integers(0, len(made)))))
    table, links = Table(), SubjectLinks(SUBJECT, WINDOW)
    for change in made[:start]:
        table.write(saves(take_all(links, [change], table)[1]))
    before = dict(table.rows)
    told, rows = take_all(links, made[start:end], table)
    writes = table.write(saves(rows))
    after = {id: row for id, row in table.rows.items() if not of_journal(id)}
    crashed = Table()
    crashed.rows = before
    crashed.write(saves(rows), before_crash=data.draw(st.integers(0, writes)))
    again = crashed.restored()
    repeated = Told()
    for change in made[start:end]:
        told_again, rows = take_all(again, [change], crashed)
        repeated += told_again
        crashed.write(saves(rows))
    assert all(each in told for each in without_cause(repeated, told))
    assert {id: row for id, row in crashed.rows.items() if not of_journal(id)} == after
    assert again.evidence() == links.evidence()


@given(with_older_versions(), st.data())
def test_changes_taken_in_at_once_leave_what_they_leave_one_by_one(
    made: list[SubjectChange], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(made) - 1))
    by_one, at_once = Subject(lateness=None), Subject(lateness=None)
    for change in made:
        by_one.take(change)
    for change in made[:start]:
        at_once.take(change)
    at_once.take_all(made[start:])
    assert at_once.standing == by_one.standing
    assert at_once.links.evidence() == by_one.links.evidence()
    assert {id: row.statement for id, row in at_once.rows.items() if row.statement} == {
        id: row.statement for id, row in by_one.rows.items() if row.statement
    }
    at_once.restart()
    assert at_once.links.evidence() == by_one.links.evidence()


def without_cause(repeated: Told, first: Told) -> Told:
    """What was told again, of another cause perhaps: whoever hears it goes by the revision."""
    causes = {key_of(told): told.due_to for told in first}
    return [replace(told, due_to=causes.get(key_of(told), told.due_to)) for told in repeated]


def key_of(told: PartChange) -> tuple[str, str, int]:
    return told.claim, told.statement, told.revision


@given(changes)
def test_links_restored_from_their_rows_decide_nothing_anew(steps: list[list[Statement | str]]) -> None:
    table, links = Table(), SubjectLinks(SUBJECT, WINDOW)
    for number, step in enumerate(steps):
        change = changed(step, number)
        table.write(saves(take(links, [change], table.rows).rows))
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(subject, "decide")
        again = table.restored()
    assert again.evidence() == links.evidence()
    assert again._decisions == links._decisions


CLAIM = statement("Russia", id="claim")
DENIAL = statement("Ukraine", Act.DENIES, id="denial", hours=1)


def later(days: float, id: str = "later", **fields: Any) -> Statement:
    """A statement on another matter, so many days later."""
    return statement("Acme", Act.PLANS, None, id=id, hours=24 * days, terms=("orion", "takeover"), **fields)


def with_an_old_claim() -> Subject:
    made = Subject()
    for said in (CLAIM, DENIAL, later(20)):
        made.say(said)
    return made


EARLIER = NOON - timedelta(hours=3)
SAID = change_of(CLAIM, 1)
SAID_BEFORE = SubjectChange(subject=SUBJECT, order=SAID.order, origin=OLDER, dated={"claim": EARLIER})


def test_older_version_that_comes_late_dates_what_is_kept_and_is_the_cause() -> None:
    made = Subject()
    made.take(SAID)
    [told] = made.take(SAID_BEFORE).told
    assert told.due_to == OLDER
    assert made.rows["claim"].statement == replace(SAID.said[0], published=EARLIER)


def test_older_version_taken_in_at_once_with_the_newer_one_dates_its_words() -> None:
    made = Subject()
    assert len(made.take_all([SAID, SAID_BEFORE]).told) == 1
    assert made.rows["claim"].statement == replace(SAID.said[0], published=EARLIER)


def test_older_version_dates_no_words_of_another_version_than_the_one_it_speaks_of() -> None:
    made = Subject()
    made.take(change_of(CLAIM, 2))
    assert made.take(SAID_BEFORE) == Taken()
    assert made.rows["claim"].statement == change_of(CLAIM, 2).said[0]


def test_old_claims_leave_and_stay_as_they_were_told() -> None:
    made = with_an_old_claim()
    assert not made.keeps("claim")
    assert not made.keeps("denial")
    assert len(made.links) == 1
    assert set(made.standing) == {("claim", "claim"), ("claim", "denial")}


def test_old_evidence_of_a_claim_with_recent_evidence_stays() -> None:
    made = Subject()
    again = [replace(DENIAL, id=f"denial{day}", published=NOON + timedelta(days=day)) for day in (1.5, 3, 4.5, 6)]
    for said in (CLAIM, later(0.1), later(0.2, "also"), *again, later(13)):
        made.say(said)
    assert {c for c, _ in made.standing} == {"claim"}
    assert made.keeps("claim")


def test_pruned_statement_withdrawn_years_later_is_withdrawn_from_its_claims() -> None:
    made = with_an_old_claim()
    made.restart()
    taken = made.say("denial")
    assert taken.late
    assert [(c.claim, c.revision) for c in taken.told] == [("claim", 2)]
    assert set(made.standing) == {("claim", "claim")}
    assert made.say("denial").told == []


def test_pruned_sentence_said_again_in_a_new_version_changes_nothing() -> None:
    made = with_an_old_claim()
    taken = made.say(replace(DENIAL, start=7))
    assert taken.told == []
    assert taken.late
    assert not made.keeps("denial")
    assert len(made.say("denial").told) == 1


def test_echo_of_a_pruned_statement_changes_nothing() -> None:
    made = with_an_old_claim()
    assert made.take(change_of(DENIAL, 1)) == Taken()


def test_pruned_statement_published_anew_leaves_its_old_claim() -> None:
    made = with_an_old_claim()
    made.say(replace(DENIAL, published=NOON + timedelta(days=20)))
    assert ("claim", "denial") not in made.standing


def test_statement_later_than_the_bound_joins_what_is_still_kept_and_is_flagged() -> None:
    made = Subject()
    made.say(CLAIM)
    made.say(later(3.5))
    taken = made.say(DENIAL)
    assert taken.late
    assert ("claim", "denial") in made.standing


def test_statement_dated_ahead_of_the_clock_makes_nothing_old() -> None:
    made = Subject()
    made.links.reach(NOON + timedelta(days=5))
    for said in (CLAIM, later(36500), later(36501, "also"), later(36502, "more"), later(4, "today")):
        made.say(said)
    assert made.say(DENIAL).late  # by what is not ahead
    assert all(made.keeps(id) for id in ("claim", "denial", "later", "also", "more"))
    assert ("claim", "denial") in made.standing


def test_statement_within_the_bound_is_not_late() -> None:
    made = Subject()
    made.say(CLAIM)
    made.say(later(3))
    assert not made.say(DENIAL).late
