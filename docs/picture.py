"""Draw docs/demo.svg, the picture in the README, from the seeds.

python -m docs.picture
"""

import io
import re
from datetime import UTC, datetime
from pathlib import Path

import orjson
from rich.console import Console
from rich.text import Text

import claimwire
from streams.codecs import decode_item, encode
from streams.commands.claims import in_time
from streams.commands.demo import announced, last_word
from streams.terminal.claim_filters import Claim
from streams.terminal.views import change_line, ledger_table

FONT_FACE = re.compile(r"@font-face \{.*?\}", re.S)
HERE = Path(__file__).parent
SHOWN = ("20", "21", "22")
"""Items whose changes the picture shows, by the beginnings of their file names."""

MOMENT = datetime(2025, 12, 3, 9, 30, tzinfo=UTC)
"""When the person at the desk speaks in it."""


def main() -> None:
    """Draw the picture."""
    console = Console(record=True, width=118, file=io.StringIO())
    ledger = claimwire.Ledger()
    for file in sorted((HERE.parent / "seeds").glob("*.json")):
        events = ledger.add(decode_item(file.read_bytes()))
        if file.name.startswith(SHOWN):
            console.print(Text(file.stem, "bold"))
            for event in events:
                console.print(change_line(event))
    said = last_word(claims_of(ledger), MOMENT)
    console.print(Text(announced(said), "bold"))
    for event in ledger.rule(said):
        console.print(change_line(event))
    console.print()
    console.print(ledger_table(in_time(claims_of(ledger))))
    svg = console.export_svg(title="claimwire demo", unique_id="claimwire")
    (HERE / "demo.svg").write_text(FONT_FACE.sub("", svg), "utf8")  # a picture that fetches nothing


def claims_of(ledger: claimwire.Ledger) -> list[Claim]:
    """The claims, as JSON holds them."""
    return [orjson.loads(encode(claim)) for claim in ledger.claims()]


if __name__ == "__main__":
    main()
