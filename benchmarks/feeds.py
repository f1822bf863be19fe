"""``python -m benchmarks.feeds``: what is read of real feed files, field by field, against their manifest."""

import argparse
import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.shared import Absent, Shared, add_option
from streams.feeds import Document, Hints, read_paths

FIELDS = ("id", "version", "headline", "time", "status", "body")
SYNDICATED = frozenset({"atom", "jsonfeed", "rss"})
"""Formats whose column `published` is the first publication; elsewhere it is the version's."""
ORDERED = SYNDICATED | {"rdf"}
"""Formats of which all items are compared; of the others some are no news, and the first news item is."""

ENTRIES = frozenset({"bad/feeds/feed-rs/atom_entry_1.xml"})
"""Refused in the manifest, and read all the same: RFC 4287 lets a document be one entry."""

Row = dict[str, str]


@dataclass(slots=True)
class Verdict:
    """What became of a file.

    Attributes
    ----------
    known
        Whether the manifest says what there is to be read.
    wrong
        By field, what was read and what the manifest says.
    """

    file: str
    format: str
    expect: str
    known: bool
    documents: int
    wrong: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def right(self) -> bool:
        """Accepted with every field right, or refused as it should be."""
        return self.documents == 0 if self.expect == "refuse" else self.documents > 0 and not self.wrong


def verdicts(folder: Path) -> Iterator[Verdict]:
    """A verdict on each file of the manifest."""
    items: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(folder / "ITEMS.tsv"):
        items[row["file"]].append(row)
    for row in _rows(folder / "MANIFEST.tsv"):
        found = [f.ninjs for f in read_paths([folder / row["file"]], Hints(undated=True)) if isinstance(f, Document)]
        expect = "either" if row["file"] in ENTRIES else row["expect"]
        verdict = Verdict(row["file"], row["format"], expect, row["items"] != "0", len(found))
        if verdict.known and found:
            listed = items.get(row["file"], [])
            verdict.wrong = _compared(found[0], row, listed[0] if listed else {})
            if row["format"] in ORDERED:
                for made, item in zip(found, listed, strict=True):
                    verdict.wrong.update(_compared(made, {**item, "format": row["format"]}, item))
        yield verdict


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def _compared(made: dict[str, Any], row: Row, item: Row) -> dict[str, tuple[str, str]]:
    body = "".join(_value(made, "bodies").split())
    expected_body = "".join(row["body60"].split())
    pairs = {
        "id": (made["uri"], row["id"] or _link(made, item) or made["uri"]),
        "version": (made.get("version", ""), row["item_version"] or made.get("version", "")),
        "headline": ("".join(_value(made, "headlines").split()), "".join(row["headline"].split())),
        "time": (_time(made, row["format"]), row["published_utc"]),
        "status": (made["pubStatus"], row["pubstatus"].rpartition(":")[2].lower() or "usable"),
        "body": (body[: len(expected_body)] if expected_body else body[:60], expected_body),
    }
    if not row["published_utc"].endswith("Z"):  # a date alone, no zone, no date: there is our own rule for it
        pairs["time"] = ("", "")
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _link(made: dict[str, Any], item: Row) -> str:
    """What stands for an id: the link, which is made absolute where the feed leaves that to its reader."""
    link = item.get("link", "")
    return str(made["uri"]) if link and str(made["uri"]).endswith(link) else link


def _value(made: dict[str, Any], name: str) -> str:
    return str(made[name][0]["value"]) if made[name] else ""


def _time(made: dict[str, Any], format: str) -> str:
    moment = str(made.get("versionCreated", ""))
    if format in SYNDICATED:
        moment = made.get("firstCreated", moment)
    return re.sub(r"\.\d+", "", moment)


def table(found: Iterable[Verdict]) -> Iterator[str]:
    """Shares right by format and field, of the files that must be read; then every file that is wrong."""
    by_format: dict[str, list[Verdict]] = defaultdict(list)
    listed = list(found)
    for verdict in listed:
        if verdict.expect == "accept" or (verdict.expect == "either" and verdict.documents and verdict.known):
            by_format[f"{verdict.format}{'' if verdict.expect == 'accept' else ' (may be refused)'}"].append(verdict)
    yield f"| format | files | read | all right | {' | '.join(FIELDS)} |"
    yield f"|{'---|' * (len(FIELDS) + 4)}"
    for name, group in sorted(by_format.items()):
        wrong = Counter(field for v in group for field in v.wrong)
        read = [v for v in group if v.documents]
        cells = (len(group), len(read), sum(v.right for v in group), *(len(read) - wrong[f] for f in FIELDS))
        yield f"| {name} | {' | '.join(map(str, cells))} |"
    for expect in ("accept", "refuse"):
        group = [v for v in listed if v.expect == expect]
        right = sum(v.right for v in group)
        yield f"\n{expect}: {right} of {len(group)} files right, {100 * right / len(group):.1f}%"
    for verdict in listed:
        if (verdict.expect != "either" and not verdict.right) or verdict.wrong:
            told = "; ".join(f"{name} {got!r}, not {want!r}" for name, (got, want) in verdict.wrong.items())
            yield f"wrong: {verdict.file}: {told or ('not read' if verdict.expect == 'accept' else 'read')}"


def main() -> int:
    """Print the table; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.feeds", description="Read real feed files.")
    add_option(parser)
    try:
        folder = Shared(parser.parse_args().shared).path("feeds")
    except Absent as absent:
        sys.stderr.write(f"{absent}\n")
        return 2
    for line in table(verdicts(folder)):
        sys.stdout.write(f"{line}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
