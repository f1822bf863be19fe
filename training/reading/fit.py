"""Trains the reader's network on readings, encoder and heads together."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pad_sequence

from claimwire.claim_detection.network import ANSWERS, CLAIMS, STATUSES
from claimwire.claim_detection.windows import ItemWindow, ItemWindows
from training.attribution.model import Encoder

from .examples import NONE, OUTSIDE, Example
from .model import Reader

PIECES_AT_ONCE = 2048


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train.

    Attributes
    ----------
    rate, heads_rate
        Learning rate of the encoder's last layer and of the heads.
    layer_decay
        What each layer below learns less.
    windows
        Windows of an item that are learnt from; the rest of a long one is left out.
    of_sentence, of_answer, of_word
        How much the losses of a sentence, of an answer's choice and of a claim's word count.
    """

    epochs: int = 3
    rate: float = 1.5e-4
    heads_rate: float = 1e-3
    layer_decay: float = 0.9
    encoder_weight_decay: float = 0.01
    heads_weight_decay: float = 0.05
    warm_up: float = 0.08
    least: float = 0.02
    batch: int = 16
    windows: int = 4
    of_sentence: float = 1 / 300
    of_answer: float = 1 / 30
    of_word: float = 1 / 3000
    seed: int = 1


def fit(examples: Sequence[Example], encoder: Encoder, plan: Plan, folder: Path) -> Reader:
    """Train a network, from the last checkpoint in the folder if there is one.

    Its weights are the mean of those after each epoch, which hold on unseen news better than the last ones.
    """
    torch.manual_seed(plan.seed)
    reader = Reader(encoder, *mean_and_scale(examples))
    optimizer = _optimizer(reader, plan)
    rates = [group["lr"] for group in optimizer.param_groups]
    steps, step, first = math.ceil(len(examples) / plan.batch) * plan.epochs, 0, 0
    mean: dict[str, Tensor] = {}
    file = folder / "checkpoint.pt"
    if file.exists():
        kept = torch.load(file)
        reader.load_state_dict(kept["reader"])
        optimizer.load_state_dict(kept["optimizer"])
        first, step, mean = kept["epoch"], kept["step"], kept["mean"]
    reader.train()
    for epoch in range(first, plan.epochs):
        order = list(examples)
        random.Random(f"{plan.seed}.{epoch}").shuffle(order)
        for start in range(0, len(order), plan.batch):
            share = min((step + 1) / (plan.warm_up * steps), 1) * max(plan.least, 1 - step / steps)
            some = [_cut(each, plan.windows) for each in order[start : start + plan.batch]]
            descend(reader, optimizer, [rate * share for rate in rates], _loss(reader, some, plan), 2.0)
            step += 1
        now = reader.state_dict()
        mean = {name: torch.lerp(mean.get(name, value), value, 1 / (epoch + 1)) for name, value in now.items()}
        kept = {"reader": now, "optimizer": optimizer.state_dict(), "epoch": epoch + 1, "step": step, "mean": mean}
        torch.save(kept, file)
    reader.load_state_dict(mean)
    return reader.eval()


def mean_and_scale(examples: Sequence[Example]) -> tuple[Tensor, Tensor]:
    """Of the traits of all sentences."""
    traits = np.concatenate([each.seen.traits for each in examples])
    return torch.tensor(traits.mean(0)), torch.tensor(traits.std(0) + 1e-3)


def descend(
    network: nn.Module, optimizer: torch.optim.Optimizer, rates: Sequence[float], loss: Tensor, most: float
) -> None:
    """Take one step down a loss: a rate for each group of weights, and the most that the gradient's norm may be."""
    for group, rate in zip(optimizer.param_groups, rates, strict=True):
        group["lr"] = rate
    optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(network.parameters(), most)
    optimizer.step()


def _optimizer(reader: Reader, plan: Plan) -> torch.optim.AdamW:
    """Tables of pieces, features and places stay as they are; lower layers learn less."""
    layers = reader.encoder.layers
    reader.encoder.pieces.weight.requires_grad_(False)
    reader.encoder.features.weight.requires_grad_(False)
    reader.encoder.positions.requires_grad_(False)
    groups = [_group(reader.encoder.norm, plan.rate * plan.layer_decay ** len(layers), 0.0)]
    for below, layer in enumerate(reversed(layers)):
        groups.append(_group(layer, plan.rate * plan.layer_decay**below, plan.encoder_weight_decay))
    heads = [module for name, module in reader.named_children() if name != "encoder"]
    groups += [_group(head, plan.heads_rate, plan.heads_weight_decay) for head in heads]
    return torch.optim.AdamW([group for pair in groups for group in pair], betas=(0.9, 0.98))


