"""How alerts look at a terminal."""

from collections.abc import Mapping, Sequence

from rich.box import SIMPLE
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from streams.alerting.outbox import Message
from streams.terminal.views import short, status_text

MOST_SHOWN = 5
"""The most changes of a digest that are shown."""


def rehearsal_view(messages: Sequence[Message], counts: Mapping[str, int], changes: int) -> RenderableType:
    """The alerts that rules would have sent, one in each row, and how many by each rule.

    Parameters
    ----------
    changes
        How many status changes the rehearsal read.
    """
    table = Table(title="Alerts that would have gone out", title_justify="left", box=SIMPLE, expand=True)
    for name in ("time (UTC)", "rule", "changes"):
        table.add_column(name, no_wrap=name != "rule", justify="right" if name == "changes" else "left")
    table.add_column("what changed", ratio=1)
    for message in messages:
        lines = [
            Text.assemble(status_text(e.previous), " → ", status_text(e.word), f"  {short(e.claim.text)}")
            for e in message.events[:MOST_SHOWN]
        ]
        more = len(message.events) - MOST_SHOWN
        what = Text("\n").join([*lines, Text(f"and {more} more")] if more > 0 else lines)
        table.add_row(f"{message.made:%Y-%m-%d %H:%M}", message.rule, str(len(message.events)), what)
    sums = Text("\n").join(Text(f"{rule}: {number} alerts") for rule, number in counts.items())
    return Group(table, sums, Text(f"of {changes} status changes", "dim"))
