"""Readings as training examples."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import Any

from claimwire.claim_detection.features import Sentences, see
from claimwire.claim_detection.network import RELATIONS
from claimwire.extraction.pipeline import draft
from claimwire.extraction.text.casing import prose
from claimwire.items import Item
from claimwire.places import Gazetteer
from claimwire.statements import Span

from .corpora import corpus

OUTSIDE = -1
"""Target of an answer to what another item told."""

NONE = -1
"""Status of a sentence without a claim."""

STATUSES = {"unverified": 0, "confirmed": 1, "corroborated": 1}
"""What an item makes of a claim: nothing, something for it; all else is something against it (2)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A sentence that answers a claim, and the sentence that puts it forward."""

    sentence: int
    relation: int
    target: int


@dataclass(frozen=True, slots=True)
class Example:
    """An item, and what its reader found.

    Attributes
    ----------
    seen
        What the network sees of it.
    at
        Spans of its words.
    claims
        For each sentence 0, 1 or 2: how much the claim that it puts forward is worth following.
    hearts
        Words at the heart of a claim.
    statuses
        For each sentence what the item makes of its claim, by `STATUSES`; `NONE` without one.
    """

    uri: str
    seen: Sentences
    at: tuple[Span, ...]
    claims: tuple[int, ...]
    hearts: frozenset[int]
    statuses: tuple[int, ...]
    answers: tuple[Answer, ...]

    @property
    def corpus(self) -> str:
        """Which it is of."""
        return corpus(self.uri)


def example(item: dict[str, Any], reading: dict[str, Any]) -> Example:
    """An item with its reading."""
    version = Item.from_ninjs(item)
    drafted = draft(version, Gazetteer(prose(version.headline), version.body), sys.maxsize)
    headline, body, read = version.headline, version.body, drafted.read
    seen = see(read, *drafted.sentences())
    at = tuple(zip(read.words.starts, read.words.ends, strict=True))
    count = len(seen.spans)
    claims, statuses, hearts, homes = [0] * count, [NONE] * count, set(), {}
    for claim in reading["claims"]:
        span = _find(claim["anchor"], headline, body, drafted.page.start)
        home = _home(span, seen)
        if span is None or home is None:
            continue
        homes[claim["id"]] = home
        claims[home] = max(claims[home], claim["worth"])
        statuses[home] = STATUSES.get(reading["status"][str(claim["id"])], 2)
        hearts |= {n for n, (a, b) in enumerate(at) if a < span[1] and span[0] < b}
    answers: dict[int, Answer] = {}
    for told in reading["answers"]:
        home = _home(_find(told["anchor"], headline, body, drafted.page.start), seen)
        target = OUTSIDE if told["to"] is None else homes.get(told["to"])
        if home is not None and target is not None:
            answers.setdefault(home, Answer(home, RELATIONS.index(told["relation"]), target))
    return Example(
        reading["item"],
        seen,
        at,
        tuple(claims),
        frozenset(hearts),
        tuple(statuses),
        tuple(answers.values()),
    )


def _find(anchor: str, headline: str, body: str, start: int) -> Span | None:
    """Where an anchor stands in the text of both, in the body first."""
    pattern = re.compile(r"\s+".join(map(re.escape, anchor.split())))
    for text, shift in ((body, start), (headline, 0)):
        if match := pattern.search(text):
            return match.start() + shift, match.end() + shift
    return None


def _home(span: Span | None, seen: Sentences) -> int | None:
    """The sentence in which a span stands."""
    if span is None:
        return None
    return next((n for n, (a, b) in enumerate(seen.spans) if a < span[1] and span[0] < b), None)
