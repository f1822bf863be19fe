"""How claims and their changes look at a terminal."""

import os
import sys
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from rich.box import SIMPLE
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from claimwire.history import Step, timeline
from claimwire.items import Origin, PubStatus
from claimwire.snapshots import decided_by, headline
from claimwire.statements import OUTLET
from claimwire.status_events import Gone, StatusChanged
from claimwire.statuses import STATUSES, Status
from claimwire.track_records import ENDINGS, Ending, TrackRecord
from claimwire.verdict_json import from_json
from claimwire.verdicts import in_words, sentence
from streams.escaping import shown

COLOURS: dict[str, str] = {
    Status.RETRACTED: "magenta",
    Status.CONTESTED: "yellow",
    Status.CONFIRMED: "green",
    Status.REFUTED: "red",
    Status.DISPUTED: "dark_orange",
    Status.CORROBORATED: "cyan",
    Status.UNVERIFIED: "bright_black",
    Gone.SUPERSEDED: "bright_black",
    Gone.DROPPED: "bright_black",
    Gone.SET_ASIDE: "bright_black",
}
SHORT_ID = 8
LONGEST_TEXT = 96
WIDTH = 120
IMPLIED = "(implied) "
"""Marks a claim known only from its answers."""

WIDE = 100


class _Terminal(Console):
    """Shows words of the news unchanged: their brackets, colons and control characters have no effect."""

    def __init__(self, width: int | None, soft_wrap: bool) -> None:
        super().__init__(width=width, soft_wrap=soft_wrap, highlight=False, markup=False, emoji=False)

    def render_str(self, text: str, **options: Any) -> Text:
        """Words as text."""
        return super().render_str(shown(text, lines=True), **options)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Escape everything before it is measured and broken into lines."""
        return super().render(_shown(renderable) if isinstance(renderable, Text) else renderable, options)


def _shown(text: Text) -> Text:
    """A text with its styles, as `shown` has it."""
    parts = []
    for part in text.divide(i for n in _unseen(text.plain) for i in (n, n + 1)):
        part.plain = shown(part.plain, lines=True)
        parts.append(part)
    return text.blank_copy().join(parts)


def _unseen(text: str) -> list[int]:
    return [] if text.isprintable() else [n for n, c in enumerate(text) if shown(c, lines=True) != c]


def console() -> Console:
    """Standard output; if it is no terminal, as wide as a line in an editor."""
    known = sys.stdout.isatty() or "COLUMNS" in os.environ
    return _Terminal(None if known else WIDTH, soft_wrap=not known)


def counted(number: int, noun: str) -> str:
    """A number of things: "1 item", "2 items"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def short(text: str, longest: int | None = LONGEST_TEXT) -> str:
    """The text in one line, cut to a length if one is given."""
    line = " ".join(text.split())
    return line if longest is None or len(line) <= longest else f"{line[: longest - 1]}…"


def paged(view: RenderableType) -> None:
    """Print a view that may be long: at a terminal page by page, unless it fits."""
    if not sys.stdout.isatty():
        console().print(view)
        return
    os.environ.setdefault("LESS", "FRX")  # as in git: colours, and no pager for what fits
    to = console()
    with to.pager(styles=True):
        to.print(view)


def status_text(status: str | None) -> Text:
    """A status in its colour."""
    return Text(status or "new", style=COLOURS.get(status or "", "bold"))


def change_line(event: StatusChanged) -> Text:
    """One status change: when, from what to what, which claim, and who caused it."""
    cause = event.cause
    line = Text(f"{event.time:%d %b %H:%M}  {event.claim.id[:SHORT_ID]}  ")
    line += status_text(event.previous) + Text(" → ") + status_text(event.word)
    if event.sources:
        line.append(f" ({counted(event.sources, 'source')})", "dim")
    line.append(f"  {event.claim.side}: “{short(event.claim.text)}”")
    if event.verdict:
        line.append(f"\n      {event.verdict.sentence}", "dim")
    elif event.previous is not None or event.status is not Status.UNVERIFIED:
        word = f"{cause.relation} withdrawn by {_version(cause.due_to)}" if cause.withdrawn else str(cause.relation)
        line.append(f"\n      {word}: {cause.speaker} ({cause.outlet or cause.item}): “{short(cause.quote)}”", "dim")
    if event.decided_by.verdict and not event.verdict:
        line.append(f"\n      {event.decided_by.words}", "dim")
    if event.superseded_by:
        line.append(f"\n      goes on as {event.superseded_by[:SHORT_ID]}", "dim")
    return line


