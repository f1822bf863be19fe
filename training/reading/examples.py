"""Readings as training examples."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from claimwire.extraction import tagger
from claimwire.extraction.sentences import plain, sentences
from claimwire.extraction.tagger.chunks import QUOTES
from claimwire.extraction.tagger.pieces import Pieces
from claimwire.extraction.tagger.words import Shape
from claimwire.reading.inputs import Inputs, Marked, inputs
from claimwire.reading.network import RELATIONS, distances
from claimwire.statements import Span

from .corpora import corpus
from .model import Batch

BETWEEN = "\n\n"
OUTSIDE = -1
"""Target of an answer to what another item told."""

IGNORED = -100
HIDDEN = 0.05
MASK = 103
SHOUTED = 0.05
"""Share of the pieces hidden, and of the items seen in capitals, in an epoch."""

FORGOTTEN = 0.1
"""Share of the items seen without what the tagger found."""

COLUMNS = 32
STATUSES = {"unverified": 0, "confirmed": 1, "corroborated": 1}
_LETTERS = (Shape.LOWER, Shape.TITLE, Shape.UPPER, Shape.MIXED)


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
    claims
        For each sentence 0, 1 or 2: how much the claim that it puts forward is worth following.
    hearts
        For each word whether it is at the heart of a claim.
    statuses
        For each sentence what the item makes of its claim: undecided, for it, against it; `IGNORED` without one.
    """

    uri: str
    parts: tuple[str, str]
    inputs: Inputs
    in_headline: int
    claims: tuple[int, ...]
    hearts: frozenset[int]
    statuses: tuple[int, ...]
    answers: tuple[Answer, ...]

    @property
    def corpus(self) -> str:
        """Which it is of."""
        return corpus(self.uri)


def lay_out(item: dict[str, Any], vocabulary: Pieces, network: tagger.Tagger) -> tuple[tuple[str, str], Inputs, int]:
    """An item's headline and body, its inputs, and how many of its sentences are the headline's."""
    headline = (item.get("headlines") or [{"value": ""}])[0]["value"]
    body = (item.get("bodies") or [{"value": ""}])[0]["value"]
    start = len(headline) + len(BETWEEN) if headline else 0
    text = BETWEEN.join(plain(part) for part in (headline, body) if part)
    of_headline = [(s.start, s.end) for s in sentences(headline)]
    of_body = [(s.start + start, s.end + start) for s in sentences(body)]
    [found] = network.attribute([text])
    marked = [Marked(a.cue, a.source, a.content) for a in found]
    made = inputs(text, [*of_headline, *of_body], len(of_headline), marked, vocabulary)
    return (headline, body), made, len(of_headline)


def example(item: dict[str, Any], reading: dict[str, Any], vocabulary: Pieces, network: tagger.Tagger) -> Example:
    """An item with its reading."""
    (headline, body), made, in_headline = lay_out(item, vocabulary, network)
    start = len(headline) + len(BETWEEN) if headline else 0
    count = len(made.spans)

    def find(anchor: str) -> Span | None:
        pattern = re.compile(r"\s+".join(map(re.escape, anchor.split())))
        for text, shift in ((body, start), (headline, 0)):
            if match := pattern.search(text):
                return match.start() + shift, match.end() + shift
        return None

    def home(span: Span | None) -> int | None:
        if span is None:
            return None
        return next((n for n, (a, b) in enumerate(made.spans) if a < span[1] and span[0] < b), None)

    claims, statuses, hearts = [0] * count, [IGNORED] * count, set()
    homes: dict[int, int] = {}
    for claim in reading["claims"]:
        span = find(claim["anchor"])
        at = home(span)
        if span is None or at is None:
            continue
        homes[claim["id"]] = at
        claims[at] = max(claims[at], claim["worth"])
        statuses[at] = STATUSES.get(reading["status"][str(claim["id"])], 2)
        hearts |= {n for n, (a, b) in enumerate(made.words) if a < span[1] and span[0] < b}
    answers: dict[int, Answer] = {}
    for told in reading["answers"]:
        at = home(find(told["anchor"]))
        target = OUTSIDE if told["to"] is None else homes.get(told["to"])
        if at is not None and target is not None:
            answers.setdefault(at, Answer(at, RELATIONS.index(told["relation"]), target))
    return Example(
        reading["item"],
        (headline, body),
        made,
        in_headline,
        tuple(claims),
        frozenset(hearts),
        tuple(statuses),
        tuple(answers.values()),
    )


