"""The words of claims, against how an editor writes the same claims so that they are clear by themselves.

``python -m benchmarks.propositions [--shared DIR] [--weights DIR] [--corpus NAME ...]``
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks.shared import Absent, add_option, opened
from claimwire import Item, Part, Statement, extract
from claimwire.claim_detection.reader import DATA, load
from claimwire.extraction.text.casing import prose
from training.reading import corpora

LABELS = Path(__file__).parents[1] / "training" / "propositions" / "labels.jsonl"
COLUMNS = ("claims", "same words", "same but for brackets", "brackets", "right", "of the editor's, found")
BRACKETS = re.compile(r"\[([^\]]*)\](?:['’]s\b)?")
WORD = re.compile(r"\w+")
ARTICLES = frozenset(("a", "an", "the"))
ALIKE = 0.5
"""The least share of words in common, of all words of the two, from which two brackets mean the same."""


@dataclass(frozen=True, slots=True)
class Label:
    """What an editor makes of a claim's words.

    Attributes
    ----------
    part, start, end
        Where the claim's words stand.
    whole
        The proposition, with what it takes from elsewhere in [brackets]; empty if the item lets nobody make one.
    """

    part: Part
    start: int
    end: int
    whole: str


def main() -> int:
    """Print a line for each corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_option(parser)
    parser.add_argument("--weights", type=Path, default=DATA, help="the reader's weights (default: those that ship)")
    parser.add_argument("--corpus", nargs="*", help="only these corpora")
    arguments = parser.parse_args()
    try:
        items = corpora.items(opened(arguments.shared).folder)
    except Absent as absent:
        sys.stderr.write(f"{absent}\n")
        return 2
    reader, counts = load(arguments.weights), dict[str, Counter[str]]()
    for uri, rows in groupby(map(json.loads, LABELS.read_text("utf8").splitlines()), key=lambda row: row["item"]):
        name = corpora.corpus(uri)
        if not arguments.corpus or name in arguments.corpus:
            item = Item.from_ninjs(items[uri])
            statements = extract(item, reader=reader)
            counts.setdefault(name, Counter()).update(compared([label(row, item) for row in rows], statements))
    sys.stdout.write("| | " + " | ".join(COLUMNS) + " |\n" + "|---" * (1 + len(COLUMNS)) + "|\n")
    for name, count in [*sorted(counts.items()), ("all", sum(counts.values(), Counter()))]:
        sys.stdout.write(f"| {name} | " + " | ".join(figures(count)) + " |\n")
    return 0


def label(row: dict[str, Any], item: Item) -> Label:
    """A row of the labels, which holds offsets alone, with the item's words."""
    texts = {"headline": prose(item.headline), "body": item.body}
    pieces = []
    for part, start, end, *bracketed in row["whole"]:
        words = texts[part][start:end]
        pieces.append(f"[{words}]{'’s' * (bracketed == [2])}" if bracketed else words)
    part, start, end = row["words"]
    return Label(Part(part), start, end, " ".join(pieces))


def compared(labels: Sequence[Label], statements: Sequence[Statement]) -> Counter[str]:
    """Counts over the labels whose words the program shows as a claim."""
    n: Counter[str] = Counter()
    for each in labels:
        shown = [s for s in statements if s.worth and s.part is each.part and s.start < each.end and each.start < s.end]
        if not shown or not each.whole:
            continue
        mine = max(shown, key=lambda s, e=each: min(s.end, e.end) - max(s.start, e.start)).proposition  # type: ignore[misc]
        own, theirs = list(_brackets(mine)), list(_brackets(each.whole))
        n["claims"] += 1
        n["same"] += _words(mine) == _words(each.whole)
        n["outside"] += _words(BRACKETS.sub(" ", mine)) == _words(BRACKETS.sub(" ", each.whole))
        n["made"] += len(own)
        n["right"] += sum(any(_alike(one, other) for other in theirs) for one in own)
        n["wanted"] += len(theirs)
        n["found"] += sum(any(_alike(one, other) for one in own) for other in theirs)
    return n


def figures(n: Counter[str]) -> list[str]:
    """The columns of the table."""

    def share(part: str, whole: str) -> str:
        return f"{n[part] / max(1, n[whole]):.3f}"

    same, outside = share("same", "claims"), share("outside", "claims")
    return [str(n["claims"]), same, outside, str(n["made"]), share("right", "made"), share("found", "wanted")]


def _brackets(text: str) -> Iterator[frozenset[str]]:
    return (frozenset(_words(found[1])) for found in BRACKETS.finditer(text))


def _words(text: str) -> list[str]:
    return [w for w in WORD.findall(re.sub(r"['’]s\b", "", text.lower())) if w not in ARTICLES]


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * len(one | other)


if __name__ == "__main__":
    sys.exit(main())
