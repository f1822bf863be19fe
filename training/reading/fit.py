"""Trains the reader on readings."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from claimwire.reading.network import Judgement, distances

from .examples import IGNORED, Example, Lesson, batches, lesson
from .model import Reader, Scores

READ_AT_ONCE = 6000
"""Word pieces of a batch that is only read."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train."""

    epochs: int = 4
    pieces: int = 1200
    """Word pieces a step."""
    encoder_rate: float = 8e-5
    head_rate: float = 5e-4
    decay: float = 0.01
    warm: float = 0.1
    average: float = 0.99
    answer_weight: float = 1.0
    choice_weight: float = 0.5
    heart_weight: float = 0.3
    status_weight: float = 0.2
    seed: int = 1


def fit(network: Reader, examples: Sequence[Example], plan: Plan, checkpoint: Path) -> Reader:
    """Train a network in place.

    Parameters
    ----------
    checkpoint
        Where each epoch leaves all that the next one needs; a run that was interrupted goes on from there.

    Returns
    -------
    Reader
        The running average of the network's weights.
    """
    torch.manual_seed(plan.seed)
    chance = random.Random(plan.seed)
    average = copy.deepcopy(network).eval()
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    known = {id(p) for p in encoder}
    heads = [p for p in network.parameters() if p.requires_grad and id(p) not in known]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": plan.encoder_rate}, {"params": heads, "lr": plan.head_rate}],
        weight_decay=plan.decay,
    )
    steps = int(len(batches(examples, plan.pieces, random.Random(plan.seed))) * plan.epochs * 1.05) + 2
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [plan.encoder_rate, plan.head_rate], total_steps=steps, pct_start=plan.warm
    )
    done, first = 0, 1
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=False)
        for part, state in zip((network, average, optimizer, schedule), kept["states"], strict=True):
            part.load_state_dict(state)
        done, first = kept["done"], kept["epoch"] + 1
        chance.setstate(kept["chance"])
        torch.set_rng_state(kept["torch"])
    for epoch in range(first, plan.epochs + 1):
        network.train()
        begun, total, count = time.monotonic(), 0.0, 0
        for some in batches(examples, plan.pieces, chance):
            if done >= steps - 1:
                break
            loss = losses(network, lesson(some, chance), plan)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            done += 1
            _blend(average, network, min(plan.average, done / (done + 10)))
            total, count = total + float(loss.detach()), count + 1
        spent = time.monotonic() - begun
        print(f"  epoch {epoch}: loss {total / max(1, count):.4f}, {spent:.0f} s", flush=True)
        states = [part.state_dict() for part in (network, average, optimizer, schedule)]
        kept = {"epoch": epoch, "done": done, "states": states, "chance": chance.getstate()}
        torch.save(kept | {"torch": torch.get_rng_state()}, checkpoint)
    return average


def losses(network: Reader, read: Lesson, plan: Plan) -> Tensor:
    """What the network makes of a batch against what its readers found."""
    with torch.autocast("cpu", torch.bfloat16):
        scores: Scores = network(read.batch)
        choices = (
            network.choose(scores.states, read.asking, read.items, read.batch, read.distances)
            if len(read.asking)
            else None
        )
    worth = torch.stack([read.claims >= 1, read.claims == 2], 1).float()
    loss = F.binary_cross_entropy_with_logits(scores.claims, worth)
    loss = loss + plan.answer_weight * F.cross_entropy(scores.answers, read.answers)
    hearts = read.hearts != IGNORED
    if hearts.any():
        loss = loss + plan.heart_weight * F.binary_cross_entropy_with_logits(
            scores.words[hearts], read.hearts[hearts].float()
        )
    if (read.statuses != IGNORED).any():
        loss = loss + plan.status_weight * F.cross_entropy(scores.statuses, read.statuses, ignore_index=IGNORED)
    if choices is not None:
        loss = loss + plan.choice_weight * F.cross_entropy(choices, read.targets) * min(1.0, len(read.asking) / 3)
    return loss


@torch.no_grad()
def judge(network: Reader, examples: Sequence[Example]) -> list[Judgement]:
    """What a network makes of items, in their order."""
    network.eval()
    found: dict[str, Judgement] = {}
    for some in batches(examples, READ_AT_ONCE, random.Random(1)):
        read = lesson(some)
        with torch.autocast("cpu", torch.bfloat16):
            scores: Scores = network(read.batch)
        at, row = 0, 0
        for number, each in enumerate(some):
            count = len(each.inputs.spans)
            rows = torch.arange(at, at + count)
            away = np.zeros((count, read.batch.rows.shape[1]), np.int64)
            away[:, :count] = distances(count, each.in_headline)
            items = torch.full((count,), number)
            with torch.autocast("cpu", torch.bfloat16):
                choices = network.choose(scores.states, rows, items, read.batch, torch.from_numpy(away))
            choices = torch.cat([choices[:, :count], choices[:, -1:]], 1).softmax(1)
            hearts = np.zeros(len(each.inputs.words), np.float32)
            for chunk in each.inputs.chunks:
                inside = chunk.words >= 0
                chances = scores.words[row, : len(chunk.words)].sigmoid().numpy()
                np.maximum.at(hearts, chunk.words[inside], chances[inside])
                row += 1
            found[each.uri] = Judgement(
                scores.claims[rows].sigmoid().numpy(),
                scores.answers[rows].softmax(1).numpy(),
                choices.numpy(),
                scores.statuses[rows].softmax(1).numpy(),
                hearts,
            )
            at += count
    return [found[each.uri] for each in examples]


@torch.no_grad()
def _blend(average: Reader, network: Reader, keep: float) -> None:
    for mean, new in zip(average.parameters(), network.parameters(), strict=True):
        if new.requires_grad:
            mean.lerp_(new, 1 - keep)
