"""Shows how extraction reads an item, on a terminal or as a page, so that people can check it."""

from collections.abc import Sequence
from io import StringIO
from itertools import pairwise

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from claimwire.items import Item
from claimwire.statements import Act, Part, Span, Statement
from streams.terminal.views import WIDTH, counted

ACT_COLOURS: dict[Act, str] = {
    Act.ASSERTS: "green",
    Act.DENIES: "red",
    Act.CONFIRMS: "cyan",
    Act.CONCEDES: "dark_cyan",
    Act.RETRACTS: "magenta",
    Act.DECLINES: "bright_black",
    Act.REFUSES: "dark_orange",
    Act.ASKS: "blue",
    Act.PLANS: "yellow",
    Act.HEDGES: "medium_purple",
    Act.APPRAISES: "deep_pink3",
}
SOURCE = "bold underline"
CUE = "bold reverse"


def explanation(item: Item, statements: Sequence[Statement]) -> RenderableType:
    """The item's text with speakers underlined, cues reversed and contents in the colour of their act.

    Numbers behind the cues refer to the table of statements. A statement without a cue has a number only there.
    """
    texts = ((Part.HEADLINE, item.headline), (Part.BODY, item.body))
    marked = [_marked(text, part, statements) for part, text in texts if text]
    return Group(*(Group(text, "") for text in marked), _legend(), _table(statements))


def plain_item(text: str) -> Item:
    """An item with a text as its body, and nothing else."""
    return Item.from_ninjs(
        {
            "uri": "urn:claimwire:text",
            "versionCreated": "1970-01-01T00:00:00Z",
            "bodies": [{"role": "main", "contentType": "text/plain", "value": text}],
        }
    )


def page(shown: RenderableType) -> str:
    """The same as an HTML page."""
    recorder = Console(
        record=True,
        width=WIDTH,
        file=StringIO(),
        force_terminal=True,
        color_system="truecolor",
        markup=False,
        emoji=False,
    )
    recorder.print(shown)
    return recorder.export_html(inline_styles=True)


def _marked(text: str, part: Part, statements: Sequence[Statement]) -> Text:
    numbered = [(n, s) for n, s in enumerate(statements, 1) if s.part is part]
    styles: list[tuple[Span, str]] = []
    numbers: dict[int, list[int]] = {}
    for n, s in numbered:
        colour = ACT_COLOURS[s.act]
        styles += [(span, colour) for span in s.content]
        styles += [(span, SOURCE) for span in s.source]
        styles += [(span, f"{CUE} {colour}") for span in s.cue]
        for _, end in s.cue:
            numbers.setdefault(end, []).append(n)
    plain = Text(text)
    for (start, end), style in styles:
        plain.stylize(style, start, end)
    cuts = [0, *sorted(end for end in numbers if 0 < end < len(text)), len(text)]
    marked = Text()
    for start, end in pairwise(cuts):
        marked += plain[start:end]
        if end in numbers:
            marked.append(f"[{','.join(map(str, numbers[end]))}]", "dim")
    return marked


def _legend() -> Text:
    legend = Text.assemble(("speaker", SOURCE), "  ", ("cue", CUE), "  ")
    for act, colour in ACT_COLOURS.items():
        legend.append(f"{act} ", colour)
    return legend


def _table(statements: Sequence[Statement]) -> Table:
    table = Table(expand=True, title=counted(len(statements), "statement"), title_justify="left")
    for name, ratio in (("n", None), ("act", None), ("speaker", 2), ("side", 1), ("what", 4), ("outcome", None)):
        table.add_column(name, ratio=ratio, overflow="fold")
    for n, s in enumerate(statements, 1):
        outcome = s.outcome and f"{'not ' if s.outcome.negated else ''}{s.outcome.code} {s.outcome.place}".strip()
        table.add_row(str(n), Text(s.act, ACT_COLOURS[s.act]), s.speaker or "-", s.side, s.proposition, outcome or "-")
    return table
