"""The answer network: an encoder of the sentences around one in question, and heads on these."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from claimwire.claim_detection.answer_windows import MARKS
from claimwire.claim_detection.features import DISTANCES
from claimwire.claim_detection.network import RELATIONS
from training.attribution.model import Encoder

from .model import DROPPED, INNER, PAIR, SENTENCE, WIDTH, SentenceReader

UNMARKED = 2
"""The encoder's lowest layers. They read without marks, as the tagger trained them, and learn nothing further."""

CHOICE = 192


class AnswerReader(SentenceReader):
    """The network."""

    def __init__(self, encoder: Encoder, mean: Tensor, scale: Tensor) -> None:
        super().__init__(encoder, mean, scale)
        self.mark = nn.Embedding(MARKS, WIDTH)
        nn.init.normal_(self.mark.weight, std=0.1)
        self.up, self.down = nn.Linear(SENTENCE, INNER), nn.Linear(INNER, 1 + len(RELATIONS))
        self.claim = nn.Linear(SENTENCE, 2)
        self.ask, self.offer = nn.Linear(SENTENCE, PAIR), nn.Linear(SENTENCE, PAIR)
        self.distance = nn.Embedding(DISTANCES, PAIR)
        self.pair, self.fit = nn.Linear(4 * PAIR + 4 + 2, CHOICE), nn.Linear(CHOICE, 1)
        self.elsewhere = nn.Linear(SENTENCE, 1)

    def states(self, pieces: Tensor, features: Tensor, marks: Tensor, lengths: Tensor) -> Tensor:
        """A state for each piece of some windows."""
        encoder = self.encoder
        places = encoder.positions[: pieces.shape[1]]
        mask = torch.where(torch.arange(pieces.shape[1])[None] < lengths[:, None], 0.0, -1e4)[:, None, None].bfloat16()
        with torch.autocast("cpu", torch.bfloat16):
            with torch.no_grad():
                x = encoder.norm(encoder.pieces(pieces) + encoder.features(features) + places).bfloat16()
                for layer in encoder.layers[:UNMARKED]:
                    x = layer(x, mask)
            x = x + self.mark(marks).bfloat16()
            for layer in encoder.layers[UNMARKED:]:
                x = layer(x, mask)
        found: Tensor = x.float()
        return found

    def judge(
        self, states: Tensor, homes: Tensor, traits: Tensor, asked: int, distances: Tensor, overlap: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Judge a window by the states of its sentences' pieces.

        Returns
        -------
        answers
            ``[1 + relations]``: how the sentence in question answers.
        choices
            ``[sentences + 1]``: what it answers.
        claims
            ``[sentences, 2]``: what each puts forward. Only training asks for this.
        """
        count = len(traits)
        sentences = F.dropout(self.alone(self.means(states, homes, count), traits), DROPPED, self.training)
        own = sentences[asked]
        answers = self.down(F.dropout(F.gelu(self.up(own)), DROPPED, self.training))
        claims = self.claim(sentences)
        worth = claims[:, 0].detach()
        asks, offers = self.ask(own)[None].expand(count, -1), self.offer(sentences)
        lag = torch.stack([worth, worth - worth.max()], 1)
        pairs = torch.cat([asks, offers, asks * offers, self.distance(distances), overlap, lag], 1)
        fits = self.fit(F.dropout(F.gelu(self.pair(pairs)), DROPPED, self.training))[:, 0]
        return answers, torch.cat([fits, self.elsewhere(own)]), claims
