from datetime import UTC, datetime, timedelta

import pytest

from streams.errors import UserError
from streams.terminal.typed_times import parse_moment
from tests.unit.builders import NOON


def test_date_stands_for_the_end_of_its_day() -> None:
    moment = parse_moment("2025-12-02", NOON)
    assert moment < datetime(2025, 12, 3, tzinfo=UTC) <= moment + timedelta(microseconds=1)


@pytest.mark.parametrize("text", ["2025-12-01T12:00Z", "2025-12-01T14:00+02:00", " 2025-12-01T12:00:00Z "])
def test_time_with_its_zone_is_that_moment(text: str) -> None:
    assert parse_moment(text, None) == NOON


@pytest.mark.parametrize(("text", "hours"), [("now", 0), ("12h", 12), ("3d", 72), ("2w", 336)])
def test_how_long_ago_counts_from_now(text: str, hours: int) -> None:
    assert parse_moment(text, NOON) == NOON - timedelta(hours=hours)


@pytest.mark.parametrize("text", ["now", "3d"])
def test_how_long_ago_says_nothing_of_a_file(text: str) -> None:
    with pytest.raises(UserError, match="name a date"):
        parse_moment(text, None)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2025-02-30", "2025-12-01T12:00", "2025-12-01T25:00Z", "3 days", "-3d", "3m", "20251201"]
)
def test_what_names_no_moment_is_told_with_examples(text: str) -> None:
    with pytest.raises(UserError, match="2025-12-02T14:00Z"):
        parse_moment(text, NOON)
