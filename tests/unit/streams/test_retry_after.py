from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.retry_after import LONGEST, retry_after
from tests.unit.builders import NOON


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120),
        (" 120 ", 120),
        ("0", 0),
        ("Mon, 01 Dec 2025 12:02:00 GMT", 120),
        ("Mon, 01 Dec 2025 14:02:00 +0200", 120),
        ("Mon, 01 Dec 2025 12:02:00 -0000", 120),
        ("Mon, 01 Dec 2025 11:00:00 GMT", 0),
        ("-5", 0),
        ("", 0),
        ("soon", 0),
        ("\u00b2", 0),
        ("9" * 30, 0),
        ("9" * 5000, 0),
        ("864000", LONGEST.total_seconds()),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(text: str, seconds: float) -> None:
    assert retry_after(text, NOON) == timedelta(seconds=seconds)


@given(st.text())
def test_whatever_a_server_says_is_a_time_from_none_to_a_day(text: str) -> None:
    assert timedelta() <= retry_after(text, NOON) <= LONGEST
