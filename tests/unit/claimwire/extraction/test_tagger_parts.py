"""The parts of the tagger that need no weights."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from claimwire.extraction.tagger.chunks import chunk, prepare
from claimwire.extraction.tagger.decoding import (
    CONTENT,
    SOURCE,
    TaggerSettings,
    best_paths,
    cue_spans,
    marginals,
    rescue,
    runs,
)
from claimwire.extraction.tagger.pieces import UNKNOWN, Pieces
from claimwire.extraction.tagger.windows import AFTER, BEFORE, bounds, compact, gather
from claimwire.extraction.tagger.words import Shape, split

PIECES = Pieces(["[PAD]", "said", "be", "##cause", "e", ".", "the"])


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ('"We hold," he said.', "oiiicnnn"),
        ('Kuwait"s quota', "nnnn"),
        ("''Smart,'' he said", "ooiicc" + "nn"),
        ("the workers' rights", "nnnn"),
        ("“It is ‘fine’ now”", "oiiiiiic"),
        ('an "open one. "Again" x', "noiiioicn"),
    ],
)
def test_quotation_marks(text: str, states: str) -> None:
    assert "".join("noic"[state] for state in split(text).quotes) == states


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("IRAQ SAYS NO AIRCRAFT LOST", Shape.SHOUTED),
        ("Obama Says He Is Not Running", Shape.TITLED),
        ("Obama said that he would run", Shape.TITLE),
    ],
)
def test_capitals_say_nothing_where_all_words_have_them(text: str, shape: Shape) -> None:
    assert split(text).shapes[0] == shape


def test_a_wrapped_line_goes_on() -> None:
    text = "The general told reporters on Tuesday that the whole of\nthe city had fallen.\nNext."
    words = split(text)
    assert [words.texts[at] for at in words.paragraphs[:-1]] == ["The", "Next"]


def test_offsets_are_those_of_the_text() -> None:
    text = "Bob\r\n\r\n  “é😀” e\u0301 said—no"
    words = split(text)
    found = zip(words.texts, words.starts, words.ends, strict=True)
    assert all(text[start:end] == word for word, start, end in found)


def test_pieces() -> None:
    assert PIECES("Because") == (2, 3)
    assert PIECES("Thé") == (6,)
    assert PIECES("\u200b") == (UNKNOWN,)
    assert PIECES("x" * 10_000) == (UNKNOWN,)


@pytest.mark.parametrize("text", ["said. " * 500, "said " * 900, "The. Be.\n\n" * 90])
def test_chunks_hold_every_word_once_and_keep_the_limit(text: str) -> None:
    prepared = prepare(split(text), PIECES)
    chunks = chunk(prepared, 64)
    spans = [span for each in chunks for span in each]
    assert [spans[0][0], spans[-1][1]] == [0, len(prepared.features)]
    assert all(a[1] == b[0] for a, b in pairwise(spans))
    assert all(1 + sum(prepared.size(s) + 1 for s in each) <= 64 for each in chunks)


def test_windows_keep_to_the_paragraph() -> None:
    paragraphs = [0, 10, 400, 420]
    assert bounds((5, 6), paragraphs, 0) == (0, 10)
    assert bounds((200, 202), paragraphs, 1) == (200 - BEFORE, 202 + AFTER)
    rows = gather([(5, 6), (200, 202)], [(0, 10), (110, 312)], np.zeros(420, np.int32))
    used, small = compact(rows)
    assert (used[small.words] == rows.words).all()
    assert (used[small.last] == [5, 201]).all()


def test_cues_grow_but_not_over_a_paragraph_or_a_new_cue() -> None:
    chances = np.zeros((8, 3), np.float32)
    chances[:, 0] = 1.0
    for word, begins in ((1, 0.9), (2, 0.1), (3, 0.9), (5, 0.1), (6, 0.1)):
        chances[word] = (0.05, begins, 0.95 - begins)
    assert cue_spans(chances, [0, 6, 8], TaggerSettings()) == [(1, 3), (3, 4), (5, 6), (6, 7)]


def _paths(width: int) -> list[tuple[int, ...]]:
    return list(product(range(3), repeat=width))


def test_chain_agrees_with_enumeration() -> None:
    draws = np.random.default_rng(3)
    potentials = draws.normal(size=(4, 6, 3, 3)).astype(np.float32) * 2
    lengths = np.array([6, 5, 3, 1])
    found, shares = best_paths(potentials, lengths), marginals(potentials, lengths)
    for row, length in enumerate(lengths.tolist()):
        weights = {}
        for path in _paths(length):
            steps = enumerate(pairwise((0, *path)))
            weights[path] = float(sum(potentials[row, at, a, b] for at, (a, b) in steps))
        whole = {p: w for p, w in weights.items() if len(runs(np.array(p) == SOURCE)) <= 1}
        assert tuple(found[row, :length]) == max(whole, key=lambda path: whole[path])
        total = sum(np.exp(w) for w in weights.values())
        for at in range(length):
            share = sum(np.exp(w) for p, w in weights.items() if p[at] == CONTENT) / total
            assert shares[row, at, CONTENT] == pytest.approx(share, rel=1e-4)


def test_rescue_reads_a_content_off_the_marginals() -> None:
    shares = np.array([[0.9, 0.05, 0.05], [0.6, 0.1, 0.3]], np.float32)
    path = np.zeros(2, np.int8)
    found = rescue(path, shares, 0.9, TaggerSettings(accept=0.25, rescue=0.2))
    assert found is not None
    assert found.tolist() == [0, CONTENT]
    assert rescue(path, shares, 0.5, TaggerSettings(accept=0.25, rescue=0.2)) is None
