"""Trains the network on PolNeAR."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from claimwire.extraction.tagger.pieces import Pieces

from . import chain
from .examples import COLUMNS, IGNORED, Example, Lesson, Piece, lesson, view
from .headlines import collect, headlines
from .model import Network


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train."""

    epochs: int = 4
    pieces: int = 3000
    """Word pieces a step."""
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    decay: float = 0.01
    warm: float = 0.1
    average: float = 0.99
    cue_weight: float = 3.0
    headline_share: float = 0.25
    """Share of the sentences fit for it that are made into headlines, each epoch."""
    gold_share: float = 0.5
    """Weight of the annotation beside the teacher, where there are both."""
    seed: int = 1


def fit(
    network: Network,
    examples: Sequence[Example],
    vocabulary: Pieces,
    plan: Plan,
    after_epoch: Callable[[int, Network], None],
    teacher: Network | None = None,
    unannotated: Sequence[Example] = (),
) -> Network:
    """Train a network.

    Parameters
    ----------
    network : Network
        The network to train, in place.
    examples : Sequence[Example]
        Annotated texts.
    vocabulary : Pieces
        The encoder's vocabulary.
    plan : Plan
        How to train.
    after_epoch : Callable[[int, Network], None]
        Called with the number of each epoch that is done and the averaged network.
    teacher : Network | None
        A trained network whose judgement the network learns beside the annotation.
    unannotated : Sequence[Example]
        Texts that only the teacher judges, with cues to look around.

    Returns
    -------
    Network
        The running average of the network's weights.
    """
    torch.manual_seed(plan.seed)
    chance = random.Random(plan.seed)
    average = copy.deepcopy(network).eval()
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    known = {id(p) for p in encoder}
    heads = [p for p in network.parameters() if p.requires_grad and id(p) not in known]
    optimizer = torch.optim.AdamW(
        [
            {"params": encoder, "lr": plan.encoder_rate},
            {"params": heads, "lr": plan.head_rate},
        ],
        weight_decay=plan.decay,
    )
    texts = [(True, examples), (False, unannotated)]
    first = _batches(texts, vocabulary, plan, random.Random(plan.seed))
    steps = int(len(first) * plan.epochs * 1.02) + 2
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [plan.encoder_rate, plan.head_rate], total_steps=steps, pct_start=plan.warm
    )
    done = 0
    for epoch in range(1, plan.epochs + 1):
        network.train()
        begun, total = time.monotonic(), 0.0
        for step, (annotated, some) in enumerate(_batches(texts, vocabulary, plan, chance)):
            if done >= steps - 1:
                break
            share = 1.0 if teacher is None else plan.gold_share if annotated else 0.0
            total += _step(network, lesson(some), optimizer, plan, teacher, share)
            schedule.step()
            done += 1
            _blend(average, network, min(plan.average, done / (done + 10)))
            if step % 50 == 49:
                spent = time.monotonic() - begun
                print(f"  step {step + 1} loss {total / 50:.4f} {spent:.0f} s", flush=True)
                total = 0.0
        after_epoch(epoch, average)
    return average


def _batches(
    texts: Sequence[tuple[bool, Sequence[Example]]], vocabulary: Pieces, plan: Plan, chance: random.Random
) -> list[tuple[bool, list[Piece]]]:
    """Chunks of like length together, annotated ones and others apart, in random order."""
    batches: list[tuple[bool, list[Piece]]] = []
    for annotated, examples in texts:
        chunks = [piece for each in examples for piece in view(each, chance)]
        lines = [line for each in examples for line in headlines(each, chance)]
        chance.shuffle(lines)
        lines = lines[: int(len(lines) * plan.headline_share)]
        for made in collect(lines, vocabulary, chance):
            chunks += view(made, chance)
        chance.shuffle(chunks)
        chunks.sort(key=lambda piece: piece.size)
        some: list[Piece] = []
        for piece in chunks:
            wide = piece.size + -piece.size % COLUMNS
            if some and (len(some) + 1) * wide > plan.pieces:
                batches.append((annotated, some))
                some = []
            some.append(piece)
        if some:
            batches.append((annotated, some))
    chance.shuffle(batches)
    return batches


def _step(
    network: Network,
    read: Lesson,
    optimizer: torch.optim.Optimizer,
    plan: Plan,
    teacher: Network | None,
    gold_share: float,
) -> float:
    with torch.autocast("cpu", torch.bfloat16):
        states = network.states(read.pieces, read.features, read.lengths)
        scores = network.cues(states).float()
        pairs = [_potentials(network, states, each) for each in read.windows]
    loss = _loss(scores, pairs, read, plan.cue_weight, None)
    if teacher is not None:
        soft = _judge(teacher, read)
        taught = _loss(scores, pairs, read, plan.cue_weight, soft)
        loss = gold_share * loss + (1 - gold_share) * taught
    optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return float(loss.detach())


def _potentials(network: Network, states: Tensor, each: dict[str, Tensor]) -> Tensor:
    parts = [each[name] for name in ("first", "last", "words", "places", "lengths")]
    found: Tensor = network.pairs(states, *parts)
    return found.float()


Judgement = tuple[Tensor, list[Tensor]]


def _loss(scores: Tensor, pairs: list[Tensor], read: Lesson, weight: float, soft: Judgement | None) -> Tensor:
    """Cue loss by word, plus pair loss by word of a window."""
    words = read.cues != IGNORED
    loss = weight * F.cross_entropy(scores[words], read.cues[words] if soft is None else soft[0])
    total = sum(int(each["lengths"].sum()) for each in read.windows)
    for number, (potentials, each) in enumerate(zip(pairs, read.windows, strict=True)):
        target = chain.gold_pairs(each["roles"], each["lengths"]) if soft is None else soft[1][number]
        loss = loss + chain.divergence(potentials, target, each["lengths"]).sum() / total
    return loss


@torch.no_grad()
def _judge(teacher: Network, read: Lesson) -> Judgement:
    """The teacher's judgement."""
    with torch.autocast("cpu", torch.bfloat16):
        states = teacher.states(read.pieces, read.features, read.lengths)
        scores = teacher.cues(states).float()
        found = [_potentials(teacher, states, each) for each in read.windows]
    pairs = [chain.pairwise(p, each["lengths"]) for p, each in zip(found, read.windows, strict=True)]
    return scores[read.cues != IGNORED].softmax(-1), pairs


@torch.no_grad()
def _blend(average: Network, network: Network, keep: float) -> None:
    for mean, new in zip(average.parameters(), network.parameters(), strict=True):
        if new.requires_grad:
            mean.lerp_(new, 1 - keep)
