from datetime import UTC, datetime, timedelta

import pytest

from streams.errors import StretchInvalid
from streams.replay.stretches import (
    AS_KNOWN_AT,
    FROM,
    TO,
    Bound,
    Edge,
    Everywhere,
    Offsets,
    between,
    first_at,
    from_the_first,
    of_every_partition,
    parse_bound,
    size,
)
from tests.unit.builders import NOON

HELD = {0: range(10, 120), 1: range(98), 2: range(0)}


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("beginning", Edge.BEGINNING),
        (" end ", Edge.END),
        ("120", Everywhere(120)),
        ("0:120", Offsets({0: 120})),
        ("0:120, 1:98", Offsets({0: 120, 1: 98})),
        ("2025-12-02T14:00Z", datetime(2025, 12, 2, 14, tzinfo=UTC)),
        ("3d", NOON - timedelta(days=3)),
        ("now", NOON),
    ],
)
def test_offsets_times_and_ends_are_bounds(text: str, bound: Bound) -> None:
    assert parse_bound(text, FROM, NOON) == bound


def test_date_stands_for_its_start_where_a_stretch_begins_and_for_its_end_where_it_ends() -> None:
    assert parse_bound("2025-12-02", FROM, NOON) == datetime(2025, 12, 2, tzinfo=UTC)
    for option in (TO, AS_KNOWN_AT):
        end = parse_bound("2025-12-02", option, NOON)
        assert isinstance(end, datetime)
        assert end < datetime(2025, 12, 3, tzinfo=UTC) <= end + timedelta(microseconds=1)


@pytest.mark.parametrize("text", ["", "yesterday", "-5", "1.5", "2025-12-02T14:00", "3 days", "start", "0;5"])
def test_what_is_no_bound_is_told_with_examples(text: str) -> None:
    with pytest.raises(StretchInvalid, match=r"--to .*0:120,1:98.*2025-12-02T14:00Z.*3d"):
        parse_bound(text, TO, NOON)


@pytest.mark.parametrize(("text", "wrong"), [("0:120,", "''"), (":5", "':5'"), ("0:1:2", "'0:1:2'"), ("0:5,1", "'1'")])
def test_part_that_is_no_partition_and_offset_is_named(text: str, wrong: str) -> None:
    with pytest.raises(StretchInvalid, match=f"{wrong} is no partition:offset"):
        parse_bound(text, FROM, NOON)


def test_partition_that_is_named_twice_is_refused() -> None:
    with pytest.raises(StretchInvalid, match="partition 0 is named twice"):
        parse_bound("0:1,0:2", FROM, NOON)


def test_stretch_from_end_to_end_is_all_that_is_held() -> None:
    assert between(Edge.BEGINNING, Edge.END, HELD) == HELD
    assert size(HELD) == 110 + 98


def test_named_partitions_alone_are_read() -> None:
    assert between(Offsets({1: 5}), Edge.END, HELD) == {1: range(5, 98)}
    assert between(Edge.BEGINNING, Offsets({0: 20, 1: 30}), HELD) == {0: range(10, 20), 1: range(30)}
    assert between(Offsets({1: 5}), Offsets({1: 5}), HELD) == {1: range(5, 5)}


def test_one_offset_for_all_gives_way_where_a_partition_does_not_reach_it() -> None:
    assert between(Everywhere(5), Everywhere(100), HELD) == {0: range(10, 100), 1: range(5, 98), 2: range(0)}


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (Offsets({7: 1}), Edge.END, r"--from 7:1: there is no partition 7, only 0, 1, 2"),
        (Edge.BEGINNING, Offsets({1: 99}), r"--to 1:99: partition 1 ends at offset 98"),
        (Offsets({0: 9}), Edge.END, r"--from 0:9: partition 0 begins at offset 10; .* deleted"),
        (Offsets({1: 50}), Offsets({1: 40}), r"partition 1: --from is offset 50, which is after --to, offset 40"),
        (Everywhere(50), Everywhere(40), r"partition 0: --from is offset 50, which is after --to, offset 40"),
        (Offsets({0: 20, 1: 5}), Offsets({0: 30}), r"--from names partition 1, and --to does not"),
        (Offsets({0: 20}), Offsets({0: 30, 1: 5}), r"--to names partition 1, and --from does not"),
    ],
)
def test_stretch_that_is_not_there_is_told_with_what_is(start: Bound, end: Bound, told: str) -> None:
    with pytest.raises(StretchInvalid, match=told):
        between(start, end, HELD)


def test_record_that_arrived_at_the_moment_is_in_at_either_end() -> None:
    moment = datetime(1970, 1, 1, 0, 0, 1, 500, tzinfo=UTC)  # half a millisecond: arrivals are counted in whole ones
    assert first_at(moment, FROM) == 1000
    assert first_at(moment, TO) == 1001
    assert first_at(datetime(1900, 1, 1, tzinfo=UTC), FROM) == 0


def test_what_was_known_needs_every_partition_and_every_record() -> None:
    whole = {0: range(5), 1: range(9)}
    assert from_the_first({0: range(3), 1: range(4)}, whole) == {0: range(3), 1: range(4)}
    with pytest.raises(StretchInvalid, match="gives no offset in partition 1"):
        from_the_first({0: range(3)}, whole)
    with pytest.raises(StretchInvalid, match="the first 10 records of partition 0 have been deleted"):
        from_the_first(HELD, HELD)


def test_start_of_a_shadow_leaves_no_partition_out() -> None:
    assert of_every_partition(HELD, HELD, FROM) == HELD
    with pytest.raises(StretchInvalid, match="--from gives no offset in partition 0"):
        of_every_partition({1: range(5), 2: range(0)}, HELD, FROM)
