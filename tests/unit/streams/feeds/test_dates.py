import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwire.times import parse_time
from streams.feeds.dates import to_rfc3339


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2025-12-02T10:00:00Z", "2025-12-02T10:00:00Z"),
        ("2025-12-02T10:00:00.25+02:00", "2025-12-02T08:00:00.250000Z"),
        ("20251202T100000+0200", "2025-12-02T08:00:00Z"),
        ("20251202T100000Z", "2025-12-02T10:00:00Z"),
        ("2025-12-02T10:00", "2025-12-02T10:00:00Z"),  # no zone: UTC
        ("2025-12-02 10:00:00 -0530", "2025-12-02T15:30:00Z"),
        ("2025-12-02", "2025-12-02T00:00:00Z"),  # a date alone: its midnight in UTC
        ("20251202", "2025-12-02T00:00:00Z"),
        ("20251202+0100", "2025-12-01T23:00:00Z"),
        ("  2025-12-02T10:00:00Z\n", "2025-12-02T10:00:00Z"),
        ("Tue, 02 Dec 2025 10:00:00 GMT", "2025-12-02T10:00:00Z"),
        ("Tue, 2 Dec 2025 10:00 EST", "2025-12-02T15:00:00Z"),
        ("Tue, 02 Dec 25 10:00:00 +0130", "2025-12-02T08:30:00Z"),
        ("02 Dec 99 10:00:00 Z", "1999-12-02T10:00:00Z"),
        ("Tue Dec  2 10:00:00 2025", "2025-12-02T10:00:00Z"),
        ("Tue, Dec 2 2025 02:00:33 PM", "2025-12-02T14:00:33Z"),
        ("December 2, 2025 12:05 AM PST", "2025-12-02T08:05:00Z"),
        ("mar, 02 dic 2025 10:00:00 +0100", "2025-12-02T09:00:00Z"),
        ("Di, 02 Dez 2025 10:00:00 +0100", "2025-12-02T09:00:00Z"),
        ("Tue, 02 Dec 2025 23:59:60 GMT", "2025-12-02T23:59:59Z"),
        ("2025-12-02T24:00:00Z", ""),
        ("2025-13-02", ""),
        ("Tue, 31 Feb 2025 10:00:00 GMT", ""),
        ("2017-06-13T03:18:00+00:0", ""),
        ("yesterday", ""),
        ("0001-01-01", ""),
        ("", ""),
    ],
)
def test_dates_of_feeds_become_moments_in_utc(written: str, moment: str) -> None:
    assert to_rfc3339(written) == moment


@given(st.text(max_size=90) | st.text("0123456789:+-TZ dec,", max_size=40))
def test_any_text_is_a_moment_that_the_ledger_takes_or_none(text: str) -> None:
    made = to_rfc3339(text)
    assert not made or parse_time(made)
