"""Trains the heads of the reader on readings, each by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from torch import Tensor, nn
from torch.nn import functional as F

from claimwire.claim_detection.features import BUCKETS
from claimwire.claim_detection.network import ANSWERS, CLAIMS, MOST, OUTPUTS, STATUSES, beside, traits

from .examples import NONE, OUTSIDE, Example

Array = NDArray[np.float32]
Weights = dict[str, Array]

FOLDS = 4


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train.

    The figures were chosen on corpora that the weights had not seen.
    """

    networks: int = 3
    inner: int = 192
    epochs: int = 6
    rate: float = 5e-4
    decay: float = 0.3
    linear_epochs: int = 6
    linear_rate: float = 3e-4
    linear_decay: float = 1.0
    batch: int = 256
    pair: int = 64
    pair_epochs: int = 12
    claim_strength: float = 1.0
    answer_strength: float = 4.0
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Gold:
    """What is to be learnt of all sentences, one after another."""

    worth: Tensor
    answers: Tensor
    statuses: Tensor


class Inner(nn.Module):
    """A network with one inner layer."""

    def __init__(self, features: int, inner: int) -> None:
        super().__init__()
        self.up, self.down = nn.Linear(features, inner), nn.Linear(inner, OUTPUTS)

    def forward(self, x: Tensor) -> Tensor:
        """Scores of sentences, with features and inner states dropped by chance in training."""
        x = F.dropout(x, 0.3, self.training)
        found: Tensor = self.down(F.dropout(F.gelu(self.up(x), approximate="tanh"), 0.5, self.training))
        return found


class Pair(nn.Module):
    """Scores what an answer answers."""

    def __init__(self, features: int, traits: int, width: int) -> None:
        super().__init__()
        self.ask, self.fit, self.elsewhere = nn.Linear(features, width), nn.Linear(width, 1), nn.Linear(traits, 1)

    def forward(self, pairs: Tensor, own: Tensor) -> Tensor:
        """``[sentences + 1]`` for one answer of an item."""
        x = F.gelu(self.ask(F.dropout(pairs, 0.1, self.training)), approximate="tanh")
        fits: Tensor = self.fit(F.dropout(x, 0.3, self.training))[:, 0]
        return torch.cat([fits, self.elsewhere(own)])


def fit(examples: Sequence[Example], plan: Plan) -> Weights:
    """Train all heads; returns the weights that `claimwire.claim_detection.network.ReaderNetwork` takes."""
    raw = np.concatenate([each.seen.dense for each in examples])
    mean, scale = raw.mean(0), raw.std(0) + 1e-3
    dense = torch.from_numpy(np.clip((raw - mean) / scale, -MOST, MOST).astype(np.float32))
    gold = _gold(examples)
    linear = nn.Linear(dense.shape[1], OUTPUTS)
    nn.init.zeros_(linear.weight)
    _train(linear, dense, gold, plan, plan.linear_epochs, plan.linear_rate, plan.linear_decay, plan.seed)
    inner = []
    for number in range(plan.networks):
        torch.manual_seed(plan.seed + number)
        network = Inner(dense.shape[1], plan.inner)
        _train(network, dense, gold, plan, plan.epochs, plan.rate, plan.decay, plan.seed + number)
        inner.append(network)
    rare, terms = _terms(examples, gold, plan)
    pair = _pair(examples, dense, gold, plan)
    return {
        "mean": mean,
        "scale": scale,
        "linear": _rows(linear),
        "up": np.stack([_rows(network.up) for network in inner]),
        "down": np.stack([_rows(network.down) for network in inner]),
        "rare": rare,
        "terms": terms,
        "heart": _heart(examples, plan),
        "ask": _rows(pair.ask),
        "fit": _rows(pair.fit)[:, 0],
        "elsewhere": _rows(pair.elsewhere)[:, 0],
    }


def _gold(examples: Sequence[Example]) -> Gold:
    claims = np.array([worth for each in examples for worth in each.claims])
    answers = []
    for each in examples:
        own = [0] * len(each.claims)
        for answer in each.answers:
            own[answer.sentence] = 1 + answer.relation
        answers += own
    statuses = [status for each in examples for status in each.statuses]
    worth = np.stack([claims >= 1, claims == 2], 1).astype(np.float32)
    return Gold(torch.from_numpy(worth), torch.tensor(answers), torch.tensor(statuses))


def _train(
    network: nn.Module, dense: Tensor, gold: Gold, plan: Plan, epochs: int, rate: float, decay: float, seed: int
) -> None:
    torch.manual_seed(seed)
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=decay)
    steps = (len(dense) // plan.batch + 1) * epochs
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps + 1, pct_start=0.1)
    network.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(dense)).split(plan.batch):
            scores = network(dense[rows])
            loss = F.binary_cross_entropy_with_logits(scores[:, CLAIMS], gold.worth[rows])
            loss = loss + F.cross_entropy(scores[:, ANSWERS], gold.answers[rows])
            known = gold.statuses[rows] != NONE
            if known.any():
                loss = loss + 0.3 * F.cross_entropy(scores[known][:, STATUSES], gold.statuses[rows][known])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    network.eval()


