import pytest

from streams.terminal import progress
from streams.terminal.progress import downloading


def test_a_download_shows_its_rate_at_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    said: list[str] = []
    with downloading("Kafka", 46_000_000, said.append) as count:
        count(1_000_000)
        count(22_000_000)
    shown = capsys.readouterr().err
    assert "23.0/46.0 MB" in shown
    assert "B/s" in shown
    assert said == []


def test_a_download_is_told_by_lines_where_there_is_no_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setattr(progress, "REPORT_EVERY", -1.0)
    said: list[str] = []
    with downloading("Kafka", 46_000_000, said.append) as count:
        count(23_000_000)
    assert said == ["Kafka: 23 of 46 MB"]
    assert capsys.readouterr().err == ""
