from functools import cache

import numpy as np
import pytest

from claimwire.claim_detection.features import DISTANCES, HEARD, PLACES, TRAITS, Sentences, see
from claimwire.extraction.attribution.attributions import tag
from claimwire.extraction.text.sentences import sentences

HEADLINE = "Kyiv denies loss of Pokrovsk"
LINE = "Ukrainian officials denied on Monday that the city of Pokrovsk had fallen to Russian troops."


@cache
def seen(body: str, headline: str = "") -> Sentences:
    tagged = tag(headline, body)
    of_headline = [(s.start, s.end) for s in sentences(headline)]
    of_body = [(s.start + tagged.start, s.end + tagged.start) for s in sentences(body)]
    return see(
        tagged.read,
        [*of_headline, *of_body],
        len(of_headline),
        np.zeros((len(of_headline) + len(of_body), HEARD), np.float32),
    )


def place(traits: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> int:
    return int(traits[-PLACES - 3 - 3 * HEARD : -3 - 3 * HEARD].argmax())


def test_each_sentence_has_a_row_of_the_same_features() -> None:
    assert seen(f"{LINE}\n\nIt rained.", HEADLINE).traits.shape == (3, TRAITS)
    assert seen(LINE).traits.shape == (1, TRAITS)


def test_features_are_a_function_of_the_item_alone() -> None:
    spans = [(s.start, s.end) for s in sentences(LINE)]
    first, again = (see(tag("", LINE).read, spans, 0, np.zeros((1, HEARD), np.float32)) for _ in range(2))
    assert np.array_equal(first.traits, again.traits)


@pytest.mark.parametrize("count", [1, 2, 5, 60])
def test_places_tell_headline_beginning_and_end(count: int) -> None:
    traits = seen("\n".join([LINE] * count), HEADLINE).traits
    assert place(traits[0]) == 0
    assert place(traits[1]) == 1
    assert (place(traits[-1]) == PLACES - 1) == (count > 2)


def test_distance_to_the_headline_is_its_own() -> None:
    found = seen(f"{LINE}\n\nIt rained.", HEADLINE).distances
    assert (found[:, 0] == DISTANCES - 1).all()
    assert found[1, 2] - found[1, 1] == 1


def test_sentences_that_share_words_overlap() -> None:
    found = seen(f"{LINE}\n\nRussian troops took the city of Pokrovsk.\n\nIt rained all day.").overlap
    assert found[0, 1, 0] > found[0, 2, 0]
    assert np.allclose(found[:, :, 0], found[:, :, 0].T)
