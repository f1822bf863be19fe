import numpy as np
import pytest

from claimwire.claim_detection.windows import BEFORE, LONGEST, OF_A_SENTENCE, WINDOW, ItemWindows, lay
from claimwire.extraction.tagger.chunks import Prepared
from claimwire.extraction.tagger.pieces import FIRST, PAD, SEPARATOR, UNKNOWN

HEADLINE = 5


def text(*sizes: int) -> tuple[Prepared, list[tuple[int, int]]]:
    """Sentences of so many words, one piece each, whose pieces count up from 1,000."""
    words = sum(sizes)
    prepared = Prepared(
        np.arange(1000, 1000 + words, dtype=np.int32),
        np.arange(words + 1, dtype=np.int32),
        np.arange(words, dtype=np.int32) % 7,
        np.zeros(words, np.int32),
        [0, words],
    )
    ends = np.cumsum(sizes).tolist()
    return prepared, list(zip([0, *ends[:-1]], ends, strict=True))


def laid(*sizes: int) -> ItemWindows:
    return lay(*text(*sizes), 1)


def test_short_item_is_one_window_between_its_marks() -> None:
    found = laid(HEADLINE, 10, 20)
    (window,) = found.windows
    assert window.pieces.tolist() == [FIRST, *range(1000, 1035), SEPARATOR]
    assert list(window.own) == list(range(1, 36))
    assert found.sentences.tolist() == [0] * 5 + [1] * 10 + [2] * 20
    assert found.words.tolist() == list(range(35))
    assert window.features[1:-1].tolist() == [n % 7 for n in range(35)]


@pytest.mark.parametrize("sizes", [(HEADLINE, *[30] * 40), (HEADLINE, *[90] * 12), (90, 1, 300, 2, *[61] * 9)])
def test_each_piece_of_each_sentence_is_read_once_whatever_windows_repeat(sizes: tuple[int, ...]) -> None:
    found = laid(*sizes)
    read = np.concatenate([window.pieces[window.own] for window in found.windows])
    firsts = np.cumsum([0, *sizes[:-1]])
    expected = [
        n + 1000 for first, size in zip(firsts, sizes, strict=True) for n in range(first, first + min(size, 100))
    ]
    assert read.tolist() == expected
    assert np.bincount(found.sentences).tolist() == [min(size, OF_A_SENTENCE) for size in sizes]
    assert max(len(window.pieces) for window in found.windows) <= LONGEST


def test_later_window_begins_with_the_headline_and_the_sentences_before() -> None:
    found = laid(HEADLINE, *[30] * 40)
    one, other = found.windows[:2]
    own = int(found.sentences[len(one.own)])
    first = 1000 + HEADLINE + 30 * (own - 1 - BEFORE)
    expected = [FIRST, *range(1000, 1000 + HEADLINE), *range(first, first + 30 * BEFORE)]
    assert other.pieces[: len(expected)].tolist() == expected
    assert other.own.start == len(expected)


def test_windows_are_full_but_hold_whole_sentences() -> None:
    found = laid(HEADLINE, *[30] * 40)
    assert all(WINDOW - 30 < len(window.pieces) <= WINDOW for window in found.windows[:-1])
    assert all(window.pieces[-1] == SEPARATOR for window in found.windows)
    assert all(PAD not in window.pieces for window in found.windows)


def test_sentence_without_words_is_one_unknown_piece() -> None:
    prepared, _ = text(4)
    found = lay(prepared, [(0, 4), (4, 4)], 0)
    assert found.windows[0].pieces[5] == UNKNOWN
    assert found.sentences.tolist() == [0, 0, 0, 0, 1]
