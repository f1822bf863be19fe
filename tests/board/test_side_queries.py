from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from board.side_queries import outlets, places, sides
from board.store import BoardStore
from claimwire.places import place_of
from claimwire.statuses import Status
from claimwire.track_records import NOBODY, record_of, track_records
from tests.board.records import Story, take


@pytest.fixture
def told(store: BoardStore, story: Story) -> BoardStore:
    take(store, story.log.records)
    return store


def test_sides_have_the_track_records_of_the_ledger_the_one_that_claims_most_first(
    told: BoardStore, story: Story
) -> None:
    rows = sides(told)
    counts = Counter(c["side"] for c in story.ledger)
    assert {row.name: row.claims for row in rows} == counts
    assert [row.claims for row in rows] == sorted(counts.values(), reverse=True)
    records = {record.side: record for record in track_records(story.ledger)}
    assert {row.name: row.record for row in rows} == {side: records.get(side) for side in counts}
    assert all(row.record is None for row in rows if row.name in NOBODY)


def test_outlets_and_places_count_the_claims_of_the_ledger(told: BoardStore, story: Story) -> None:
    told_by = Counter(outlet for c in story.ledger for outlet in {line["outlet"] for line in c["evidence"]} if outlet)
    assert {row.name: row.claims for row in outlets(told)} == told_by
    there = Counter(c["outcome"]["place"] for c in story.ledger if c["outcome"] and c["outcome"]["place"])
    assert {row.tally.name: row.tally.claims for row in places(told)} == there
    assert all(row.place == place_of(row.tally.name) for row in places(told))


def test_outlets_and_places_have_the_record_of_the_claims_that_are_told_of_them(told: BoardStore, story: Story) -> None:
    def statuses(claims: Iterable[Mapping[str, Any]]) -> Counter[Status]:
        return Counter(Status(c["status"]) for c in claims)

    for row in outlets(told):
        theirs = statuses(c for c in story.ledger if row.name in {line["outlet"] for line in c["evidence"]})
        assert row.record == record_of(row.name, theirs)
    for each in places(told):
        there = statuses(c for c in story.ledger if c["outcome"] and c["outcome"]["place"] == each.tally.name)
        assert each.tally.record == record_of(each.tally.name, there)


def test_one_of_them_can_be_asked_for_and_only_so_many(told: BoardStore) -> None:
    first, second, *_ = outlets(told)
    assert outlets(told, only=second.name) == [second]
    assert outlets(told, limit=1) == [first]
    assert outlets(told, only="No such") == []
