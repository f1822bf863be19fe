"""Trains the answer network on the answers of readings, and on sentences that answer nothing."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F
from torch.nn.utils.rnn import pad_sequence

from claimwire.claim_detection.answer_windows import AnswerWindow, AnswerWindows
from training.attribution.model import Encoder

from .answer_model import UNMARKED, AnswerReader
from .examples import OUTSIDE, Example
from .fit import descend, mean_and_scale

PIECES_AT_ONCE = 2880
NOTHING = 0
"""Relation of a sentence that answers nothing. Others count from 1."""

CUED, CLAIMING = 4, 2
"""How much likelier a sentence that answers nothing is learnt from if it has a cue of speech, or makes a claim."""

CUE = 2
"""The trait that says whether a sentence has a cue (`claimwire.claim_detection.features`)."""


@dataclass(frozen=True, slots=True)
class AnswerPlan:
    """How to train.

    Attributes
    ----------
    rate, heads_rate
        Learning rate of the encoder's last layer and of the heads.
    layer_decay
        What each layer below learns less.
    left_out
        The most of an item's other sentences that are left out, as a share; it is drawn anew for each question. So the
        network learns no fixed distances, and far answers come into its window.
    of_claims
        How much the claims of a window count beside the answer.
    """

    epochs: int = 2
    rate: float = 2e-4
    heads_rate: float = 1e-3
    layer_decay: float = 0.9
    encoder_weight_decay: float = 0.01
    heads_weight_decay: float = 0.05
    warm_up: float = 0.06
    least: float = 0.02
    batch: int = 16
    left_out: float = 0.6
    of_claims: float = 0.1
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence of an item: how it answers, and which one."""

    example: Example
    sentence: int
    relation: int
    target: int
    left_out: frozenset[int] = frozenset()

    @property
    def window(self) -> AnswerWindow:
        """What the network reads."""
        return AnswerWindows(self.example.seen).around(self.sentence, self.left_out)


def questions(examples: Sequence[Example], left_out: float, chance: random.Random) -> list[Question]:
    """All answers, and for each of them, or for an item without any, a sentence that answers nothing; shuffled."""
    found = []
    for example in examples:
        asked = [(a.sentence, 1 + a.relation, a.target) for a in example.answers]
        asked += [(n, NOTHING, OUTSIDE) for n in _others(example, max(1, len(asked)), chance)]
        for sentence, relation, target in asked:
            share = chance.random() * left_out
            rest = (n for n in range(len(example.seen.spans)) if n not in (sentence, target))
            out = frozenset(n for n in rest if chance.random() < share)
            found.append(Question(example, sentence, relation, target, out))
    chance.shuffle(found)
    return found


def _others(example: Example, count: int, chance: random.Random) -> set[int]:
    """Some sentences that answer nothing."""
    answering = {answer.sentence for answer in example.answers}
    others = [n for n in range(len(example.seen.spans)) if n not in answering]
    weights = [1 + CUED * float(example.seen.traits[n][CUE] > 0) + CLAIMING * (example.claims[n] > 0) for n in others]
    return set(chance.choices(others, weights, k=count)) if others else set()


def fit_answers(examples: Sequence[Example], encoder: Encoder, plan: AnswerPlan, folder: Path) -> AnswerReader:
    """Train a network, from the last checkpoint in the folder if there is one."""
    torch.manual_seed(plan.seed)
    reader = AnswerReader(encoder, *mean_and_scale(examples))
    optimizer = _optimizer(reader, plan)
    rates = [group["lr"] for group in optimizer.param_groups]
    first, file = 0, folder / "answers_checkpoint.pt"
    if file.exists():
        kept = torch.load(file)
        reader.load_state_dict(kept["reader"])
        optimizer.load_state_dict(kept["optimizer"])
        first = kept["epoch"]
    reader.train()
    for epoch in range(first, plan.epochs):
        asked = questions(examples, plan.left_out, random.Random(f"{plan.seed}.{epoch}"))
        steps = math.ceil(len(asked) / plan.batch)
        for step in range(steps):
            done = (epoch + step / steps) / plan.epochs
            share = min(done / plan.warm_up + 1e-3, 1) * max(plan.least, 1 - done)
            loss = _loss(reader, asked[step * plan.batch : (step + 1) * plan.batch], plan)
            descend(reader, optimizer, [rate * share for rate in rates], loss, 1.0)
        kept = {"reader": reader.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch + 1}
        torch.save(kept, file)
    return reader.eval()


def _optimizer(reader: AnswerReader, plan: AnswerPlan) -> torch.optim.AdamW:
    """The encoder's tables and lowest layers stay as they are; of the others the lower ones learn less."""
    reader.encoder.requires_grad_(False)
    groups: list[dict[str, object]] = []
    for below, layer in enumerate(reversed(reader.encoder.layers[UNMARKED:])):
        layer.requires_grad_(True)
        rate = plan.rate * plan.layer_decay**below
        groups.append({"params": list(layer.parameters()), "lr": rate, "weight_decay": plan.encoder_weight_decay})
    heads = [p for name, p in reader.named_parameters() if not name.startswith("encoder.")]
    groups.append({"params": heads, "lr": plan.heads_rate, "weight_decay": plan.heads_weight_decay})
    return torch.optim.AdamW(groups)


def _loss(reader: AnswerReader, asked: Sequence[Question], plan: AnswerPlan) -> Tensor:
    losses = []
    for question, window, states in read(reader, asked):
        example, numbers = question.example, list(window.sentences)
        answers, choices, claims = reader.judge(
            states,
            torch.from_numpy(window.homes),
            torch.from_numpy(example.seen.traits[numbers]),
            window.asked,
            torch.from_numpy(window.distances),
            torch.from_numpy(example.seen.overlap[question.sentence][numbers]),
        )
        losses.append(F.cross_entropy(answers[None], torch.tensor([question.relation])))
        worth = torch.tensor([[example.claims[n] >= 1, example.claims[n] == 2] for n in numbers]).float()
        losses.append(plan.of_claims / 2 * F.binary_cross_entropy_with_logits(claims, worth, reduction="sum"))
        if question.relation != NOTHING and question.target in (OUTSIDE, *numbers):
            right = len(numbers) if question.target == OUTSIDE else numbers.index(question.target)
            losses.append(F.cross_entropy(choices[None], torch.tensor([right])))
    return torch.stack(losses).sum() / len(asked)


def read(reader: AnswerReader, asked: Sequence[Question]) -> Iterator[tuple[Question, AnswerWindow, Tensor]]:
    """The windows of questions, with the states of their sentences' pieces; windows of like length are read at once."""
    windows = sorted(((each.window, each) for each in asked), key=lambda pair: -len(pair[0].pieces))
    while windows:
        at_once = max(1, PIECES_AT_ONCE // len(windows[0][0].pieces))
        some, windows = windows[:at_once], windows[at_once:]
        pieces, features, marks = (
            pad_sequence([torch.from_numpy(row) for row in rows], batch_first=True)
            for rows in zip(*((w.pieces, w.features, w.marks) for w, _ in some), strict=True)
        )
        lengths = torch.tensor([len(window.pieces) for window, _ in some])
        for (window, question), states in zip(some, reader.states(pieces, features, marks, lengths), strict=True):
            yield question, window, states[1 : 1 + len(window.homes)]
