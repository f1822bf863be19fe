"""The items that readings speak of, and the readings themselves. Texts of others stay in the shared folder."""

from __future__ import annotations

import json
import re
import tarfile
from pathlib import Path
from typing import Any

from training.json_lines import lines

STREAMS = (
    "gold/reuters-1987q1.items.jsonl.xz",
    "gold/ukraine-2022h1.items.jsonl.xz",
    "gold/modern-2025-05a.items.jsonl.xz",
    "data/muc-dev.items.jsonl.xz",
)
BODIES = "data/fnc1-train-bodies.jsonl.xz"
POLNEAR = "data/polnear-train-dev.tar.xz"
READINGS = "gold/readings-dev.jsonl"
SEEDS = Path(__file__).parents[2] / "seeds"
OUR_LABELS = Path(__file__).parent / "labels"
"""Readings made for this training; their guide is beside them."""

MADE = Path(__file__).parent / "made"
"""Items written for this training, and their readings."""

CORPORA = frozenset({"fnc1", "mod", "muc", "polnear", "reuters", "ukr"})
"""Real news. Leaving one out makes it stand for unseen news; all other items are always learnt from."""

TESTED_TIMES = 4
"""How often the demo and the article that the project started from are learnt from: tests say what they must make."""

SECOND = "second"
"""How the files of second readings begin: they measure agreement, and nothing is learnt from them."""

DATE = re.compile(r"^\s*date \S+\s+")

DATES = {
    "article": "2025-12-02T00:00:00Z",
    "fnc1": "2014-10-01T12:00:00Z",
    "made": "2025-05-20T12:00:00Z",
    "polnear": "2016-01-01T12:00:00Z",
}
"""Of corpora that give none."""


def corpus(uri: str) -> str:
    """The corpus that an item is of: the beginning of its uri."""
    return uri.partition(":")[0]


def times(name: str) -> int:
    """How often a corpus is learnt from."""
    return 1 if name in (*CORPORA, "made") else TESTED_TIMES


def items(shared: Path) -> dict[str, dict[str, Any]]:
    """All items that may be read, as ninjs, by uri; of one that comes twice the last."""
    found = {item["uri"]: item for name in STREAMS for item in lines(shared / name)}
    found |= {body["id"]: _item(body["id"], body["body"]) for body in lines(shared / BODIES)}
    found |= {item["uri"]: item for item in map(_json, sorted(SEEDS.glob("*.json"))) if item["pubStatus"] == "usable"}
    found |= {item["item"]: _item(**item) for item in lines(MADE / "items.jsonl")}
    found |= {f"article:{path.stem}": _article(path) for path in (shared / "seed").glob("*.txt")}
    with tarfile.open(shared / POLNEAR) as archive:
        for member in archive:
            path = Path(member.name)
            text = archive.extractfile(member) if path.suffix == ".txt" and "train" in path.parts else None
            if text:
                uri = f"polnear:{path.stem}"
                found[uri] = _item(uri, text.read().decode("utf8"))
    return found


def ours() -> list[Path]:
    """The files of our own readings that are learnt from."""
    labels = [path for path in sorted(OUR_LABELS.glob("*.jsonl")) if not path.name.startswith(SECOND)]
    return [*labels, MADE / "readings.jsonl"]


def readings(*paths: Path) -> list[dict[str, Any]]:
    """The readings in some files, one for each item: of one that is read twice the first."""
    found: dict[str, dict[str, Any]] = {}
    for path in paths:
        for reading in lines(path):
            found.setdefault(reading["item"], reading)
    return list(found.values())


def _article(path: Path) -> dict[str, Any]:
    """A plain text, without the date that begins it."""
    return _item(f"article:{path.stem}", DATE.sub("", path.read_text("utf8")))


def _json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf8"))
    return found


def _item(item: str, body: str, headline: str = "") -> dict[str, Any]:
    return {
        "uri": item,
        "standard": {"name": "ninjs", "version": "3.0"},
        "type": "text",
        "language": "en",
        "versionCreated": DATES[corpus(item)],
        "pubStatus": "usable",
        "headlines": [{"role": "main", "contentType": "text/plain", "value": headline}] if headline else [],
        "bodies": [{"role": "main", "contentType": "text/plain", "value": body}],
    }
