"""The answer network on onnxruntime: it reads an item again around a sentence that may answer a claim."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from claimwire.claim_detection.answer_windows import AnswerWindows
from claimwire.claim_detection.features import Floats, Sentences
from claimwire.claim_detection.network import LEAST_ASKED, POOLS, ReaderOutput, means
from claimwire.extraction import tagger
from claimwire.extraction.tagger.network import session, softmax
from claimwire.extraction.tagger.piece_vectors import piece_vectors


class AnswerNetwork:
    """Reads again what may answer: whether and how it answers a claim, and which sentence puts that claim forward.

    Parameters
    ----------
    folder : Path
        Holds ``answer_encoder.onnx`` and ``answer_heads.onnx``, which training exported. The vectors of word pieces are
        the tagger's.
    """

    def __init__(self, folder: Path) -> None:
        self._encoder, self._heads = (
            session(folder / f"answer_{name}.onnx", threads=1) for name in ("encoder", "heads")
        )
        self._vectors = piece_vectors(tagger.DATA)

    def again(self, judgement: ReaderOutput, seen: Sentences) -> ReaderOutput:
        """A judgement in which the chances of likely answers are the means of the first reading and of this one.

        On unseen news the mean is better than either reading alone.
        """
        asked = np.flatnonzero(1 - judgement.answers[:, 0] >= LEAST_ASKED)
        if not len(asked):
            return judgement
        windows = AnswerWindows(seen)
        answers, choices = judgement.answers.copy(), judgement.choices.copy()
        for sentence in asked.tolist():
            again = self._judge(seen, windows, sentence, choices[sentence])
            for first, second in zip((answers[sentence], choices[sentence]), again, strict=True):
                first[:] = (first + second) / 2
        return replace(judgement, answers=answers, choices=choices)

    def _judge(self, seen: Sentences, windows: AnswerWindows, sentence: int, first: Floats) -> tuple[Floats, Floats]:
        """Judge a sentence of an item.

        Parameters
        ----------
        first
            ``[sentences + 1]``: the chances of what it answers, by the first reading.

        Returns
        -------
        answers : Floats
            ``[1 + relations]``: the chances that it answers nothing, or in one of these ways.
        choices : Floats
            ``[sentences + 1]``: the chances of what it answers. What stands outside the window keeps its chance.
        """
        window = windows.around(sentence)
        (found,) = self._encoder.run(
            None,
            {
                "pieces": window.pieces[None],
                "vectors": self._vectors[window.pieces[None]],
                "features": window.features[None],
                "marks": window.marks[None],
                "rows": np.arange(1, len(window.pieces) - 1),
            },
        )
        numbers = np.array(window.sentences)
        answers, fits, elsewhere = self._heads.run(
            None,
            {
                "means": means(found[:, :POOLS], found[:, POOLS:], window.homes),
                "traits": seen.traits[numbers],
                "asked": np.array([window.asked]),
                "distances": window.distances,
                "overlap": seen.overlap[sentence, numbers],
            },
        )
        inside = [*window.sentences, -1]
        choices = first.copy()
        choices[inside] = softmax(np.concatenate([fits, elsewhere[0]])[None])[0] * first[inside].sum()
        return softmax(answers)[0], choices
