"""How stretches, differences and shadows look to people at a terminal."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from rich.box import SIMPLE
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from streams.kafka.topics import ITEMS
from streams.replay.difference import Changed, Claim, Difference
from streams.replay.item_reader import PartitionRange
from streams.replay.ledger_progress import PATH, LedgerProgress
from streams.terminal.views import SHORT_ID, short, status_text


def ranges_table(ranges: Iterable[PartitionRange], topic: str) -> Table:
    """The exact ranges of a stretch, with a row for each partition."""
    table = Table(title=f"{topic}, by partition; times of arrival in UTC", title_justify="left", box=SIMPLE)
    for name in ("partition", "from", "to (exclusive)", "records"):
        table.add_column(name, justify="right")
    for name in ("first", "last"):
        table.add_column(name, no_wrap=True)
    for r in ranges:
        numbers = (r.partition, r.start, r.end, r.end - r.start)
        table.add_row(*map(str, numbers), _moment(r.first), _moment(r.last))
    return table


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}.{moment.microsecond // 1000:03}" if moment else "-"


def difference_view(found: Difference, ledger: str) -> RenderableType:
    """What a replay would change: a row for each claim, and the counts below."""
    counts = (
        f"Against the ledger {ledger}: {len(found.new)} new, {len(found.gone)} gone, {len(found.changed)} changed, "
        f"{found.same} the same."
    )
    if found.beyond:
        counts += f" {found.beyond} have evidence from outside the stretch, and were not compared."
    rows = [*_rows(found)]
    if not rows:
        return Text(counts)
    table = Table(title="What the replay would change", title_justify="left", expand=True)
    for name in ("change", "claim", "status"):
        table.add_column(name, no_wrap=True)
    table.add_column("what is claimed", ratio=2)
    table.add_column("what differs", ratio=3)
    for kind, claim, status, differs in sorted(rows, key=lambda row: (row[1]["published"], row[1]["id"])):
        table.add_row(kind, claim["id"][:SHORT_ID], status, Text(short(claim["text"])), Text(differs))
    return Group(table, Text(counts))


def _rows(found: Difference) -> Iterator[tuple[str, Claim, Text, str]]:
    for kind, claims in (("new", found.new), ("gone", found.gone)):
        for claim in claims:
            yield kind, claim, status_text(claim["status"]), f"{len(claim['evidence'])} pieces of evidence"
    for c in found.changed:
        was, now = status_text(c.live["status"]), status_text(c.replayed["status"])
        yield "changed", c.replayed, now if was == now else was + Text(" → ") + now, "; ".join(_differing(c))


def _differing(c: Changed) -> Iterator[str]:
    for word, evidence in (("joined", c.joined), ("withdrawn", c.withdrawn)):
        for e in evidence:
            yield f"{word}: {e['relation']}, {e['side']}: “{short(e['quote'], 60)}”"
    for id, fields in c.altered.items():
        yield f"evidence {id[:SHORT_ID]}: {', '.join(fields)}"
    others = [name for name in c.fields if name != "status"]
    if others:
        yield ", ".join(others)


def as_json(found: Difference, **more: Any) -> dict[str, Any]:
    """The difference as JSON shows it."""
    changed = [
        {
            "id": c.replayed["id"],
            "status": {"live": c.live["status"], "replayed": c.replayed["status"]},
            "joined": c.joined,
            "withdrawn": c.withdrawn,
            "altered": c.altered,
            "fields": c.fields,
        }
        for c in found.changed
    ]
    counts = {"same": found.same, "beyond": found.beyond}
    return {**more, **counts, "new": found.new, "gone": found.gone, "changed": changed}


def states_table(states: Iterable[LedgerProgress]) -> Table:
    """All ledgers, with a row for each."""
    table = Table(title="Ledgers on this broker", title_justify="left", box=SIMPLE)
    for name in ("ledger", "readers", "items in", "left", "workers"):
        table.add_column(name, justify="left" if name in ("ledger", "readers") else "right")
    for s in states:
        left = sum(p.lag for p in s.path.values())
        table.add_row(s.name, "read this" if s.current else "", f"{s.share:.0%}", f"{left:,}", str(len(s.workers)))
    return table


def state_view(state: LedgerProgress, rate: float, claims: int) -> RenderableType:
    """One ledger: how far it is on each topic of the path, and what it holds."""
    read = "; readers read it" if state.current else ""
    head = Text.assemble((state.name, "bold"), f"  {'caught up' if state.caught_up else 'catching up'}{read}")
    table = Table(box=SIMPLE)
    table.add_column("topic")
    for name in ("records", "read", "left"):
        table.add_column(name, justify="right")
    for topic in PATH:
        p = state.path[topic]
        table.add_row(topic.name, *(f"{n:,}" for n in (p.end - p.start, p.done - p.start, p.lag)))
    left = state.path[ITEMS].lag
    to_go = f", {_duration(left / rate)} to go" if left and rate else ""
    told = f"{state.share:.1%} of the items are in, at {rate:,.0f} items/s{to_go}; {claims:,} claims so far"
    who = ", ".join(f"{w.client} at {w.host}" for w in state.workers) or "none"
    return Group(head, table, Text(told), Text(f"workers: {who}"))


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def state_json(state: LedgerProgress) -> dict[str, Any]:
    """A ledger's state as JSON shows it."""
    topics = {
        t.name: {"records": p.end - p.start, "read": p.done - p.start, "left": p.lag} for t, p in state.path.items()
    }
    return {
        "name": state.name,
        "current": state.current,
        "caught_up": state.caught_up,
        "share": round(state.share, 4),
        "workers": state.workers,
        "topics": topics,
    }
