"""``python -m benchmarks.speed``: items a second of processor time, for extraction and for linking."""

import argparse
import sys
import time
from itertools import islice

from benchmarks.shared import Absent, add_option, opened
from claimwire import Item, Ledger, extract
from training.json_lines import lines

STREAM = "gold/reuters-1987q1.items.jsonl.xz"
SIZES = (3_000, 6_000, 12_000)


def main() -> int:
    """Print the figures as the stream goes by; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__.partition(": ")[2])
    add_option(parser)
    try:
        documents = lines(opened(parser.parse_args().shared).path(STREAM))
    except Absent as absent:
        sys.stderr.write(f"{absent}\n")
        return 2
    items = [Item.from_ninjs(document) for document in islice(documents, max(SIZES))]
    extract(items[0])
    ledger, statements, extracting, linking = Ledger(), 0, 0.0, 0.0
    for count, item in enumerate(items, start=1):
        start = time.process_time()
        made = extract(item)
        halfway = time.process_time()
        ledger.add(item, made)
        linking += time.process_time() - halfway
        extracting += halfway - start
        statements += len(made)
        if count in SIZES or count == len(items):
            sys.stdout.write(
                f"{count:,} items, {statements:,} statements: "
                f"extraction {extracting:.1f} s, {count / extracting:.0f} items/s; "
                f"linking {linking:.1f} s, {count / linking:.0f} items/s, {linking / extracting:.0%} of extraction; "
                f"ledger {count / (extracting + linking):.0f} items/s\n"
            )
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
