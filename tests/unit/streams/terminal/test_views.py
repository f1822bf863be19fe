import io
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from rich.console import Console, RenderableType
from rich.pager import SystemPager
from rich.table import Table
from rich.text import Text

from claimwire import Ledger
from claimwire.claim_state import ClaimState
from claimwire.judging import judge
from claimwire.snapshots import snapshot
from claimwire.statements import Relation
from claimwire.status_events import Gone
from claimwire.statuses import Status
from claimwire.track_records import track_records
from streams.codecs import encode
from streams.terminal.views import (
    change_line,
    claim_view,
    console,
    counted,
    ledger_table,
    paged,
    record_view,
    records_table,
)
from tests.unit.builders import OPENING, change, evidence, item

TAKEN = "Russian forces have captured Pokrovsk, General Valery Gerasimov said."
LONG = "Ukraine's General Staff said that its troops held the north of the city, " * 4


def test_one_of_a_kind_is_no_plural() -> None:
    assert [counted(n, "item") for n in (0, 1, 2)] == ["0 items", "1 item", "2 items"]


def claim() -> dict[str, Any]:
    state = ClaimState(id="c")
    words = [
        evidence("Ukraine", Relation.NO_COMMENT, hours=1),
        evidence("Ukraine", Relation.DENIES, hours=20, quote=LONG, speaker="the General Staff", item=f"urn:{'x' * 90}"),
        evidence("outlet:Meridian", Relation.REPEATS, hours=21, speaker="Meridian"),
    ]
    for word in (OPENING, *words):
        state = judge(state, change(word)).state
    made: dict[str, Any] = json.loads(encode(snapshot(state)))
    return {**made, "id": OPENING.statement.id}


def lines(shown: RenderableType, width: int) -> list[str]:
    file = io.StringIO()
    Console(file=file, width=width, color_system=None).print(shown)
    return file.getvalue().splitlines()


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_claim_fits_into_any_terminal_and_loses_no_word(width: int) -> None:
    shown = lines(claim_view(claim()), width)
    assert max(map(len, shown)) <= width
    joined = "".join("".join(shown).split())
    for e in claim()["evidence"]:
        for word in (e["quote"], e["item"], e["relation"], "; ".join(e["why"])):
            assert "".join(word.split()) in joined


def test_headline_stands_with_the_claim_in_the_ledger_and_on_its_own() -> None:
    told = claim() | {"headline": "Battle for Pokrovsk"}
    for shown in (claim_view(told), ledger_table([told], 120)):
        assert "Battle for Pokrovsk" in "\n".join(lines(shown, 120))


def test_timeline_tells_each_change_of_the_status_once_and_each_day_once() -> None:
    shown = "\n".join(lines(claim_view(claim()), 80))
    told = [word.split()[0] for word in shown.split("→ ")[1:]]
    assert told == ["unverified", "disputed"]
    assert shown.index("Monday 01 December 2025") < shown.index("→ unverified") < shown.index("no_comment")
    assert shown.count("Tuesday 02 December 2025") == 1
    assert shown.index("Tuesday") < shown.index("→ disputed")


def test_outlet_that_speaks_itself_is_named_once() -> None:
    assert any(line.strip().endswith("repeats (stays disputed)  Meridian") for line in lines(claim_view(claim()), 80))


def test_claim_that_has_gone_quiet_says_for_how_long() -> None:
    assert "quiet for 41 days" in "\n".join(lines(claim_view(claim(), timedelta(days=41.5)), 80))
    assert "quiet" not in "\n".join(lines(claim_view(claim()), 80))


def test_timeline_says_of_what_moves_nothing_that_the_status_stays() -> None:
    shown = "\n".join(lines(claim_view(claim()), 120))
    assert "no_comment (stays unverified)" in shown
    assert "repeats (stays disputed)" in shown


def test_ledger_gives_the_date_marks_the_implied_and_keeps_whole_texts_where_it_is_asked_to() -> None:
    long = {**claim(), "text": LONG.strip(), "implied": True}
    cut, whole = ("".join(lines(ledger_table([long], 120, longest=n), 120)) for n in (96, None))
    assert "2025-12-01" in cut
    assert "(implied)" in cut
    assert "…" in cut
    assert "…" not in whole
    assert "(implied)" not in "".join(lines(ledger_table([claim()], 120), 120))


@pytest.mark.parametrize("width", [60, 80, 120])
def test_ledger_fits_into_any_terminal(width: int) -> None:
    assert max(map(len, lines(ledger_table([claim()], width), width))) <= width


def test_ledger_marks_the_quiet_and_keeps_their_status() -> None:
    one, other = claim(), {**claim(), "id": "another"}
    shown = "\n".join(lines(ledger_table([one, other], 80, {"another": timedelta(days=41)}), 80))
    assert shown.count("disputed") == 2
    assert shown.count("quiet 41 d") == 1