@dataclass(frozen=True, slots=True)
class Lesson:
    """A batch with what is to be learnt of it.

    Attributes
    ----------
    claims, answers, statuses
        ``[sentences]``.
    hearts
        ``[chunks, pieces]``: 1 where a piece is at the heart of a claim, 0 elsewhere in its sentence, else `IGNORED`.
    asking, items, targets, distances
        For each answer its row, its item, the number of its target among the item's sentences (their count for one
        that stands elsewhere is the last column), and the distances of all.
    """

    batch: Batch
    claims: Tensor
    answers: Tensor
    statuses: Tensor
    hearts: Tensor
    asking: Tensor
    items: Tensor
    targets: Tensor
    distances: Tensor


def lesson(some: Sequence[Example], chance: random.Random | None = None) -> Lesson:
    """Lay examples out as a batch, seen a little differently each time where there is chance."""
    chunks = [(at, chunk) for at, each in enumerate(some) for chunk in each.inputs.chunks]
    counts = [len(each.inputs.spans) for each in some]
    first = np.cumsum([0, *counts])
    width = max(len(chunk.pieces) for _, chunk in chunks)
    width += -width % COLUMNS
    shape = (len(chunks), width)
    pieces, features, marks = (np.zeros(shape, np.int64) for _ in range(3))
    homes, hearts = np.full(shape, -1, np.int64), np.full(shape, IGNORED, np.int64)
    generator = np.random.default_rng(chance.getrandbits(63)) if chance else None
    shouted = [chance is not None and chance.random() < SHOUTED for _ in some]
    forgotten = [chance is not None and chance.random() < FORGOTTEN for _ in some]
    for row, (at, chunk) in enumerate(chunks):
        size = len(chunk.pieces)
        pieces[row, :size] = chunk.pieces
        if generator is not None:
            pieces[row, :size][(generator.random(size) < HIDDEN) & (chunk.homes >= 0)] = MASK
        features[row, :size] = _shout(chunk.features) if shouted[at] else chunk.features
        marks[row, :size] = 0 if forgotten[at] else chunk.marks
        homes[row, :size] = np.where(chunk.homes >= 0, chunk.homes + first[at], -1)
        known = np.array(some[at].claims)[chunk.homes] > 0
        heart = np.array([word in some[at].hearts for word in chunk.words])
        hearts[row, :size] = np.where((chunk.homes >= 0) & known, heart, IGNORED)
    most = max(counts)
    rows = np.zeros((len(some), most), np.int64)
    for at, count in enumerate(counts):
        rows[at, :count] = np.arange(first[at], first[at] + count)
    told = [(at, answer) for at, each in enumerate(some) for answer in each.answers]
    answers = np.zeros(first[-1], np.int64)
    away = np.zeros((len(told), most), np.int64)
    for row, (at, answer) in enumerate(told):
        answers[first[at] + answer.sentence] = 1 + answer.relation
        away[row, : counts[at]] = distances(counts[at], some[at].in_headline)[answer.sentence]
    batch = Batch(
        torch.from_numpy(pieces),
        torch.from_numpy(features),
        torch.from_numpy(marks),
        torch.tensor([len(chunk.pieces) for _, chunk in chunks]),
        torch.from_numpy(homes),
        torch.from_numpy(np.concatenate([each.inputs.places for each in some])),
        torch.from_numpy(rows),
        torch.tensor(counts),
    )
    return Lesson(
        batch,
        torch.tensor([worth for each in some for worth in each.claims]),
        torch.from_numpy(answers),
        torch.tensor([status for each in some for status in each.statuses]),
        torch.from_numpy(hearts),
        torch.tensor([first[at] + answer.sentence for at, answer in told], dtype=torch.long),
        torch.tensor([at for at, _ in told], dtype=torch.long),
        torch.tensor([most if a.target == OUTSIDE else a.target for _, a in told], dtype=torch.long),
        torch.from_numpy(away),
    )


def batches(examples: Collection[Example], most: int, chance: random.Random) -> list[list[Example]]:
    """Examples with chunks of like length together, at most so many word pieces a batch, in random order."""
    longest = {each.uri: max((len(c.pieces) for c in each.inputs.chunks), default=0) for each in examples}
    mixed = sorted(examples, key=lambda each: longest[each.uri] + chance.random() * 2 * COLUMNS)
    made: list[list[Example]] = [[]]
    held = 0
    for each in mixed:
        size = longest[each.uri] * len(each.inputs.chunks)
        if made[-1] and held + size > most:
            made.append([])
            held = 0
        made[-1].append(each)
        held += size
    chance.shuffle(made)
    return made


def _shout(features: np.ndarray[Any, np.dtype[np.int64]]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The shapes of words that lost the sense of their capitals."""
    shapes, quotes = features // QUOTES, features % QUOTES
    letters = np.isin(shapes, [int(shape) for shape in _LETTERS])
    return np.where(letters, int(Shape.SHOUTED), shapes) * QUOTES + quotes
