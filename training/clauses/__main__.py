"""Fits the judge of whole clauses: ``python -m training.clauses --shared DIR``."""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional as F

from claimwire import Item
from claimwire.extraction.attribution.attributions import Attribution, attributions, tag
from claimwire.extraction.claims import proposition_rules as rules
from claimwire.extraction.claims import whole_clauses
from claimwire.extraction.claims.findings import THAT
from claimwire.extraction.claims.propositions import clause
from training.reading import corpora

from .cues import OF_A_THING, SAYS

MOST = 5000
"""Items of a corpus that are read."""

IN_BETWEEN = 40
"""Characters between a cue and its content above which the cue does not govern it."""

KEPT = 0.3
"""Share of the clauses that are learnt from, since there are many more of them than of fragments."""

HEADLESS, CUT = 0.12, 0.22
"""Chances, one above the other, that a clause also makes a fragment: without its subject, or up to its second verb."""

OF_A_CLAUSE = 0.35
"""How much a clause counts in the loss; a fragment counts 1."""

RIDGE = 333.0
STEPS = 200


@dataclass(frozen=True, slots=True)
class Words:
    """Words that somebody says, whether they are a clause, and the corpus that they are of."""

    text: str
    is_clause: bool
    corpus: str


def main() -> None:
    """Fit the weights on the contents of attributions whose cues tell what they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="the folder of corpora")
    parser.add_argument("--leave-out", choices=sorted(corpora.CORPORA), help="a corpus to learn nothing from")
    parser.add_argument("--out", type=Path, default=Path(str(whole_clauses.WEIGHTS)), help="where the weights go")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    chance = random.Random(arguments.seed)
    words = [w for item in drawn(arguments.shared, chance) for w in told(item, chance)]
    learnt = [w for w in words if w.corpus != arguments.leave_out]
    np.save(arguments.out, fit(learnt))
    print(f"{sum(w.is_clause for w in learnt)} clauses and {sum(not w.is_clause for w in learnt)} fragments")


def drawn(shared: Path, chance: random.Random) -> Iterator[Item]:
    """Items of real news in both cases of letters, drawn by chance."""
    items = corpora.items(shared)
    for name in sorted(corpora.CORPORA - {"muc"}):  # muc is in capitals
        uris = sorted(uri for uri in items if corpora.corpus(uri) == name)
        yield from (Item.from_ninjs(items[uri]) for uri in chance.sample(uris, min(MOST, len(uris))))


def told(item: Item, chance: random.Random) -> Iterator[Words]:
    """What an item says that people say, if the cue before it tells whether it is a clause."""
    if not item.speaks:
        return
    corpus = corpora.corpus(item.uri)
    _, found = attributions(tag(item.headline, item.body))
    for each in found:
        text = clause(item.body[slice(*each.content[0])]) if len(each.content) == 1 else ""
        is_clause = _is_clause(each, item.body) if text else None
        if is_clause is None or (is_clause and chance.random() > KEPT):
            continue
        yield Words(text, is_clause, corpus)
        if is_clause and (part := _part(text, chance.random())):
            yield Words(part, False, corpus)


def _is_clause(told: Attribution, body: str) -> bool | None:
    """Whether the content is a clause, as the words before it tell; None if they leave it open."""
    (low, high), (start, end) = told.cue, told.content[0]
    if not 0 <= start - high <= IN_BETWEEN:
        return None
    if THAT.match(body[start:end]):
        return True
    cue = body[low:high].lower()
    if OF_A_THING.fullmatch(cue) and not body[high:start].strip():
        return False
    return True if SAYS.fullmatch(cue) else None


def _part(text: str, chance: float) -> str:
    """A fragment of a clause, or nothing."""
    verbs = [verb.start() for verb in rules.FINITE.finditer(text)]
    if chance < HEADLESS:
        return text[verbs[0] :] if verbs and verbs[0] else ""
    return text[: verbs[1]].strip() if chance < CUT and len(verbs) > 1 else ""


def fit(words: Sequence[Words]) -> NDArray[np.float32]:
    """Weights and bias of a ridge-penalised logistic regression on `whole_clauses.traits`, less the bar."""
    seen = torch.tensor(np.stack([whole_clauses.traits(w.text) for w in words]), dtype=torch.float64)
    right = torch.tensor([float(w.is_clause) for w in words], dtype=torch.float64)
    counts = torch.where(right > 0, OF_A_CLAUSE, 1.0)
    mean, scale = seen.mean(0), seen.std(0) + 1e-6
    seen = (seen - mean) / scale
    weights = torch.zeros(seen.shape[1] + 1, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = seen @ weights[:-1] + weights[-1]
        lost = F.binary_cross_entropy_with_logits(scores, right, counts, reduction="sum")
        lost = lost + RIDGE / 2 * weights[:-1].square().sum()
        lost.backward()  # type: ignore[no-untyped-call]
        return lost

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    plain = (weights[:-1] / scale).detach()
    bar = float(np.log(whole_clauses.BAR / (1 - whole_clauses.BAR)))
    bias = weights[-1].detach() - plain @ mean - bar
    return torch.cat([plain, bias[None]]).numpy().astype(np.float32)


if __name__ == "__main__":
    main()
