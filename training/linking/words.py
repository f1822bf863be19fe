"""``python -m training.linking.words --shared DIR``: counts in how many documents each word stands.

Counted over the development streams and PolNeAR's training half: numbers only, no text. A word in
fewer than `LEAST` documents is left out; linking takes it for as rare as can be.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from claimwire.extraction.terms import WORDS_FILE, stems
from claimwire.items import Item
from training.attribution import polnear
from training.linking.gold import lines

LEAST = 4


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
    total = 0
    for text in documents(parser.parse_args().shared):
        counts.update(set(stems(text)))
        total += 1
    rows = [f"{word}\t{n}" for word, n in sorted(counts.items()) if n >= LEAST]
    Path(str(WORDS_FILE)).write_text("\n".join([f"# documents\t{total}", *rows, ""]), "utf8")
    print(f"{len(rows)} words of {total} documents")


if __name__ == "__main__":
    main()
