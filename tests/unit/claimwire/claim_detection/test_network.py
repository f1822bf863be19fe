import numpy as np
import pytest

from claimwire.claim_detection.features import HEARD, see
from claimwire.claim_detection.network import RELATIONS, ReaderNetwork, ReaderOutput
from claimwire.claim_detection.reader import DATA
from claimwire.extraction.attribution.attributions import tag
from claimwire.extraction.text.sentences import sentences

BODY = "Russia said that its army had taken Pokrovsk.\n\nUkraine denied the claim.\n\nIt rained all day in Lviv."


def judged(body: str) -> ReaderOutput:
    tagged = tag("", body)
    spans = [(s.start, s.end) for s in sentences(body)]
    seen = see(tagged.read, spans, 0, np.zeros((len(spans), HEARD), np.float32))
    return ReaderNetwork(DATA).judge(seen)


def test_chances_of_each_sentence_add_up() -> None:
    found = judged(BODY)
    assert found.answers.shape == (3, 1 + len(RELATIONS))
    assert found.choices.shape == (3, 4)
    for chances in (found.answers, found.choices, found.statuses):
        assert np.allclose(chances.sum(1), 1, atol=1e-5)
    assert ((found.claims >= 0) & (found.claims <= 1)).all()


def test_denial_is_likelier_an_answer_than_what_is_said_of_the_weather() -> None:
    found = judged(BODY)
    assert found.answers[1, 0] < found.answers[2, 0]


def test_denial_answers_what_it_follows_rather_than_the_weather() -> None:
    found = judged(BODY)
    assert found.choices[1, 0] >= found.choices[1, 2]


def test_chances_are_a_function_of_the_item_alone() -> None:
    first, again = judged(BODY), judged(BODY)
    assert np.array_equal(first.claims, again.claims)
    assert np.array_equal(first.choices, again.choices)


def test_text_of_many_windows_has_chances_for_each_sentence_and_word() -> None:
    found = judged("\n\n".join([BODY] * 12))
    assert found.claims.shape == (36, 2)
    assert found.choices.shape == (36, 37)
    assert ((found.hearts > 0) & (found.hearts < 1)).sum() > 12 * 15


@pytest.mark.parametrize("body", ["...", "-\n\n-\n\nRussia denied it."])
def test_sentences_without_words_are_judged_too(body: str) -> None:
    assert np.isfinite(judged(body).claims).all()
