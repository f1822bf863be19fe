"""Pairs of sentences that readers judged one by one: whether, and how, the later one bears on the earlier one.

They come from three places: the development gold, the first round of our own (`judged.jsonl`), and the
second one (`labels/`), for which readers saw a later sentence with five earlier ones.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.json_lines import lines

GOLD = ("reuters-1987q1", "ukraine-2022h1")
"""Streams of the gold that have judged pairs."""

FIRST_ROUND = Path(__file__).with_name("judged.jsonl")
LABELS = Path(__file__).with_name("labels")
SECOND_ROUND = LABELS / "pairs-2026-11.jsonl"
READ_AGAIN = LABELS / "second-2026-11.jsonl"
"""Readings of some of these questions by a second reader: they measure agreement, and nothing is learnt from them."""

ITEMS = {
    "reuters": "gold/reuters-1987q1.items.jsonl.xz",
    "ukr": "gold/ukraine-2022h1.items.jsonl.xz",
    "mod": "gold/modern-2025-05a.items.jsonl.xz",
    "muc": "data/muc-dev.items.jsonl.xz",
}
"""Where the items of each corpus lie in the shared folder."""

BEARS = frozenset({"denies", "contradicts", "confirms", "corroborates", "partly", "retracts", "no_comment"})
"""Words that say that the later sentence bears on whether the earlier one is true."""

AGAIN = "repeats"
APART = frozenset({"related", "none"})
DOUBT = "?"
"""Behind a word whose reader hesitated."""


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of an item."""

    item: str
    part: str
    start: int
    end: int

    @property
    def corpus(self) -> str:
        """The corpus that the item is of."""
        return self.item.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reader said of two sentences, in one word."""

    claim: Place
    later: Place
    word: str
    unsure: bool = False


def judgements(shared: Path) -> Iterator[Judgement]:
    """All of them."""
    for stream in GOLD:
        yield from _single(lines(shared / "gold" / f"{stream}.pairs.jsonl"))
    yield from _single(lines(FIRST_ROUND))
    for row in lines(SECOND_ROUND):
        later = Place(*row["later"])
        for claim, word in zip(row["claims"], row["words"], strict=True):
            yield Judgement(Place(*claim), later, word.rstrip(DOUBT), word.endswith(DOUBT))


def _single(rows: Iterable[dict[str, Any]]) -> Iterator[Judgement]:
    for row in rows:
        claim, later = (Place(*(row[which][key] for key in Place.__slots__)) for which in ("claim", "later"))
        yield Judgement(claim, later, row["relation"], row.get("unsure", False))


def group(word: str) -> str:
    """What matters most in a word: "bears", "repeats" or "neither"."""
    return "bears" if word in BEARS else word if word == AGAIN else "neither"


def words(path: Path) -> dict[str, list[str]]:
    """The five words of each question in a file of readings, without the doubts."""
    rows = map(json.loads, path.read_text("utf8").splitlines())
    return {row["q"]: [word.rstrip(DOUBT) for word in row["words"]] for row in rows}
