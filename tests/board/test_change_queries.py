from datetime import timedelta

import pytest

from board.change_queries import DISPUTED, OPEN, SETTLED, changes, last_seq, over_time, seq_of
from board.filters import Filters
from board.store import BoardStore
from claimwire.status_events import StatusChanged
from streams.codecs import STATUS_CHANGED, decode
from streams.kafka.topics import STATUS
from tests.board.records import Story, take


@pytest.fixture
def told(store: BoardStore, story: Story) -> BoardStore:
    take(store, story.log.records)
    return store


def events(story: Story) -> list[StatusChanged]:
    return [decode(STATUS_CHANGED, r.value) for r in story.log.records if r.topic == STATUS]


def test_changes_are_numbered_as_they_came_and_told_from_either_end(told: BoardStore, story: Story) -> None:
    came = events(story)
    forward = changes(told, limit=1000, newest_first=False)
    assert [row.event for row in forward] == came
    assert [row.seq for row in forward] == list(range(1, len(came) + 1))
    assert [row.event for row in changes(told, limit=3)] == came[:-4:-1]
    assert [row.seq for row in changes(told, after_seq=2, limit=2, newest_first=False)] == [3, 4]
    assert [row.seq for row in changes(told, before_seq=4)] == [3, 2, 1]
    assert last_seq(told) == len(came)


def test_change_is_known_by_its_event_which_stays_the_same(told: BoardStore, story: Story) -> None:
    fifth = events(story)[4]
    assert seq_of(told, fifth.id) == 5
    assert seq_of(told, "unknown") is None


def test_row_says_whose_word_changed_what_to_what(told: BoardStore, story: Story) -> None:
    for row, event in zip(changes(told, limit=1000, newest_first=False), events(story), strict=True):
        assert (row.claim, row.text, row.side) == (event.claim.id, event.claim.text, event.claim.side)
        assert (row.previous, row.word, row.sources) == (event.previous, event.word, event.sources)
        assert (row.time, row.decided_by) == (event.time, event.decided_by)


def test_changes_are_chosen_by_what_they_led_to_and_by_what_their_claims_are(told: BoardStore, story: Story) -> None:
    came = events(story)
    [side, *_] = [e.claim.side for e in came]
    [about, *_] = [side for e in came for side in e.claim.about]
    moment = sorted(e.time for e in came)[len(came) // 2]
    sides = {e.claim.id: e.claim.side for e in came}
    chosen = {
        Filters(status=("disputed",)): lambda e: e.status == "disputed",
        Filters(side=side): lambda e: sides[e.claim.id] == side,
        Filters(about=about): lambda e: about in e.claim.about,
        Filters(since=moment): lambda e: e.time >= moment,
        Filters(until=moment): lambda e: e.time <= moment,
        Filters(words="!"): lambda e: False,
    }
    for filters, fits in chosen.items():
        found = changes(told, filters=filters, limit=1000, newest_first=False)
        assert [row.event.id for row in found] == [e.id for e in came if fits(e)], filters


def test_days_end_as_the_ledger_stands_now_and_tell_how_it_came_to_that(told: BoardStore, story: Story) -> None:
    days = over_time(told, days=400)
    assert [day.day for day in days] == [days[0].day + timedelta(days=n) for n in range(400)]
    ends = days[-1]
    statuses = [c["status"] for c in story.ledger]
    assert (ends.open, ends.disputed, ends.settled) == tuple(
        sum(s in kind for s in statuses) for kind in (OPEN, DISPUTED, SETTLED)
    )
    assert (days[0].open, days[0].disputed, days[0].settled) == (0, 0, 0)


def test_days_of_a_side_count_its_claims_alone(told: BoardStore, story: Story) -> None:
    sides = [c["side"] for c in story.ledger]
    side = max(set(sides), key=sides.count)
    ends = over_time(told, Filters(side=side), days=400)[-1]
    assert ends.open + ends.disputed + ends.settled == sides.count(side)


def test_store_without_changes_tells_of_no_day(store: BoardStore) -> None:
    assert over_time(store) == []
    assert last_seq(store) == 0
