"""Items read by themselves, against what careful editors read in them, by the official scorer.

``python -m benchmarks.readings [--shared DIR] [--readings FILE ...] [--weights DIR] [--corpus NAME ...]``

With weights of a training that left a corpus out, its line says how the reader does on news that nobody had read.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.shared import Absent, Shared, add_option, opened
from claimwire import Item, Ledger, extract
from claimwire.claim_detection.reader import DATA, Reader, load
from streams.codecs import encode
from training.reading import corpora

COLUMNS = ("items", "claims P", "claims R2", "answers R", "answers P", "status", "decided", "decided P", "decided R")


def main() -> int:
    """Print a line for each corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_option(parser)
    parser.add_argument("--readings", type=Path, nargs="+", help="files of readings (default: the development's)")
    parser.add_argument("--weights", type=Path, default=DATA, help="the reader's weights (default: those that ship)")
    parser.add_argument("--corpus", nargs="*", help="only these corpora")
    parser.add_argument("--out", type=Path, help="folder for the claims, to read them")
    arguments = parser.parse_args()
    try:
        shared = opened(arguments.shared)
        files = arguments.readings or [shared.path(corpora.READINGS)]
    except Absent as absent:
        sys.stderr.write(f"{absent}\n")
        return 2
    readings = [r for r in corpora.readings(*files) if corpora.corpus(r["item"]) in corpora.CORPORA]
    items, reader = corpora.items(shared.folder), load(arguments.weights)
    names = arguments.corpus or sorted({corpora.corpus(r["item"]) for r in readings})
    _tell("| | " + " | ".join(COLUMNS) + " |\n" + "|---" * (1 + len(COLUMNS)) + "|")
    for name in [*names, "+".join(names)] if len(names) > 1 else names:
        read = [r for r in readings if corpora.corpus(r["item"]) in name.split("+")]
        claims = [c for r in read for c in claims_of(items[r["item"]], reader)]
        figures = score(shared, read, [items[r["item"]] for r in read], claims, arguments.out)
        _tell(f"| {name} | " + " | ".join(str(figures[column]) for column in COLUMNS) + " |")
    return 0


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def claims_of(document: dict[str, Any], reader: Reader) -> Iterator[dict[str, Any]]:
    """The claims that an item makes by itself."""
    ledger, item = Ledger(), Item.from_ninjs(document)
    ledger.add(item, extract(item, reader=reader))
    yield from ledger.claims()


def score(
    shared: Shared,
    readings: Iterable[dict[str, Any]],
    items: Iterable[dict[str, Any]],
    claims: Iterable[dict[str, Any]],
    out: Path | None = None,
) -> dict[str, Any]:
    """The official figures of claims against readings."""
    with TemporaryDirectory() as made:
        folder = out or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        files = [folder / f"{name}.jsonl" for name in ("readings", "items", "claims")]
        for file, lines in zip(files, (readings, items, claims), strict=True):
            file.write_bytes(b"".join(encode(line) + b"\n" for line in lines))
        return dict(json.loads(shared.run("readings", "score", *files)))


if __name__ == "__main__":
    sys.exit(main())
