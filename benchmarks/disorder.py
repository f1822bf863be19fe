"""``python -m benchmarks.disorder``: what linking costs of items out of their order: by a ledger, and on the stream."""

import argparse
import sys
import time
from collections.abc import Sequence
from itertools import islice
from random import Random
from typing import Any

from agents.extract import AT_ONCE
from benchmarks.shared import Absent, add_option, opened
from claimwire import Item, Ledger, Statement, extract
from claimwire.ledger import link
from claimwire.linking import SubjectLinks
from claimwire.publication_order import in_order
from claimwire.versions import SubjectChange, revise
from training.json_lines import lines

STREAM = "gold/ukraine-2022h1.items.jsonl.xz"
SLOW = 500
"""Items up to which it is measured what they cost as they come: it grows with their square."""


def main() -> int:
    """Print the figures; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.disorder", description=__doc__.partition(": ")[2])
    parser.add_argument("--items", type=int, nargs="+", default=[250, 500], help="items of the stream, run by run")
    add_option(parser)
    arguments = parser.parse_args()
    try:
        documents = lines(opened(arguments.shared).path(STREAM))
    except Absent as absent:
        sys.stderr.write(f"{absent}\n")
        return 2
    items = [Item.from_ninjs(document) for document in islice(documents, max(arguments.items))]
    statements = {item.uri: extract(item) for item in items}
    for number in arguments.items:
        _measure(items[:number], statements)
    return 0


def _measure(items: list[Item], statements: dict[str, list[Statement]]) -> None:
    shuffled = items * 2
    Random(1).shuffle(shuffled)  # noqa: S311 - the same each time
    spent, claims = _ledger(items, statements)
    _say(f"{len(items):,} items in order: {spent:.2f} s")
    for name, arrived in (("newest first", items[::-1]), ("shuffled and doubled", shuffled)):
        spent, again = _ledger([arrived[place] for place in in_order(arrived)], statements)
        told = f"  {name}: put in order first {spent:.2f} s"
        if len(items) <= SLOW:
            spent, late = _ledger(arrived, statements)
            told += f", as they come {spent:.2f} s"
            assert late == claims, "the order of arrival changed the claims"
        assert again == claims, "the order of arrival changed the claims"
        _say(told)
    together, evidence = _linked(items[::-1], statements, AT_ONCE)
    told = f"  newest first on the stream: linked once for {AT_ONCE} items {together:.2f} s"
    if len(items) <= SLOW:
        alone, same = _linked(items[::-1], statements, 1)
        told += f", once for each {alone:.2f} s"
        assert same == evidence, "the batches changed the evidence"
    _say(told)


def _ledger(items: Sequence[Item], statements: dict[str, list[Statement]]) -> tuple[float, list[dict[str, Any]]]:
    """Seconds of processor, and the claims."""
    made = Ledger()
    start = time.process_time()
    for item in items:
        made.add(item, statements[item.uri])
    return time.process_time() - start, list(made.claims())


def _linked(items: Sequence[Item], statements: dict[str, list[Statement]], at_once: int) -> tuple[float, list[Any]]:
    """Seconds of processor when so many items are linked together, and the evidence of each subject."""
    subjects: dict[str, SubjectLinks] = {}
    spent = 0.0
    for n in range(0, len(items), at_once):
        changes: dict[str, list[SubjectChange]] = {}
        for item in items[n : n + at_once]:
            for change in revise(None, item, statements[item.uri])[1]:
                changes.setdefault(change.subject, []).append(change)
        start = time.process_time()
        for subject, some in changes.items():
            link(subjects.setdefault(subject, SubjectLinks(subject)), some)
        spent += time.process_time() - start
    return spent, [(subject, links.evidence()) for subject, links in sorted(subjects.items())]


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