def _group(module: nn.Module, rate: float, decay: float) -> list[dict[str, object]]:
    matrices = [p for p in module.parameters() if p.ndim > 1]
    rest = [p for p in module.parameters() if p.ndim <= 1]
    decays = ((matrices, decay), (rest, 0.0))
    return [{"params": some, "lr": rate, "weight_decay": amount} for some, amount in decays if some]


def _cut(example: Example, windows: int) -> Example:
    """An example without what stands behind its first windows."""
    return replace(example, seen=replace(example.seen, windows=first(example.seen.windows, windows)))


def first(item: ItemWindows, count: int) -> ItemWindows:
    """The first windows of an item."""
    windows = item.windows[:count]
    pieces = sum(len(window.own) for window in windows)
    return ItemWindows(windows, item.sentences[:pieces], item.words[:pieces])


def read(reader: Reader, seen: Sequence[ItemWindows]) -> list[Tensor]:
    """States of the pieces of each item's sentences; windows of like length are read at once."""
    states: dict[int, Tensor] = {}
    for some in _alike([window for item in seen for window in item.windows]):
        pieces, features = (
            pad_sequence([torch.from_numpy(row) for row in rows], batch_first=True)
            for rows in ([window.pieces for window in some], [window.features for window in some])
        )
        lengths = torch.tensor([len(window.pieces) for window in some])
        with torch.autocast("cpu", torch.bfloat16):
            rows = reader.encoder(pieces, features, lengths).float()
        states |= {id(window): row[window.own.start : window.own.stop] for window, row in zip(some, rows, strict=True)}
    return [torch.cat([states[id(window)] for window in item.windows]) for item in seen]


def _alike(windows: Sequence[ItemWindow]) -> Iterator[list[ItemWindow]]:
    """Windows of like length, few enough to be read at once."""
    some: list[ItemWindow] = []
    for window in sorted(windows, key=lambda window: -len(window.pieces)):
        if some and (len(some) + 1) * len(some[0].pieces) > PIECES_AT_ONCE:
            yield some
            some = []
        some.append(window)
    yield some


def _loss(reader: Reader, examples: Sequence[Example], plan: Plan) -> Tensor:
    losses = []
    for each, states in zip(examples, read(reader, [each.seen.windows for each in examples]), strict=True):
        losses += list(_losses(reader, each, states, plan))
    return torch.stack(losses).sum()


def _losses(reader: Reader, example: Example, states: Tensor, plan: Plan) -> Iterator[Tensor]:
    """Of the sentences that were read."""
    windows = example.seen.windows
    count = int(windows.sentences[-1]) + 1
    sentences = reader.sentences(
        reader.means(states, torch.from_numpy(windows.sentences), count), torch.from_numpy(example.seen.traits[:count])
    )
    scores = reader.scores(sentences)
    claims = torch.tensor(example.claims[:count])
    worth = torch.stack([claims >= 1, claims == 2], 1).float()
    answers, statuses = torch.zeros(count, dtype=torch.long), torch.tensor(example.statuses[:count])
    told = [a for a in example.answers if a.sentence < count and a.target < count]
    for answer in told:
        answers[answer.sentence] = 1 + answer.relation
    yield plan.of_sentence / 2 * F.binary_cross_entropy_with_logits(scores[:, CLAIMS], worth, reduction="sum")
    yield plan.of_sentence * F.cross_entropy(scores[:, ANSWERS], answers, reduction="sum")
    known = statuses != NONE
    if known.any():
        of_status = F.cross_entropy(scores[known][:, STATUSES], statuses[known], reduction="sum")
        yield 0.3 * plan.of_sentence * of_status
    if told:
        asking = torch.tensor([a.sentence for a in told])
        distances, overlap = (
            torch.from_numpy(table[:count, :count]) for table in (example.seen.distances, example.seen.overlap)
        )
        chosen = reader.choices(sentences, asking, distances[asking], overlap[asking], scores[:, 0].detach())
        targets = torch.tensor([count if a.target == OUTSIDE else a.target for a in told])
        yield plan.of_answer * F.cross_entropy(chosen, targets, reduction="sum")
    inside = (claims >= 1)[torch.from_numpy(windows.sentences)]
    if inside.any():
        hearts = torch.tensor([word in example.hearts for word in windows.words[inside.numpy()].tolist()]).float()
        scored = reader.heart(states[inside])[:, 0]
        yield plan.of_word * F.binary_cross_entropy_with_logits(scored, hearts, reduction="sum")
