"""``python -m training.linking.fit --shared DIR``: fits the weights of `claimwire.linking.pair_model`.

From pairs of sentences that were judged one by one: those of the development gold, and those in
`judged.jsonl` beside this file, which a first program thought likely. A pair counts for one matter
where the judge saw any relation between the two, and for the same proposition where the later one
repeats the other. Ridge-penalised logistic regression by Newton's method; what each bar lets through
is measured on pairs that the weights were not fitted on.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claimwire.extraction.pipeline import extract
from claimwire.items import Item
from claimwire.linking.pair_model import BARS, MATTER, RESTATES, SAME, WEIGHTS_FILE, AnswerKind, features, kind
from claimwire.statements import Statement
from training.linking.gold import lines

STREAMS = ("reuters-1987q1", "ukraine-2022h1")
JUDGED = Path(__file__).with_name("judged.jsonl")
APART = ("related", "none")
"""Judgements by which two sentences do not share their matter."""

AGAIN = "repeats"
"""The judgement that a sentence puts forward the same."""

RIDGE = 1.0
FOLDS = 5

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair with its judgement."""

    answer: Statement
    claim: Statement
    relation: str

    @property
    def values(self) -> list[float]:
        """Its features, and a one for the bias."""
        return [*features(self.answer, self.claim).values(), 1.0]


def pairs(shared: Path) -> Iterator[Pair]:
    """All judged pairs whose sentences hold statements."""
    for stream in STREAMS:
        items = {i.uri: i for i in map(Item.from_ninjs, lines(shared / "gold" / f"{stream}.items.jsonl.xz"))}
        rows = list(lines(shared / "gold" / f"{stream}.pairs.jsonl"))
        rows += [row for row in lines(JUDGED) if row["stream"] == stream]
        wanted = {row[place]["item"] for row in rows for place in ("claim", "later")}
        statements = {uri: extract(items[uri]) for uri in sorted(wanted)}
        for row in rows:
            couples = [(a, c) for a in _at(statements, row["later"]) for c in _at(statements, row["claim"])]
            if couples:
                answer, claim = max(couples, key=lambda couple: features(*couple)["alike"])
                yield Pair(answer, claim, row["relation"])


def _at(statements: dict[str, list[Statement]], place: dict[str, Any]) -> list[Statement]:
    """Statements that share at least half of a sentence."""
    start, end = place["start"], place["end"]
    found = [s for s in statements[place["item"]] if s.part == place["part"]]
    return [s for s in found if min(s.end, end) - max(s.start, start) > min(s.end - s.start, end - start) / 2]


def holds(pair: Pair, question: str) -> bool:
    """Whether the judge's answer to one of the two questions is yes."""
    return pair.relation == AGAIN if question == SAME else pair.relation not in APART


def fitted(some: Sequence[Pair], question: str) -> Floats:
    """The weights of the features, the bias last."""
    values = np.array([p.values for p in some])
    truth = np.array([holds(p, question) for p in some], float)
    found: Floats = np.zeros(values.shape[1])
    penalty = np.diag([RIDGE] * (len(found) - 1) + [0.0])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-values @ found))
        slope = values.T @ (truth - chance) - penalty @ found
        bend = (values * (chance * (1 - chance))[:, None]).T @ values + penalty
        found = found + np.linalg.solve(bend, slope)
    return found


def held_out(some: Sequence[Pair], question: str) -> Iterator[tuple[Pair, float]]:
    """Each pair with its score by weights fitted on the others, those of one claim's item together."""
    groups = {uri: i % FOLDS for i, uri in enumerate(sorted({p.claim.item for p in some}))}
    for fold in range(FOLDS):
        weights = fitted([p for p in some if groups[p.claim.item] != fold], question)
        for pair in some:
            if groups[pair.claim.item] == fold:
                yield pair, float(1 / (1 + np.exp(-(np.array(pair.values) @ weights))))


def main() -> None:
    """Fit, write the weights, and print what each bar lets through."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder of the development data")
    some = list(pairs(parser.parse_args().shared))
    names = [*features(some[0].answer, some[0].claim), "bias"]
    weights = {
        question: {name: round(float(w), 3) for name, w in zip(names, fitted(some, question), strict=True)}
        for question in (MATTER, SAME)
    }
    Path(str(WEIGHTS_FILE)).write_text(json.dumps(weights, indent=1) + "\n", "utf8")
    print(len(some), "pairs", weights)
    for question in weights:
        passed: dict[AnswerKind, Counter[str]] = defaultdict(Counter)
        right: Counter[AnswerKind] = Counter()
        for pair, score in held_out(some, question):
            made = kind(pair.answer, pair.claim)
            if made and (made in RESTATES) == (question == SAME) and score >= BARS[made]:
                passed[made][pair.relation] += 1
                right[made] += holds(pair, question)
        for made, relations in passed.items():
            print(f"{made:13s} {question} in {right[made]} of {relations.total()}: {dict(relations.most_common())}")


if __name__ == "__main__":
    main()
