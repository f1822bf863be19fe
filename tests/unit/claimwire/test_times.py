from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwire.times import format_time, parse_time


@pytest.mark.parametrize(
    "text",
    ["2025-12-02T10:00:00Z", "2025-12-02T10:00Z", "2025-12-02T12:00:00+02:00", "2025-12-02T12:00:00+0200"],
)
def test_moments_are_read_in_utc(text: str) -> None:
    assert format_time(parse_time(text)) == "2025-12-02T10:00:00Z"


@pytest.mark.parametrize("text", ["", "today", "2025-12-02", "2025-12-02T10:00:00", "2025-02-30T10:00:00Z", "10:00Z"])
def test_what_names_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_time(text)


@pytest.mark.parametrize(
    "text",
    [
        "0001-01-01T00:00:00+23:59",
        "1899-12-31T23:59:59Z",
        "2100-01-01T00:00:00Z",
        "2100-01-01T01:00:00-23:00",
        "9999-12-31T23:59:59-23:59",
    ],
)
def test_moment_that_no_news_is_from_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not between 1900 and 2100"):
        parse_time(text)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC)))
def test_moment_comes_back_as_it_was(moment: datetime) -> None:
    assert parse_time(format_time(moment)) == moment
