"""Who said what: cue, source and content of each attribution in a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from claimwire.extraction.tagger import decoding, windows, words
from claimwire.extraction.tagger.chunks import Prepared, Span, batch, chunk, prepare
from claimwire.extraction.tagger.decoding import CONTENT, NONE, ROLES, SOURCE, Floats, TaggerSettings
from claimwire.extraction.tagger.network import TaggerNetwork
from claimwire.extraction.tagger.pieces import Pieces
from claimwire.extraction.tagger.words import TaggerWords

CHUNK: Final = 128
_PIECES_AT_ONCE: Final = 384
_PAIRS_AT_ONCE: Final = 2048
_CUES_AT_ONCE: Final = 256
_PADDING: Final = 0.15

Roles = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class TaggedAttribution:
    """One attribution; spans are code points of the text, end exclusive.

    An interrupted part (“…”, he said, “…”) has several spans; a source may have none.
    """

    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TaggerReading:
    """The network's output for a text.

    Attributes
    ----------
    words
        The text's words.
    prepared
        The same as word pieces.
    states
        ``[words, width]``: the encoder's state of each word.
    chances
        ``[words, 3]``: the chances that the word is outside of a cue, begins one, or continues one.
    attributions
        In order of their cues.
    """

    words: TaggerWords
    prepared: Prepared
    states: Floats
    chances: Floats
    attributions: list[TaggedAttribution]


class Tagger:
    """Finds attributions in news text.

    Parameters
    ----------
    network : Network
        The trained network.
    pieces : Pieces
        Its vocabulary.
    settings : Settings
        Thresholds of decoding.

    Notes
    -----
    The attributions of a text depend on that text alone. Texts never share a call of the network,
    since its 8-bit scales depend on everything in a call.
    """

    def __init__(self, network: TaggerNetwork, pieces: Pieces, settings: TaggerSettings | None = None) -> None:
        self._network = network
        self._pieces = pieces
        self._settings = settings or TaggerSettings()

    def attribute(self, texts: Sequence[str]) -> list[list[TaggedAttribution]]:
        """Find the attributions of each text.

        Parameters
        ----------
        texts : Sequence[str]
            Any texts. Texts do not see each other.

        Returns
        -------
        list[list[Attribution]]
            For each text its attributions in order of their cues.
        """
        return [self.read(text).attributions for text in texts]

    def read(self, text: str) -> TaggerReading:
        """Read a text: its attributions, and the encoder's state of each word.

        Parameters
        ----------
        text : str
            Any text.

        Returns
        -------
        Reading
            The same for the same text, whatever else the tagger reads.
        """
        split = words.split(text)
        prepared = prepare(split, self._pieces)
        if not split.texts:
            nothing = np.zeros((0, 0), np.float32)
            return TaggerReading(split, prepared, nothing, nothing, [])
        states, chances = self._read(prepared)
        return TaggerReading(split, prepared, states, chances, self._attributions(split, prepared, states, chances))

    def _attributions(
        self, split: TaggerWords, prepared: Prepared, states: Floats, chances: Floats
    ) -> list[TaggedAttribution]:
        cues = decoding.cue_spans(chances, split.paragraphs, self._settings)
        if not cues:
            return []
        homes = np.searchsorted(split.paragraphs, [start for start, _ in cues], "right") - 1
        reach = [windows.bounds(cue, split.paragraphs, home) for cue, home in zip(cues, homes.tolist(), strict=True)]
        sure = decoding.confidence(chances, cues)
        found = []
        roles = self._relate(states, cues, reach, prepared, sure)
        for cue, (start, _), row in zip(cues, reach, roles, strict=True):
            if row is None:
                continue
            row[cue[0] - start : cue[1] - start] = NONE
            content = decoding.runs(row == CONTENT)
            if content:
                source = decoding.runs(row == SOURCE)[:1]
                found.append(
                    TaggedAttribution(
                        _characters(split, [cue], 0),
                        _characters(split, source, start),
                        _characters(split, content, start),
                    )
                )
        return found

    def _read(self, prepared: Prepared) -> tuple[Floats, Floats]:
        """Run the encoder over a text, chunks of like length together."""
        chunks = [(sum(prepared.size(span) + 1 for span in spans), spans) for spans in chunk(prepared, CHUNK)]
        chunks.sort(key=lambda each: each[0])
        count = len(prepared.features)
        states: Floats | None = None
        chances = np.zeros((count, 3), np.float32)
        for first, last in _groups([size for size, _ in chunks], _PIECES_AT_ONCE):
            some = [spans for _, spans in chunks[first:last]]
            got, chance = self._network.read(batch([(prepared, spans) for spans in some]))
            if states is None:
                states = np.zeros((count, got.shape[1]), np.float32)
            at = 0
            for spans in some:
                start, end = spans[0][0], spans[-1][1]
                states[start:end] = got[at : at + end - start]
                chances[start:end] = chance[at : at + end - start]
                at += end - start
        assert states is not None
        return states, chances

    def _relate(
        self,
        states: Floats,
        cues: list[Span],
        reach: list[Span],
        prepared: Prepared,
        sure: Floats,
    ) -> list[Roles | None]:
        """Find the roles in each cue's window, or None if the cue is no cue."""
        roles: list[Roles | None] = []
        widths = [end - start for start, end in reach]
        order = sorted(range(len(cues)), key=lambda number: widths[number])
        for low in range(0, len(order), _CUES_AT_ONCE):
            some = order[low : low + _CUES_AT_ONCE]
            lengths = np.array([widths[number] for number in some])
            potentials = np.zeros((len(some), lengths.max(), ROLES, ROLES), np.float32)
            for first, last in _groups(lengths.tolist(), _PAIRS_AT_ONCE):
                rows = windows.gather(
                    [cues[number] for number in some[first:last]],
                    [reach[number] for number in some[first:last]],
                    prepared.sentences,
                )
                used, rows = windows.compact(rows)
                found = self._network.relate(states[used], rows)
                potentials[first:last, : found.shape[1]] = found
            roles += self._decode(potentials, lengths, sure[some])
        back = sorted(range(len(order)), key=lambda at: order[at])
        return [roles[at] for at in back]

    def _decode(self, potentials: Floats, lengths: NDArray[np.int64], sure: Floats) -> list[Roles | None]:
        """Find the roles by the scores."""
        paths = decoding.best_paths(potentials, lengths)
        roles: list[Roles | None] = [path[:length] for path, length in zip(paths, lengths.tolist(), strict=True)]
        bare = np.flatnonzero(~(paths == CONTENT).any(1))
        if len(bare):
            shares = decoding.marginals(potentials[bare], lengths[bare])
            for row, share in zip(bare.tolist(), shares, strict=True):
                likely = share[: lengths[row]]
                roles[row] = decoding.rescue(paths[row], likely, sure[row], self._settings)
        return roles


def _characters(split: words.TaggerWords, spans: Sequence[Span], shift: int) -> tuple[Span, ...]:
    return tuple((split.starts[a + shift], split.ends[b + shift - 1]) for a, b in spans)


def _groups(sizes: list[int], most: int) -> Iterator[Span]:
    """Group rows, sorted by size, into batches of at most ``most`` with little padding."""
    edges = [0]
    held = 0
    for at, size in enumerate(sizes):
        padded = (at - edges[-1] + 1) * size
        if at > edges[-1] and (padded > most or padded - held - size > _PADDING * padded):
            edges.append(at)
            held = 0
        held += size
    yield from pairwise([*edges, len(sizes)])
