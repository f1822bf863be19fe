import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwire.times import parse_time
from streams.feeds import Document, Hints, Slip, Unreadable, read_bytes
from streams.feeds.dates import to_rfc3339
from streams.feeds.zones import zone_named
from tests.unit.streams.feeds.cases import documents
from tests.unit.streams.feeds.samples import RSS


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


def test_zones_by_name_and_by_offset_of_a_real_feed_give_the_moment_that_each_title_says() -> None:
    made = documents("rss-zones-by-name.xml")
    said = {d["headlines"][0]["value"]: d["versionCreated"] for d in made}
    assert len(said) == 16
    assert all(title.endswith(moment) for title, moment in said.items()), said


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Mon, 02 Mar 2026 10:00:00 UTC+02:00", "2026-03-02T08:00:00Z"),
        ("Mon, 02 Mar 2026 10:00:00 GMT +2", "2026-03-02T08:00:00Z"),
        ("Mon, 02 Mar 2026 10:00:00 +0200 (EET)", "2026-03-02T08:00:00Z"),
        ("Mon, 02 Mar 2026 10:00:00 Europe/Kyiv", "2026-03-02T08:00:00Z"),
        ("Mon Mar 2 10:00:00 EET 2026", "2026-03-02T08:00:00Z"),
        ("10:00 MON, 2 MAR 2026", "2026-03-02T10:00:00Z"),
        ("2026-03-02 11:00:00 MSK", "2026-03-02T08:00:00Z"),
        ("2026-03-02T10:00:00+2", "2026-03-02T08:00:00Z"),
        ("20260302T100000MEZ", "2026-03-02T09:00:00Z"),
        ("Mon, 02 Mar 2026 10:00:00 IST", ""),  # India's, Israel's or Ireland's
        ("Mon, 02 Mar 2026 10:00:00 XYZT", ""),
        ("Mon, 02 Mar 2026 10:00:00 Europe/Nowhere", ""),
        ("2026-03-02 10:00:00 IST", ""),
        ("Mon, 02 Mar 2026 10:00:00 +2500", ""),
    ],
)
def test_zone_is_read_or_there_is_no_date_and_never_utc_in_silence(written: str, moment: str) -> None:
    assert to_rfc3339(written) == moment


def test_item_without_a_date_that_can_be_read_says_how_it_was_written() -> None:
    raw = RSS.replace(b"13:00:00 +0100", b"13:00:00 IST")
    [refused] = read_bytes(raw, "wire")
    assert isinstance(refused, Unreadable)
    assert "'Mon, 01 Dec 2025 13:00:00 IST', is in the zone 'IST'" in refused.reason
    slip, document = read_bytes(raw, "wire", Hints(undated=True))
    assert isinstance(slip, Slip)
    assert "'IST'" in slip.reason
    assert isinstance(document, Document)
    assert "versionCreated" not in document.ninjs


def test_times_without_a_zone_are_in_the_zone_that_is_told_and_others_are_not() -> None:
    kyiv = zone_named("Europe/Kyiv")
    for written, moment in (
        (b"Mon, 01 Dec 2025 13:00:00", "2025-12-01T11:00:00Z"),
        (b"2025-07-01T13:00:00", "2025-07-01T10:00:00Z"),
        (b"2025-07-01", "2025-06-30T21:00:00Z"),
        (b"Mon, 01 Dec 2025 13:00:00 GMT", "2025-12-01T13:00:00Z"),
    ):
        raw = RSS.replace(b"Mon, 01 Dec 2025 13:00:00 +0100", written)
        [document] = read_bytes(raw, "wire", Hints(zone=kyiv))
        assert isinstance(document, Document)
        assert document.ninjs["versionCreated"] == moment
    assert to_rfc3339("2025-07-01") == "2025-07-01T00:00:00Z"