def _version(origin: Origin) -> str:
    version = f"version {origin.version} of {origin.item}"
    return version if origin.pub_status is PubStatus.USABLE else f"{version} ({origin.pub_status})"


def ledger_table(
    claims: Iterable[Mapping[str, Any]],
    width: int = WIDTH,
    quiet: Mapping[str, timedelta] | None = None,
    longest: int | None = LONGEST_TEXT,
) -> Table:
    """The ledger with a claim in each row. A narrow table leaves the evidence to `show`.

    Parameters
    ----------
    longest
        The most characters of a claim's text; None for no limit.
    quiet
        How long quiet claims have been without news, by id.
    """
    wide = width >= WIDE
    table = Table(title="Ledger of claims", expand=True, title_justify="left")
    for name in ("claim", "date", "status", "claimant", *(("outcome",) if wide else ())):
        table.add_column(name, no_wrap=True)
    table.add_column("what is claimed", ratio=3)
    if wide:
        table.add_column("evidence", ratio=2)
    for claim in claims:
        silent = (quiet or {}).get(claim["id"])
        status = status_text(claim["status"])
        status.append(f"\n{counted(claim['sources'], 'source')}", "dim")
        if claim.get("decided_by", {}).get("verdict"):
            status.append(f"\nby a {claim['decided_by']['kind']}", "dim")
        if silent:
            status.append(f"\nquiet {silent.days} d", "default")
        table.add_row(
            claim["id"][:SHORT_ID],
            claim["published"][:10],
            status,
            claim["side"],
            *((_outcome(claim),) if wide else ()),
            _told(claim, longest),
            *((Text(_tally(claim["evidence"])),) if wide else ()),
            style="dim" if silent else "",
        )
    return table


def _told(claim: Mapping[str, Any], longest: int | None) -> Text:
    """What is claimed, under the headline that shows what it is about."""
    told = Text()
    if above := headline(claim):
        told.append(f"{short(above, longest)}:\n", "dim")
    return told.append(f"{IMPLIED if claim['implied'] else ''}{short(claim['text'], longest)}")


def _outcome(claim: Mapping[str, Any]) -> str:
    outcome = claim["outcome"]
    return f"{'not ' if outcome['negated'] else ''}{outcome['code']}" if outcome else "-"


def _tally(evidence: Iterable[Mapping[str, Any]]) -> str:
    """The number of statements by relation: ``asserts 1, denies 2``."""
    counts: dict[str, int] = {}
    for e in evidence:
        counts[e["relation"]] = counts.get(e["relation"], 0) + 1
    return ", ".join(f"{relation} {n}" for relation, n in counts.items())


def claim_view(claim: Mapping[str, Any], quiet: timedelta | None = None) -> RenderableType:
    """One claim and its timeline, oldest first: who said what, why it was joined, and what that changed.

    Parameters
    ----------
    quiet
        How long it has been without news, if it has gone quiet.
    """
    outcome = claim["outcome"]
    last = f"{_minute(claim['updated'])}{f', quiet for {quiet.days} days' if quiet else ''}"
    facts = {
        "headline": headline(claim),
        "claim": claim["id"] + (", implied: known from its answers" if claim["implied"] else ""),
        "claimant": _who(claim["claimant"], claim["side"]),
        "about": ", ".join(claim["about"]) or "-",
        "subject": claim["subject"] + (f", outcome {outcome['code']}" if outcome else ""),
        "place": outcome["place"] if outcome else "",
        "first": _minute(claim["published"]),
        "rests on": counted(claim["sources"], "source"),
        "last word": last,
    }
    about = Table.grid(padding=(0, 2))
    about.add_column(no_wrap=True)
    about.add_column(overflow="fold")
    for name, fact in facts.items():
        if fact:
            about.add_row(name, Text(fact))
    row = next(row for row in STATUSES if row.status == claim["status"])
    head = Text.assemble(status_text(claim["status"]), f"  {' '.join(claim['text'].split())}", style="bold")
    by = decided_by(claim).words
    return Group(head, Text(by or f"{row.when}. {row.concludes}", "dim"), Text(), about, Text(), _timeline(claim))


def _timeline(claim: Mapping[str, Any]) -> RenderableType:
    """The evidence under its days of publication, with the times (UTC) at the side."""
    shown = Table.grid(padding=(0, 2))
    shown.add_column(no_wrap=True, style="dim")
    shown.add_column(overflow="fold", ratio=1)
    day = ""
    for step in timeline(claim):
        if shown.row_count:
            shown.add_row()
        if f"{step.when:%F}" != day:
            day = f"{step.when:%F}"
            shown.add_row("", Text(f"{step.when:%A %d %B %Y}, UTC", "bold"))
        shown.add_row(f"{step.when:%H:%M}", _step(step))
    return shown


