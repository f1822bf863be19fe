"""The judged pairs that linking is fitted on."""

import json

import pytest

from training.linking.judgements import AGAIN, APART, BEARS, ITEMS, READ_AGAIN, SECOND_ROUND, Place, group, words

QUESTIONS = [json.loads(line) for line in SECOND_ROUND.read_text("utf8").splitlines()]


def test_every_question_has_five_earlier_sentences_and_a_known_word_for_each() -> None:
    for question in QUESTIONS:
        assert len(question["claims"]) == len(question["words"]) == 5
    assert {word for told in words(SECOND_ROUND).values() for word in told} <= BEARS | APART | {AGAIN}


def test_every_place_is_a_span_of_an_item_of_a_known_corpus() -> None:
    for question in QUESTIONS:
        for place in (Place(*row) for row in (question["later"], *question["claims"])):
            assert place.corpus in ITEMS
            assert place.part in ("headline", "body")
            assert 0 <= place.start < place.end


def test_an_earlier_sentence_stands_in_another_item() -> None:
    assert all(claim[0] != question["later"][0] for question in QUESTIONS for claim in question["claims"])


def test_no_question_is_asked_twice() -> None:
    assert len({question["q"] for question in QUESTIONS}) == len(QUESTIONS)


def test_the_second_reading_is_of_questions_that_the_first_one_answered() -> None:
    first = words(SECOND_ROUND)
    again = words(READ_AGAIN)
    assert all(len(told) == len(first[q]) for q, told in again.items())


@pytest.mark.parametrize(
    ("word", "of"), [("denies", "bears"), ("no_comment", "bears"), ("repeats", "repeats"), ("related", "neither")]
)
def test_a_word_is_of_one_of_three_groups(word: str, of: str) -> None:
    assert group(word) == of
