from datetime import timedelta

from rich.console import Console

from claimwire.statuses import Status
from claimwire.verdict_fates import fates
from claimwire.verdicts import Bears, HasStatus, IsNoClaim, Maker, MakerKind, Undoes, verdict
from streams.terminal.verdict_views import made_in_words, undo_of, verdicts_table
from tests.unit.builders import NOON

ANNA, MODEL = Maker(kind=MakerKind.PERSON, name="Anna"), Maker(kind=MakerKind.MODEL, name="small", version="2")
CLAIM, OTHER = "c1" * 10, "d2" * 10
SET = verdict(CLAIM, HasStatus(status=Status.REFUTED), ANNA, "The ministry rang.", NOON)
ASIDE = verdict(OTHER, IsNoClaim(), MODEL, "", NOON + timedelta(hours=1))
OUT = verdict(OTHER, Bears(statement="e3" * 10, relation=None), ANNA, "", NOON + timedelta(hours=3))
UNDO = verdict(OTHER, Undoes(verdict=ASIDE.id), ANNA, "", NOON + timedelta(hours=2))


def test_table_tells_who_said_what_why_and_what_has_become_of_it() -> None:
    console = Console(width=160)
    with console.capture() as capture:
        console.print(verdicts_table(fates([UNDO, ASIDE, SET, OUT])))
    rows = [line for line in capture.get().splitlines() if "2025-12-01" in line]
    words = [
        (SET.id[:8], "c1c1c1c1", "person Anna", "sets its status to refuted", "holds"),
        (
            ASIDE.id[:8],
            "d2d2d2d2",
            "model small (2)",
            "says that it is no claim",
            f"undone by person Anna ({UNDO.id[:8]})",
        ),
        (UNDO.id[:8], "d2d2d2d2", "person Anna", "undoes verdict", "holds"),
        (OUT.id[:8], "takes a statement out of its evidence", "holds"),
    ]
    for row, told in zip(rows, words, strict=True):
        assert all(word in row for word in told), row
    assert "The ministry rang." in capture.get()
    assert "e3e3e3e3)" in capture.get()


def test_verdict_is_told_with_the_command_that_undoes_it() -> None:
    assert made_in_words(SET) == f"verdict {SET.id}: of claim {CLAIM}, person Anna sets its status to refuted"
    assert undo_of(SET) == f"claimwire verdict undo {SET.id}"
