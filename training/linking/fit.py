"""``python -m training.linking.fit --shared DIR``: fits the weights of `claimwire.linking.pair_model`.

From pairs of sentences that were judged one by one (`training.linking.judgements`). A pair counts for
one matter where the judge saw any relation between the two, and for the same proposition where the
later one repeats the other. Ridge-penalised logistic regression by Newton's method. How well that
ranks, and what each bar lets through, is measured on a corpus that the weights were not fitted on.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from claimwire.extraction.pipeline import extract
from claimwire.items import Item
from claimwire.linking.pair_model import BARS, MATTER, RESTATES, SAME, WEIGHTS_FILE, AnswerKind, features, kind
from claimwire.statements import Statement
from training.json_lines import lines
from training.linking.judgements import AGAIN, APART, ITEMS, Judgement, Place, judgements

RIDGE = 1.0

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair with its judgement."""

    answer: Statement
    claim: Statement
    judgement: Judgement

    @property
    def values(self) -> list[float]:
        """Its features, and a one for the bias."""
        return [*features(self.answer, self.claim).values(), 1.0]

    @property
    def corpus(self) -> str:
        """The corpus that both sentences are of."""
        return self.judgement.claim.corpus

    def holds(self, question: str) -> bool:
        """Whether the judge's answer to one of the two questions is yes."""
        word = self.judgement.word
        return word == AGAIN if question == SAME else word not in APART


def pairs(shared: Path) -> Iterator[Pair]:
    """All judged pairs whose sentences hold statements."""
    judged = list(judgements(shared))
    wanted = {place.item for each in judged for place in (each.claim, each.later)}
    statements = {item.uri: extract(item) for item in _items(shared) if item.uri in wanted}
    for each in judged:
        couples = [(a, c) for a in _at(statements, each.later) for c in _at(statements, each.claim)]
        if couples:
            answer, claim = max(couples, key=lambda couple: features(*couple)["alike"])
            yield Pair(answer, claim, each)


def _items(shared: Path) -> Iterator[Item]:
    """The items of all corpora; of one that comes twice the last."""
    for path in ITEMS.values():
        yield from {document["uri"]: Item.from_ninjs(document) for document in lines(shared / path)}.values()


def _at(statements: dict[str, list[Statement]], place: Place) -> list[Statement]:
    """Statements that share at least half of a sentence."""
    start, end = place.start, place.end
    found = [s for s in statements.get(place.item, ()) if s.part == place.part]
    return [s for s in found if min(s.end, end) - max(s.start, start) > min(s.end - s.start, end - start) / 2]


def fitted(some: Sequence[Pair], question: str) -> Floats:
    """The weights of the features, the bias last."""
    values = np.array([p.values for p in some])
    truth = np.array([p.holds(question) for p in some], float)
    found: Floats = np.zeros(values.shape[1])
    penalty = np.diag([RIDGE] * (len(found) - 1) + [0.0])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-values @ found))
        slope = values.T @ (truth - chance) - penalty @ found
        bend = (values * (chance * (1 - chance))[:, None]).T @ values + penalty
        found = found + np.linalg.solve(bend, slope)
    return found


def held_out(some: Sequence[Pair], question: str) -> Iterator[tuple[Pair, float]]:
    """Each pair with its score by weights fitted on the other corpora."""
    for corpus in ITEMS:
        weights = fitted([p for p in some if p.corpus != corpus], question)
        for pair in some:
            if pair.corpus == corpus:
                yield pair, float(1 / (1 + np.exp(-(np.array(pair.values) @ weights))))


def average_precision(scored: Sequence[tuple[Pair, float]], question: str) -> float:
    """Of pairs with their scores: the mean of the precision at each that holds."""
    ranked = sorted(scored, key=lambda each: -each[1])
    right, sums = 0, 0.0
    for n, (pair, _) in enumerate(ranked, 1):
        if pair.holds(question):
            right += 1
            sums += right / n
    return sums / max(1, right)


def passed(scored: Sequence[tuple[Pair, float]], question: str) -> dict[AnswerKind, list[Pair]]:
    """What the bars let through, by the kind of answer."""
    found: dict[AnswerKind, list[Pair]] = defaultdict(list)
    for pair, score in scored:
        made = kind(pair.answer, pair.claim)
        if made and (made in RESTATES) == (question == SAME) and score >= BARS[made]:
            found[made].append(pair)
    return found


def main() -> None:
    """Fit, write the weights, and print how they do on corpora that they were not fitted on."""
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
        scored = list(held_out(some, question))
        for corpus in ITEMS:
            there = [each for each in scored if each[0].corpus == corpus]
            holds = sum(pair.holds(question) for pair, _ in there)
            figure = average_precision(there, question)
            print(f"{question}, {corpus} left out: {holds} of {len(there)}, average precision {figure:.3f}")
        for made, through in passed(scored, question).items():
            words = Counter(pair.judgement.word for pair in through)
            right = sum(pair.holds(question) for pair in through)
            print(f"{made:13s} {question} in {right} of {len(through)}: {dict(words.most_common())}")


if __name__ == "__main__":
    main()