def test_records_fit_into_a_narrow_terminal() -> None:
    claims = [
        {"side": side, "status": status} for side in ("Russia", "outlet:Northgate News Agency") for status in Status
    ]
    remark = {"outlet": "Meridian", "item": "urn:one", "version": 1, "part": "body", "start": 3, "end": 9}
    said = remark | {
        "of": "Russia",
        "published": "2025-12-01T12:00:00Z",
        "quote": "Its claims have often proved false.",
    }
    records = track_records(claims, [said])
    shown = lines(records_table(records), 60)
    assert max(map(len, shown)) <= 60
    assert "50% (15%–85%)" in "\n".join(shown)
    assert "Russia (1)" in "\n".join(shown)
    one = lines(record_view(records[0]), 60)
    assert max(map(len, one)) <= 60
    assert "confirmed 1, corroborated 1" in "\n".join(one)
    assert "“Its claims have often proved false.”" in one


def test_change_names_its_claim_and_who_decided_one_that_arrives_decided() -> None:
    [opened] = Ledger().add(item(TAKEN))
    assert opened.claim.id[:8] in change_line(opened).plain
    assert "\n" not in change_line(opened).plain
    decided = replace(opened, status=Status.DISPUTED)
    assert f"asserts: {opened.cause.speaker}" in change_line(decided).plain


def test_change_by_a_kill_names_the_version_that_killed() -> None:
    first, kill = item(TAKEN, version="1"), item("", version="2", pubStatus="canceled")
    ledger = Ledger()
    [told, gone] = [*ledger.add(first), *ledger.add(kill)]
    assert "withdrawn" not in change_line(told).plain
    assert "asserts withdrawn by version 2 of urn:one (canceled)" in change_line(gone).plain


def test_claim_that_goes_on_under_another_id_is_not_shown_as_retracted() -> None:
    first, kill = item(TAKEN, version="1"), item("", version="2", pubStatus="canceled")
    ledger = Ledger()
    [_, gone] = [*ledger.add(first), *ledger.add(kill)]
    assert "unverified → retracted" in change_line(gone).plain
    on = change_line(replace(gone, gone=Gone.SUPERSEDED, superseded_by="0123456789")).plain
    assert "unverified → superseded" in on
    assert "goes on as 01234567" in on


HOSTILE = "[bold]x[/b] :smile: \x1b[2J\x9b31m\r\u202e\u200btail"


@pytest.mark.parametrize("show", [lambda text: text, Text, lambda text: ledger_of(text)])
def test_words_of_the_news_neither_steer_the_terminal_nor_are_read_as_markup(
    show: Callable[[str], RenderableType], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    console().print(show(HOSTILE))
    shown = capsys.readouterr().out
    assert "[bold]x[/b] :smile:" in shown
    assert "tail" in shown
    assert all(line.isprintable() for line in shown.split("\n"))


def ledger_of(text: str) -> RenderableType:
    claim = {"id": "0" * 20, "status": "unverified", "side": "R", "outcome": None, "text": text, "evidence": []}
    claim |= {"published": "2025-12-01T10:00:00Z", "implied": False, "sources": 1}
    return ledger_table([claim])


def test_table_keeps_its_borders_and_styles_around_what_is_written_out(capsys: pytest.CaptureFixture[str]) -> None:
    told = Text("ab\u200bcd", style="bold")
    told.stylize("red", 3)
    table = Table("one", "two")
    table.add_row(told, "x\u202e")
    table.add_row("plain", "y")
    console().print(table)
    lines = [line for line in capsys.readouterr().out.split("\n") if line]
    assert all(line.isprintable() for line in lines)
    assert len({len(line) for line in lines}) == 1


def test_text_keeps_its_styles_around_what_is_written_out() -> None:
    told = Text("ab\u200bcd", style="bold")
    told.stylize("red", 3)
    shown = "".join(f"[{s.style}]{s.text}" for s in console().render(told) if s.text.strip())
    assert shown == r"[bold]ab[bold]\u200b[bold red]cd"


@pytest.mark.parametrize("at_a_terminal", [True, False])
def test_what_may_be_long_is_told_page_by_page_at_a_terminal_and_at_once_in_a_pipe(
    at_a_terminal: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pages: list[str] = []
    monkeypatch.setattr(sys.stdout, "isatty", lambda: at_a_terminal)
    monkeypatch.setattr(SystemPager, "show", lambda _, content: pages.append(content))
    monkeypatch.setenv("LESS", "FRX")
    paged(Text("one claim"))
    assert ("one claim" in "".join(pages)) is at_a_terminal
    assert ("one claim" in capsys.readouterr().out) is not at_a_terminal