def _terms(examples: Sequence[Example], gold: Gold, plan: Plan) -> tuple[Array, Array]:
    """How rare each bucket is, and what it tells by itself."""
    told = [terms for each in examples for terms in each.seen.terms]
    known = np.bincount(np.concatenate([buckets for buckets, _ in told]), minlength=BUCKETS)
    rare = (np.log((1 + len(told)) / (1 + known)) + 1).astype(np.float32)
    rare[known < 2] = 0
    lengths = [len(buckets) for buckets, _ in told]
    weights = [counts * rare[buckets] for buckets, counts in told]
    weights = [row / (np.sqrt((row**2).sum()) + 1e-9) for row in weights]
    matrix = csr_matrix(
        (np.concatenate(weights), np.concatenate([b for b, _ in told]), np.concatenate([[0], np.cumsum(lengths)])),
        shape=(len(told), BUCKETS),
    )
    terms = np.zeros((BUCKETS + 1, OUTPUTS), np.float32)
    for column in (0, 1):
        model = LogisticRegression(C=plan.claim_strength, max_iter=200).fit(matrix, gold.worth[:, column].numpy())
        terms[:-1, column], terms[-1, column] = model.coef_[0], model.intercept_[0]
    for place, target, strength in (
        (ANSWERS, gold.answers.numpy(), plan.answer_strength),
        (STATUSES, gold.statuses.numpy(), plan.claim_strength),
    ):
        rows = np.flatnonzero(target != NONE)
        model = LogisticRegression(C=strength, max_iter=200).fit(matrix[rows], target[rows])
        columns = place.start + model.classes_
        terms[:-1, columns], terms[-1, columns] = model.coef_.T, model.intercept_
    return rare, terms


def _pair(examples: Sequence[Example], dense: Tensor, gold: Gold, plan: Plan) -> Pair:
    """Learn what answers answer, an item at a time.

    The scores of sentences that it reads come from weights that had not seen the item, as they will when it is used.
    """
    starts = np.cumsum([0, *(len(each.claims) for each in examples)]).tolist()
    linear = _unseen(starts, dense, gold, plan)
    told = []
    for n, each in enumerate(examples):
        here = slice(starts[n], starts[n + 1])
        if each.answers:
            asking = np.array([answer.sentence for answer in each.answers])
            pairs = torch.from_numpy(beside(each.seen, dense[here].numpy(), linear[here], asking))
            own = torch.from_numpy(traits(dense[here].numpy(), linear[here]))
            for row, answer in enumerate(each.answers):
                target = len(own) if answer.target == OUTSIDE else answer.target
                told.append((pairs[row], own[answer.sentence], torch.tensor([target])))
    torch.manual_seed(plan.seed)
    network = Pair(told[0][0].shape[1], told[0][1].shape[0], plan.pair)
    optimizer = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=0.1)
    steps = (len(told) // 16 + 1) * plan.pair_epochs
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, total_steps=steps + 1, pct_start=0.1)
    network.train()
    for _ in range(plan.pair_epochs):
        for some in torch.randperm(len(told)).split(16):
            chosen = (told[row] for row in some.tolist())
            loss = torch.stack([F.cross_entropy(network(pairs, own)[None], target) for pairs, own, target in chosen])
            optimizer.zero_grad(set_to_none=True)
            loss.mean().backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    return network.eval()


def _unseen(starts: list[int], dense: Tensor, gold: Gold, plan: Plan) -> Array:
    """Linear scores of each item's sentences, by weights that had not seen it."""
    items = len(starts) - 1
    fold = np.repeat(np.arange(items) % FOLDS, np.diff(starts))
    scores = np.zeros((len(dense), OUTPUTS), np.float32)
    for number in range(FOLDS):
        rest, own = torch.from_numpy(fold != number), torch.from_numpy(fold == number)
        network = nn.Linear(dense.shape[1], OUTPUTS)
        nn.init.zeros_(network.weight)
        part = Gold(gold.worth[rest], gold.answers[rest], gold.statuses[rest])
        _train(network, dense[rest], part, plan, plan.linear_epochs, plan.linear_rate, plan.linear_decay, plan.seed)
        scores[own.numpy()] = network(dense[own]).detach().numpy()
    return scores


def _heart(examples: Sequence[Example], plan: Plan) -> Array:
    """Which words of a sentence state its claim."""
    states, hearts = [], []
    for each in examples:
        for number, worth in enumerate(each.claims):
            low, high = each.seen.words[number]
            if worth and low < high:
                states.append(each.states[low:high].astype(np.float32))
                hearts += [float(word in each.hearts) for word in range(low, high)]
    x, y = torch.from_numpy(np.concatenate(states)), torch.tensor(hearts)
    torch.manual_seed(plan.seed)
    network = nn.Linear(x.shape[1], 1)
    optimizer = torch.optim.AdamW(network.parameters(), lr=3e-3, weight_decay=0.1)
    for _ in range(2):
        for rows in torch.randperm(len(x)).split(512):
            loss = F.binary_cross_entropy_with_logits(network(x[rows])[:, 0], y[rows])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    return _rows(network)[:, 0]


def _rows(layer: nn.Linear) -> Array:
    """A layer as a matrix whose last row is the bias."""
    return np.concatenate([layer.weight.detach().numpy().T, layer.bias.detach().numpy()[None]]).astype(np.float32)
