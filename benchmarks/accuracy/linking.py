"""Linking: the ledger of both streams against the gold threads, by the official scorer."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.accuracy.gold import STREAMS, Development
from claimwire import Item, Ledger
from streams.codecs import encode

OPENS = ("asserts", "repeats")
"""Relations of what makes a claim, and answers none."""


def measure(data: Development, verbose: bool) -> Iterator[str]:
    """The official figures."""
    for stream in STREAMS:
        ledger, items = Ledger(), 0
        for document in data.documents(stream):
            ledger.add(Item.from_ninjs(document))
            items += 1
        with TemporaryDirectory() as folder:
            claims = Path(folder, "claims.jsonl")
            claims.write_bytes(b"".join(encode(claim) + b"\n" for claim in ledger.claims()))
            score = data.shared.score("threads", "score", data.items(stream), data.threads(stream), claims)
            if verbose:
                yield from _disagreements(data, stream, claims)
        figures = score.figures
        yield stream
        yield from (f"  {line}" for line in score.lines)
        yield f"  mislinked, of those found: {figures['mislinked']}"
        yield f"  claims: {figures['claims']:,} of {items:,} items, {1000 * figures['claims'] / items:.0f} per 1,000"
        yield "  evidence a claim: {evidence_median} median, {evidence_p99} p99, {evidence_max} most".format(**figures)


def _disagreements(data: Development, stream: str, claims: Path) -> Iterator[str]:
    """Gold answers that are not joined with their claim, and what they are joined with instead."""
    scorer = data.shared.scorer("threads")
    items = {document["uri"]: scorer.Item(document) for document in data.documents(stream)}
    evidence: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = defaultdict(list)
    for claim in map(json.loads, claims.read_text("utf8").splitlines()):
        for piece in claim["evidence"]:
            evidence[piece["item"]].append((claim, piece))

    def near(place: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        item = items[place["item"]]
        spot = item.places(place["anchor"])
        return [(claim, piece) for claim, piece in evidence[place["item"]] if scorer.near(spot, item.at(piece))]

    for thread in map(json.loads, data.threads(stream).read_text("utf8").splitlines()):
        for answer in thread.get("responses", ()):
            target = thread["claims"][answer.get("target_claim", 0)]
            elsewhere = target["item"] != answer["item"]
            origins = [c for c in thread["claims"] if not (elsewhere and c["item"] == answer["item"])]
            right = {claim["id"] for origin in origins for claim, _ in near(origin)}
            found = [(claim, piece) for claim, piece in near(answer) if piece["relation"] not in OPENS]
            linked = [piece for claim, piece in found if claim["id"] in right]
            wanted = f"{answer['relation']}: {answer['item']} “{answer['anchor']}”"
            of = f"of {target['item']} “{target['anchor']}”"
            if not found:
                yield f"  not found  {wanted} {of}"
            elif not linked:
                joined = " / ".join(sorted({claim["text"] for claim, _ in found}))
                yield f"  mislinked  {wanted} {of}, joined with: {joined}"
            elif answer["relation"] not in {piece["relation"] for piece in linked}:
                yield f"  as {', '.join(sorted({piece['relation'] for piece in linked}))}  {wanted} {of}"
