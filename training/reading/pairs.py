"""Pairs of sentences with their entailment: what the encoder learns before it learns to read items."""

from __future__ import annotations

import json
import lzma
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from claimwire.extraction.tagger.chunks import Prepared, batch, prepare
from claimwire.extraction.tagger.pieces import Pieces
from claimwire.extraction.tagger.words import split
from training.attribution.model import Encoder

RELATIONS: dict[str, tuple[int, ...]] = {
    "entailment": (0,),
    "neutral": (1,),
    "contradiction": (2,),
    "not_entailment": (1, 2),
    "for": (0,),
    "observing": (1,),
    "against": (2,),
}
"""What a label leaves possible, of entailment, neutral and contradiction; the last three are Emergent's stances."""

LONGEST = 120
"""Words of both sentences; longer pairs are left out."""

PIECES_AT_ONCE = 3000
RATE = 1e-4
WARM = 0.06


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences as the encoder's input, with what may hold between them."""

    text: Prepared
    border: int
    """Words of the first."""
    possible: tuple[int, ...]

    @property
    def size(self) -> int:
        """Pieces, marks included."""
        return len(self.text.pieces) + 3


def read(shared: Path, vocabulary: Pieces) -> Iterator[Pair]:
    """The public pairs, and the headlines of Emergent with the rumours that they are on."""
    with lzma.open(shared / "data/nli/pairs.jsonl.xz", "rt", encoding="utf8") as lines:
        told = [json.loads(line) for line in lines]
    with (shared / "data/emergent-train.jsonl").open(encoding="utf8") as lines:
        rumours = [json.loads(line) for line in lines]
    told += [{"premise": r["headline"], "hypothesis": r["claim"], "label": r["stance"]} for r in rumours]
    for pair in told:
        first, second = split(pair["premise"]), split(pair["hypothesis"])
        if 0 < len(first.texts) + len(second.texts) <= LONGEST and first.texts and second.texts:
            both = split(f"{pair['premise']}\n\n{pair['hypothesis']}")
            yield Pair(prepare(both, vocabulary), len(first.texts), RELATIONS[pair["label"]])


def pretrain(encoder: Encoder, pairs: Sequence[Pair], seed: int) -> None:
    """Teach an encoder, in place, what follows from what and what excludes what; one pass."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    head = nn.Linear(encoder.positions.shape[1], 3)
    batches = _batches(pairs, chance)
    parameters = [p for p in (*encoder.parameters(), *head.parameters()) if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=len(batches) + 1, pct_start=WARM)
    encoder.train()
    begun, total, right, seen = time.monotonic(), 0.0, 0, 0
    for step, some in enumerate(batches, 1):
        rows = batch([(p.text, [(0, p.border), (p.border, len(p.text.features))]) for p in some])
        inputs = [torch.from_numpy(each) for each in (rows.pieces, rows.features, rows.lengths)]
        with torch.autocast("cpu", torch.bfloat16):
            scores: Tensor = head(encoder(*inputs)[:, 0]).float()
        allowed = torch.full_like(scores, float("-inf"))
        for row, pair in enumerate(some):
            allowed[row, list(pair.possible)] = 0.0
        loss = (scores.logsumexp(1) - (scores + allowed).logsumexp(1)).mean()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        schedule.step()
        total += float(loss.detach())
        right += sum(int(best) in pair.possible for best, pair in zip(scores.argmax(1), some, strict=True))
        seen += len(some)
        if step % 50 == 0:
            spent = time.monotonic() - begun
            print(
                f"  pairs {step}/{len(batches)} loss {total / 50:.3f} right {right / seen:.3f} {spent:.0f} s",
                flush=True,
            )
            total, right, seen = 0.0, 0, 0


def _batches(pairs: Sequence[Pair], chance: random.Random) -> list[list[Pair]]:
    """Pairs of like length together, in random order."""
    mixed = list(pairs)
    chance.shuffle(mixed)
    mixed.sort(key=lambda pair: pair.size)
    batches: list[list[Pair]] = [[]]
    for pair in mixed:
        if (len(batches[-1]) + 1) * pair.size > PIECES_AT_ONCE:
            batches.append([])
        batches[-1].append(pair)
    chance.shuffle(batches)
    return batches
