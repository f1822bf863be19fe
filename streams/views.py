"""How claims and their changes look to people at a terminal."""

import os
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from claimwire.judging import StatusChanged
from claimwire.statuses import Status

COLOURS: dict[str, str] = {
    Status.RETRACTED: "magenta",
    Status.CONTESTED: "yellow",
    Status.CONFIRMED: "green",
    Status.REFUTED: "red",
    Status.DISPUTED: "dark_orange",
    Status.CORROBORATED: "cyan",
    Status.UNVERIFIED: "bright_black",
}
SHORT_ID = 8
LONGEST_TEXT = 96
WIDTH = 120
WIDE = 100


def console() -> Console:
    """Standard output; as wide as an editor's line where it is no terminal."""
    known = sys.stdout.isatty() or "COLUMNS" in os.environ
    return Console(width=None if known else WIDTH, highlight=False, soft_wrap=not known)


def short(text: str, longest: int = LONGEST_TEXT) -> str:
    """The text in one line, cut to a length."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def status_text(status: str | None) -> Text:
    """A status in its colour."""
    return Text(status or "new", style=COLOURS.get(status or "", "bold"))


def change_line(event: StatusChanged) -> Text:
    """One status change: when, from what to what, which claim, by whose word."""
    cause = event.cause
    line = Text(f"{cause.published:%d %b %H:%M}  ")
    line += status_text(event.previous) + Text(" → ") + status_text(event.status)
    line.append(f"  {event.claim.side}: “{short(event.claim.text)}”")
    if event.previous is not None:
        word = f"{cause.relation} withdrawn" if cause.withdrawn else str(cause.relation)
        line.append(f"\n      {word}: {cause.speaker} ({cause.outlet or cause.item}): “{short(cause.quote)}”", "dim")
    if event.superseded_by:
        line.append(f"\n      goes on as {event.superseded_by[:SHORT_ID]}", "dim")
    return line


def ledger_table(claims: Iterable[Mapping[str, Any]], width: int = WIDTH) -> Table:
    """The ledger, a claim a row; a narrow one leaves the evidence to `show`."""
    wide = width >= WIDE
    table = Table(title="Ledger of claims", expand=True, title_justify="left")
    for name in ("claim", "status", "claimant", *(("outcome",) if wide else ())):
        table.add_column(name, no_wrap=True)
    table.add_column("what is claimed", ratio=3)
    if wide:
        table.add_column("evidence", ratio=2)
    for claim in claims:
        table.add_row(
            claim["id"][:SHORT_ID],
            status_text(claim["status"]),
            claim["side"],
            *((_outcome(claim),) if wide else ()),
            short(claim["text"]),
            *((Text(_tally(claim["evidence"])),) if wide else ()),
        )
    return table


def _outcome(claim: Mapping[str, Any]) -> str:
    outcome = claim["outcome"]
    return f"{'not ' if outcome['negated'] else ''}{outcome['code']}" if outcome else "-"


def _tally(evidence: Iterable[Mapping[str, Any]]) -> str:
    """How many statements bear on it in which way: ``asserts 1, denies 2``."""
    counts: dict[str, int] = {}
    for e in evidence:
        counts[e["relation"]] = counts.get(e["relation"], 0) + 1
    return ", ".join(f"{relation} {n}" for relation, n in counts.items())


def claim_view(claim: Mapping[str, Any]) -> RenderableType:
    """One claim with its evidence, in the order of publication."""
    head = Text.assemble(status_text(claim["status"]), f"  {claim['text']}\n", style="bold")
    where = claim["outcome"]["place"] if claim["outcome"] else ""
    facts = [
        f"claim     {claim['id']}" + ("  (implied: known from its answers)" if claim["implied"] else ""),
        f"claimant  {claim['claimant']}, for {claim['side']}",
        f"about     {', '.join(claim['about']) or '-'}",
        f"subject   {claim['subject']}" + (f", outcome {claim['outcome']['code']}" if claim["outcome"] else ""),
        f"first     {claim['published']}    last word {claim['updated']}" + (f"    place {where}" if where else ""),
    ]
    table = Table(show_header=True, expand=False)
    for name in ("published", "relation", "who", "side", "words", "where", "why joined"):
        table.add_column(name, overflow="fold")
    for e in claim["evidence"]:
        table.add_row(
            e["published"][:16].replace("T", " "),
            e["relation"],
            short(e["speaker"], 40),
            e["side"],
            f"“{' '.join(e['quote'].split())}”",
            f"{e['outlet'] or '-'}\n{e['item']} v{e['version']}\n{e['part']} {e['start']}–{e['end']}",
            "; ".join(e["why"]) or "opened the claim",
        )
    return Group(head, Text("\n".join(facts)), table)
