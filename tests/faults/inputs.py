"""What the streams under fault are fed with: seeded, with versions, corrections and kills among the items."""

import json
import lzma
import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.stream.harness import ROOT, seeds
from tests.unit.builders import ninjs

Document = dict[str, Any]

REAL = Path("gold", "reuters-1987q1.items.jsonl.xz")
MATTERS = re.compile(r"\b(?:Iran|Iraq|Kuwait|OPEC|quota|takeover|tender offer|G-7|denied|denies|denial)\b")
"""Words of matters in which many items answer each other."""

BEYOND_THE_WINDOW = 60
"""Days between copies of the seeds that do not answer each other."""

LATER = 15
"""Within so many items the second version of an item follows."""


def taken_back() -> tuple[list[Document], list[Document], list[Document]]:
    """What comes before a strike, what it strikes, and what shows afterwards whether anything went wrong.

    What it strikes is an item that is killed, then one that came late, since what it says another one has said again,
    and its kill. So it has rows that belong together, and parts of claims that come and go. Afterwards that other one
    is killed, too, which shows whether its row was kept.
    """
    lone = _said("urn:lone", "Russia said that its forces had taken the city of Lyman.", day=1)
    taken = "Russia said that its forces had taken the city of Siversk."
    late, again = _said("urn:late", taken, day=1), _said("urn:again", taken, day=4)
    denial = _said("urn:denial", "Ukraine denied that Siversk had been taken.", day=6)
    before = [*seeds(), lone, again]
    return before, [_killed(lone), late, _killed(late)], [denial, _killed(again), *map(_killed, seeds()[::2])]


def varied(random: Random, number: int) -> list[Document]:
    """So many item versions made of the seeds: taken up by other outlets, corrected, killed."""
    copies = (_copy(seed, n) for n in range(number) for seed in seeds())
    in_order = sorted(islice(copies, number), key=lambda copy: str(copy["versionCreated"]))
    return _with_versions(in_order, random)[:number]


def real(random: Random, number: int) -> list[Document]:
    """So many item versions of a stretch of the wire of 1987; skips without the development data."""
    path = Path(os.environ.get("CLAIMWIRE_SHARED") or ROOT.parent / "shared") / REAL
    if not path.exists():
        pytest.skip(f"there is no {path}: set CLAIMWIRE_SHARED to the folder that holds gold/")
    with lzma.open(path, "rt", encoding="utf8") as lines:
        found = [d for d in map(json.loads, lines) if MATTERS.search(d["bodies"][0]["value"])]
    start = random.randrange(len(found) - number)
    return _with_versions(found[start : start + number], random)[:number]


def _said(uri: str, text: str, day: int) -> Document:
    """An item long after the seeds."""
    return ninjs(text, uri=uri, versionCreated=datetime(2026, 6, day, tzinfo=UTC).isoformat())


def _killed(document: Document) -> Document:
    return {**document, "version": "99", "pubStatus": "canceled"}


def _copy(seed: Document, n: int) -> Document:
    """The seed again: by another outlet, or also so much later that its claims are new ones."""
    if not n:
        return seed
    moved = timedelta(days=BEYOND_THE_WINDOW * (n // 2))
    times = {t: (datetime.fromisoformat(seed[t]) + moved).isoformat() for t in ("firstCreated", "versionCreated")}
    return {**seed, **times, "uri": f"{seed['uri']}/{n}", "infoSources": [{"name": f"Wire {n % 2}"}]}


def _with_versions(documents: Iterable[Document], random: Random) -> list[Document]:
    """The items in their order, a second version of some of them a while later."""
    placed = []
    for n, document in enumerate(documents):
        first, *later = _versions(document, random)
        placed += [(float(n), first), *((n + random.uniform(0, LATER), version) for version in later)]
    return [version for _, version in sorted(placed, key=lambda each: each[0])]


def _versions(document: Document, random: Random) -> list[Document]:
    """An item as it is, or after a shorter version, or before a correction, or before its kill."""
    chance = random.random()
    if document.get("version", "1") != "1" or chance > 0.5:
        return [document]
    [body] = document["bodies"]
    sentences = re.split(r"(?<=[.!?])\s+", body["value"])
    shorter = {**document, "bodies": [{**body, "value": " ".join(sentences[: len(sentences) // 2 + 1])}]}
    if chance < 0.2:
        return [{**shorter, "version": "1"}, {**document, "version": "2"}]
    if chance < 0.35:
        return [{**document, "version": "1"}, {**shorter, "version": "3"}]
    return [{**document, "version": "1"}, _killed(document)]
