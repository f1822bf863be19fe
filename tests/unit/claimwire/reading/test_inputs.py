import numpy as np
import pytest

from claimwire.extraction.sentences import sentences
from claimwire.extraction.tagger import DATA
from claimwire.extraction.tagger.pieces import Pieces
from claimwire.reading.inputs import CHUNK, CONTENT, CUE, LONGEST, PLACES, SOURCE, Inputs, Marked, inputs

VOCABULARY = Pieces((DATA / "vocab.txt").read_text("utf8").split("\n"))
HEADLINE = "Kyiv denies loss of Pokrovsk"
LINE = "Ukrainian officials denied on Monday that the city of Pokrovsk had fallen to Russian troops."


def laid_out(body: str, headline: str = "", told: tuple[Marked, ...] = ()) -> Inputs:
    start = len(headline) + 2 if headline else 0
    of_headline = [(s.start, s.end) for s in sentences(headline)]
    of_body = [(s.start + start, s.end + start) for s in sentences(body)]
    text = "\n\n".join(filter(None, (headline, body)))
    return inputs(text, [*of_headline, *of_body], len(of_headline), told, VOCABULARY)


def test_each_word_of_each_sentence_is_read_once() -> None:
    made = laid_out("\n".join([LINE] * 80), HEADLINE)
    words = np.concatenate([chunk.words[chunk.words >= 0] for chunk in made.chunks])
    assert list(np.unique(words)) == list(range(len(made.words)))
    homes = [set(chunk.homes[chunk.homes >= 0].tolist()) for chunk in made.chunks]
    assert sum(map(len, homes)) == len(set().union(*homes)) == len(made.spans)


def test_no_chunk_is_longer_than_the_encoder_reads() -> None:
    made = laid_out("\n".join([LINE] * 80), HEADLINE)
    assert len(made.chunks) > 1
    assert all(len(chunk.pieces) <= CHUNK for chunk in made.chunks)


def test_every_chunk_but_the_first_begins_with_the_items_first_words_again() -> None:
    first, *others = laid_out("\n".join([LINE] * 80), HEADLINE).chunks
    for other in others:
        assert list(other.pieces[1:5]) == list(first.pieces[1:5])
        assert other.homes[1] == -1


def test_of_a_sentence_without_end_the_beginning_is_read() -> None:
    [chunk] = laid_out("word " * 700).chunks[:1]
    assert (chunk.homes == 0).sum() <= LONGEST


def test_words_of_an_attribution_are_marked() -> None:
    text = "Kyiv denied that it fell."
    told = Marked(cue=((5, 11),), source=((0, 4),), content=((12, 24),))
    [chunk] = laid_out(text, told=(told,)).chunks
    by_word = {
        text[slice(*laid_out(text).words[w])]: m for w, m in zip(chunk.words, chunk.marks, strict=True) if w >= 0
    }
    assert (by_word["Kyiv"], by_word["denied"], by_word["fell"], by_word["."]) == (SOURCE, CUE, CONTENT, 0)


@pytest.mark.parametrize("count", [1, 2, 5, 60])
def test_places_tell_headline_beginning_and_end(count: int) -> None:
    places = laid_out("\n".join([LINE] * count), HEADLINE).places
    assert places[0] == 0
    assert places[1] == 1
    assert places.max() < PLACES
    assert (places[-1] == PLACES - 1) == (count > 2)


def test_text_without_a_sentence_has_no_chunk() -> None:
    assert laid_out("").chunks == ()
