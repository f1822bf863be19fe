"""``python -m training.linking.words --shared DIR``: counts in how many documents each word stands.

Counted over the development streams and PolNeAR's training half: numbers only, no text. A word in
fewer than `LEAST` documents is left out; linking takes it for as rare as can be. A word that news
writes with a capital inside sentences, nearly always, is marked as a name.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from claimwire.extraction.text.terms import WORDS_FILE, stems
from claimwire.items import Item
from training.attribution import polnear
from training.json_lines import lines

LEAST = 4
INSIDE = re.compile(r"(?<=[a-z,] )[^\W\d_]{2,}")
"""A word behind another one of its sentence."""

NEARLY_ALWAYS = 0.8


def documents(shared: Path) -> Iterator[str]:
    """The texts that are counted."""
    for stream in sorted(shared.glob("gold/*.items.jsonl.xz")):
        for item in map(Item.from_ninjs, lines(stream)):
            yield f"{item.headline}\n{item.body}"
    for document in polnear.read(shared / "data" / "polnear-train-dev.tar.xz", "train"):
        yield document.text


def main() -> None:
    """Count, and write the table of words."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder of the development data")
    counts: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    total = 0
    for text in documents(parser.parse_args().shared):
        counts.update(set(stems(text)))
        for word in INSIDE.findall(text):
            [stem] = stems(word)
            inside[stem] += 1
            capital[stem] += word[0].isupper()
        total += 1
    rows = [
        f"{word}\t{n}" + ("\tname" if inside[word] and capital[word] >= NEARLY_ALWAYS * inside[word] else "")
        for word, n in sorted(counts.items())
        if n >= LEAST
    ]
    Path(str(WORDS_FILE)).write_text("\n".join([f"# documents\t{total}", *rows, ""]), "utf8")
    print(f"{len(rows)} words of {total} documents")


if __name__ == "__main__":
    main()
