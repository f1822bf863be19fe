"""``python -m training.linking.fit --shared DIR``: fits the weights of `claimwire.linking.likeness`.

Pairs come from the development gold: the sentence pairs judged one by one, and each labelled answer
against its claim and against the likest other statements of the weeks before it. Ridge-penalised
logistic regression by Newton's method, one for each kind of answer.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from claimwire.extraction import extract
from claimwire.extraction.terms import bag
from claimwire.items import Item
from claimwire.linking.likeness import WEIGHTS_FILE, features, kind
from claimwire.statements import Act, Part, Statement
from training.linking.gold import lines

STREAMS = ("reuters-1987q1", "ukraine-2022h1")
AGAINST = {"denies", "contradicts", "retracts", "partly"}
FOR = {"confirms", "corroborates", "repeats", "partly"}
RIDGE = 1.0
WINDOW = timedelta(days=45)
RIVALS = 12
"""Other statements that stand against each labelled answer."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair with its judgement."""

    answer: Statement
    claim: Statement
    bears: bool
    weight: float = 1.0


class Stream:
    """The statements of one stream, by item."""

    def __init__(self, shared: Path, name: str) -> None:
        self.gold = shared / "gold"
        self.name = name
        self.items = {i.uri: i for i in map(Item.from_ninjs, lines(self.gold / f"{name}.items.jsonl.xz"))}
        self.statements = {uri: extract(item) for uri, item in self.items.items()}
        self._by_subject: dict[str, list[Statement]] = defaultdict(list)
        for made in self.statements.values():
            for statement in made:
                for subject in statement.subjects:
                    self._by_subject[subject].append(statement)

    def at(self, place: dict[str, object]) -> list[Statement]:
        """Statements that share at least half of a sentence."""
        start, end = int(str(place["start"])), int(str(place["end"]))
        part = Part(str(place["part"]))
        found = [s for s in self.statements.get(str(place["item"]), ()) if s.part is part]
        return [s for s in found if min(s.end, end) - max(s.start, start) > min(s.end - s.start, end - start) / 2]

    def rivals(self, answer: Statement, besides: set[str]) -> list[Statement]:
        """Some of the earlier statements like it at its subjects that are not known to be its claim.

        Not the likest: among those, what is unlabelled is often right.
        """
        known = {s.id: s for subject in answer.subjects for s in self._by_subject[subject]}
        mine = bag(answer.terms)
        earlier = [
            s
            for s in known.values()
            if s.id not in besides
            and s.item != answer.item
            and timedelta(0) <= answer.published - s.published <= WINDOW
            and mine.common(bag(s.terms))
        ]
        return sorted(earlier, key=lambda s: s.id)[:RIVALS]


def judged(stream: Stream) -> Iterator[Pair]:
    """The sentence pairs judged one by one."""
    for row in lines(stream.gold / f"{stream.name}.pairs.jsonl"):
        relation = str(row["relation"])
        for answer in stream.at(row["later"]):  # type: ignore[arg-type]
            for claim in stream.at(row["claim"])[:1]:  # type: ignore[arg-type]
                yield from _pair(answer, claim, relation)


def _pair(answer: Statement, claim: Statement, relation: str) -> Iterator[Pair]:
    against = answer.act is Act.DENIES or answer.negative != claim.negative
    bears = relation in (AGAINST if against else FOR)
    yield Pair(answer, claim, bears, 0.5 if relation == "related" else 1.0)


def threads(stream: Stream) -> Iterator[Pair]:
    """The labelled answers, each with its claims and with what else it might be taken to answer."""
    for row in lines(stream.gold / f"{stream.name}.threads.jsonl"):
        if row.get("negative"):
            continue
        claims = [s for c in row["claims"] for s in _near(stream, c)]  # type: ignore[attr-defined]
        for response in row["responses"]:  # type: ignore[attr-defined]
            for answer in _near(stream, response):
                if kind(answer) == "same" and response["relation"] in AGAINST:
                    continue
                right = [c for c in claims if c.item != answer.item and c.published <= answer.published]
                for claim in right:
                    yield Pair(answer, claim, True, 1.0 / len(right))
                besides = {s.id for c in row["claims"] for s in stream.statements.get(str(c["item"]), ())}  # type: ignore[attr-defined]
                for rival in stream.rivals(answer, besides):
                    yield Pair(answer, rival, False, 3.0 / RIVALS)


def _near(stream: Stream, anchored: dict[str, object]) -> list[Statement]:
    """Statements that hold an anchor."""
    anchor = " ".join(str(anchored["anchor"]).split())
    return [s for s in stream.statements.get(str(anchored["item"]), ()) if anchor in " ".join(s.quote.split())][:2]


def fitted(pairs: list[Pair]) -> dict[str, float]:
    """The weights of the features, and the bias."""
    names = list(features(pairs[0].answer, pairs[0].claim))
    values = np.array([[*features(p.answer, p.claim).values(), 1.0] for p in pairs])
    truth = np.array([p.bears for p in pairs], float)
    weights = np.array([p.weight for p in pairs])
    found: Floats = np.zeros(values.shape[1])
    penalty = np.diag([RIDGE] * len(names) + [0.0])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-values @ found))
        slope = values.T @ (weights * (truth - chance)) - penalty @ found
        bend = (values * (weights * chance * (1 - chance))[:, None]).T @ values + penalty
        found = found + np.linalg.solve(bend, slope)
    return {name: round(float(w), 3) for name, w in zip([*names, "bias"], found, strict=True)}


def main() -> None:
    """Fit, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder of the development data")
    shared = parser.parse_args().shared
    pairs = [p for s in (Stream(shared, name) for name in STREAMS) for p in (*judged(s), *threads(s))]
    weights = {}
    for name in ("denies", "confirms", "negative", "same"):
        own = [p for p in pairs if kind(p.answer) == name]
        weights[name] = fitted(own)
        print(name, len(own), "pairs,", sum(p.bears for p in own), "bear", weights[name])
    Path(str(WEIGHTS_FILE)).write_text(json.dumps(weights, indent=1) + "\n", "utf8")


if __name__ == "__main__":
    main()
