"""Verdicts as people see them at a terminal."""

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from claimwire.verdict_fates import Fate, Fated
from claimwire.verdicts import Bears, Verdict, in_words
from streams.terminal.views import SHORT_ID

STYLES = {Fate.HOLDS: "green"}


def verdicts_table(found: Iterable[Fated]) -> Table:
    """A table with one verdict a row: who said what of which claim and why, and what has become of the verdict."""
    table = Table(title="Verdicts", expand=True, title_justify="left")
    for name in ("verdict", "made (UTC)", "claim"):
        table.add_column(name, no_wrap=True)
    table.add_column("by", ratio=1)
    table.add_column("says", ratio=3)
    table.add_column("now", ratio=2)
    for each in found:
        v = each.verdict
        says = Text(in_words(v.says))
        if isinstance(v.says, Bears):
            says.append(f" (statement {v.says.statement[:SHORT_ID]})")
        if v.reason:
            says.append(f"\n{' '.join(v.reason.split())}", "dim")
        now = Text(fate_in_words(each), STYLES.get(each.fate, "dim"))
        table.add_row(v.id[:SHORT_ID], f"{v.time:%Y-%m-%d %H:%M}", v.claim[:SHORT_ID], Text(str(v.maker)), says, now)
    return table


def fate_in_words(found: Fated) -> str:
    """What has become of a verdict, and whose verdict did that."""
    return f"{found.fate} by {found.by.maker} ({found.by.id[:SHORT_ID]})" if found.by else str(found.fate)


def made_in_words(verdict: Verdict) -> str:
    """A verdict in the words of the command that made it."""
    return f"verdict {verdict.id}: of claim {verdict.claim}, {verdict.maker} {in_words(verdict.says)}"


def undo_of(verdict: Verdict) -> str:
    """The command that undoes a verdict."""
    return f"claimwire verdict undo {verdict.id}"