def _step(step: Step) -> Text:
    """One piece of evidence or one verdict, and what it changed."""
    return _evidence(step.evidence, _effect(step)) if step.evidence else _verdict(step.verdict or {}, _effect(step))


def _effect(step: Step) -> Text:
    """How a step changed the status."""
    if step.changed:
        return Text(" → ") + status_text(step.status)
    return Text(f" (stays {step.status})", "dim") if step.status else Text()


def _evidence(e: Mapping[str, Any], effect: Text) -> Text:
    """The relation and what it changed, the speaker, the words, where, and why."""
    line = Text.assemble((e["relation"], "bold"), effect)
    line.append(f"  {_who(short(e['speaker'], 60), e['side'])}")
    line.append(f"\n“{' '.join(e['quote'].split())}”")
    where = f"{e['outlet'] or '-'}, {e['item']} v{e['version']}, {e['part']} {e['start']}–{e['end']}"
    line.append(f"\n{where}, statement {e['statement'][:SHORT_ID]}", "dim")
    line.append(f"\nwhy: {'; '.join(e['why']) or 'it opened the claim'}", "dim")
    return line


def _verdict(v: Mapping[str, Any], effect: Text) -> Text:
    """A verdict: what it says and changed, its maker, why, and its id."""
    verdict = from_json(v)
    line = Text.assemble(
        ("verdict", "bold"), effect, f"  {sentence(verdict.maker, in_words(verdict.says), verdict.reason)}"
    )
    line.append(f"\nverdict {verdict.id}", "dim")
    return line


def _who(speaker: str, side: str) -> str:
    """A speaker and the side: ``Gerasimov, for Russia``."""
    speaker, side = speaker.rstrip(", "), side.removeprefix(OUTLET)
    return side if speaker in ("", side) else f"{speaker}, for {side}"


def _minute(moment: str) -> str:
    return f"{moment[:16].replace('T', ' ')} UTC"


def records_table(records: Iterable[TrackRecord]) -> RenderableType:
    """The track records of all sides, with a side in each row."""
    table = Table(title="How claims ended, by side", title_justify="left", box=SIMPLE, collapse_padding=True)
    rule = (
        "Borne out: confirmed, corroborated. Failed: refuted, retracted. Open: all others. "
        "Share: of those borne out or failed, how many were borne out, with its 95% Wilson interval."
    )
    table.add_column("side", overflow="fold")
    for name in ("claims", "borne out", "failed", "open"):
        table.add_column(name, justify="right")
    table.add_column("share", no_wrap=True)
    said = []
    for record in records:
        ended = (record.endings[ending] for ending in Ending)
        table.add_row(record.side, str(record.claims), *map(str, ended), _share(record))
        said += [f"{record.side} ({len(record.remarks)})"] if record.remarks else []
    hint = f"\nOutlets speak of the record of {', '.join(said)}: see claimwire record SIDE." if said else ""
    return Group(table, Text(rule, "dim"), hint)


def record_view(record: TrackRecord) -> RenderableType:
    """The track record of one side, with the outlets' remarks."""
    head = Text.assemble(
        (record.side, "bold"), f"  {counted(record.claims, 'claim')}, {record.settled} of them settled"
    )
    if record.share:
        head.append(f"\nborne out: {record.endings[Ending.BORNE_OUT]} of {record.settled}, {_share(record)}")
    ended = Table.grid(padding=(0, 2))
    for ending in Ending:
        counts = Text(", ").join(
            status_text(status) + Text(f" {record.statuses[status]}")
            for status in Status
            if ENDINGS[status] is ending and record.statuses[status]
        )
        ended.add_row(ending.replace("_", " "), str(record.endings[ending]), counts)
    said = Text("\nIn the words of outlets\n" if record.remarks else "", "bold")
    for r in record.remarks:
        said.append(f"\n“{' '.join(r['quote'].split())}”", "default")
        where = f"{r['outlet'] or '-'}, {r['item']} v{r['version']}, {r['part']} {r['start']}–{r['end']}"
        said.append(f"\n{_minute(r['published'])}, {where}\n", "dim")
    return Group(head, Text(), ended, said)


def _share(record: TrackRecord) -> str:
    s = record.share
    return f"{s.borne_out:.0%} ({s.low:.0%}–{s.high:.0%})" if s else "-"
