"""The ledger of real wire items is a function of their set. Skipped without the development data."""

import json
import lzma
import os
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from claimwire import Item
from streams.codecs import encode
from tests.unit.builders import ledger_of
from tests.unit.partitions import Partitions, split

STREAM = Path("gold", "reuters-1987q1.items.jsonl.xz")

MATTERS = {
    "gulf war": r"\b(?:Iran|Iraq|Kuwait)",
    "oil": r"\b(?:OPEC|crude|quota)",
    "takeovers": r"\b(?:takeover|tender offer|merger)",
    "dollar": r"\b(?:Group of Seven|G-7|intervention|currencies)",
}
"""Matters that many items answer each other on, each by a word that its items hold."""

STRETCH = 150
"""Items of one matter, one after another."""


def written(items: list[Item]) -> list[bytes]:
    return [encode(claim) for claim in ledger_of(items).claims()]


def versions_of(document: dict[str, Any], random: Random) -> Iterator[dict[str, Any]]:
    """A real item, for some of them after a shorter version, or before one that kills it."""
    [body] = document["bodies"]
    now = {**document, "version": "5"}
    chance = random.random()
    if chance < 0.2:
        text = body["value"]
        half = len(text) // 2
        yield {**now, "version": "1", "bodies": [{**body, "value": text[: text.find(". ", half) + 1]}]}
    yield now
    if chance > 0.9:
        yield {**now, "version": "9", "pubStatus": "canceled"}


def to_the_hour(document: dict[str, Any]) -> dict[str, Any]:
    """Its times without minutes, so that many tie."""
    times = {name: document[name][:13] + ":00:00Z" for name in ("versionCreated", "firstCreated") if name in document}
    return {**document, **times}


@pytest.fixture(scope="module")
def documents() -> list[dict[str, Any]]:
    folder = Path(os.environ.get("CLAIMWIRE_SHARED") or Path(__file__).parents[4] / "shared")
    if not (folder / STREAM).exists():
        pytest.skip(f"there is no {folder / STREAM}: set CLAIMWIRE_SHARED to the folder that holds gold/")
    with lzma.open(folder / STREAM, "rt", encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module", params=MATTERS)
def items(documents: list[dict[str, Any]], request: pytest.FixtureRequest) -> list[Item]:
    """A stretch of the stream on one matter, with old versions and killed items."""
    word, random = re.compile(MATTERS[request.param]), Random(request.param)
    found = [d for d in documents if any(word.search(body["value"]) for body in d["bodies"])]
    start = random.randrange(len(found) - STRETCH)
    stretch = found[start : start + STRETCH]
    if request.param == "dollar":
        stretch = [to_the_hour(document) for document in stretch]
    return [Item.from_ninjs(version) for document in stretch for version in versions_of(document, random)]


@pytest.fixture(scope="module")
def claims(items: list[Item]) -> list[bytes]:
    """What the ledger holds when they come in their order."""
    found = written(items)
    joined = sum(len(json.loads(line)["evidence"]) > 1 for line in found)
    assert joined >= 5, "too few claims with answers for a test"
    return found


@pytest.mark.parametrize("seed", range(3))
def test_shuffled_real_items_give_the_same_claims(items: list[Item], claims: list[bytes], seed: int) -> None:
    assert written(Random(seed).sample(items, len(items))) == claims


def test_real_items_from_the_last_to_the_first_give_the_same_claims(items: list[Item], claims: list[bytes]) -> None:
    assert written(items[::-1]) == claims


def test_real_items_fed_twice_give_the_same_claims(items: list[Item], claims: list[bytes]) -> None:
    assert written(Random(1).sample(items + items, 2 * len(items))) == claims


def test_second_half_of_real_items_may_come_first(items: list[Item], claims: list[bytes]) -> None:
    half = len(items) // 2
    assert written(items[half:] + items[:half]) == claims


@pytest.mark.parametrize("number", [1, 4, 16])
def test_number_of_partitions_does_not_change_the_claims(items: list[Item], claims: list[bytes], number: int) -> None:
    assert written(split(items, number)) == claims
    stream = Partitions(number, Random(number))
    stream.run(items)
    assert [encode(claim) for claim in stream.claims()] == claims


def test_links_restored_in_the_midst_give_the_same_claims(items: list[Item], claims: list[bytes]) -> None:
    stream = Partitions(4, Random(0), restarts=0.02)
    stream.run(Random(2).sample(items, len(items)))
    assert [encode(claim) for claim in stream.claims()] == claims
