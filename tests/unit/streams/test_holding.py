from datetime import UTC, datetime, timedelta
from pathlib import Path

from streams.holding import Hold

NOON = datetime(2025, 12, 1, 12, tzinfo=UTC)


def test_items_are_due_when_their_time_has_come_and_never_before(tmp_path: Path) -> None:
    hold = Hold(tmp_path / "held")
    assert list(hold.due(NOON)) == []
    hold.put(b"late", NOON + timedelta(hours=1))
    hold.put(b"early", NOON + timedelta(microseconds=1))
    hold.put(b"early", NOON + timedelta(microseconds=1))
    assert list(hold.due(NOON)) == []
    assert [value for _, value in hold.due(NOON + timedelta(seconds=1))] == [b"early"]
    assert [value for _, value in Hold(tmp_path / "held").due(NOON + timedelta(days=1))] == [b"early", b"late"]


def test_what_was_cut_short_is_not_due(tmp_path: Path) -> None:
    Hold(tmp_path).put(b"whole", NOON)
    (tmp_path / "20200101T000000Z-x.json.part").write_bytes(b"half")
    assert [value for _, value in Hold(tmp_path).due(NOON + timedelta(days=1))] == [b"whole"]
