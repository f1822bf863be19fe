import pytest

from board.full_text import LONGEST_WORD, ClaimWords, _vector, facet_word, folded, marks, phrases_in, words_in


@pytest.mark.parametrize(
    ("word", "plain"),
    [("Kyjív", "kyjiv"), ("STRASSE", "strasse"), ("Straße", "strasse"), ("№5", "no5"), ("x" * 500, "x" * LONGEST_WORD)],
)
def test_words_are_compared_in_plain_small_letters(word: str, plain: str) -> None:
    assert folded(word) == plain


@pytest.mark.parametrize(
    ("asked", "phrases"),
    [
        ("two words", [("two",), ("words",)]),
        ('"two words" more', [("two", "words"), ("more",)]),
        ("“two words”", [("two", "words")]),
        ('open "quote here', [("open",), ("quote",), ("here",)]),
        ("' & | ! : * ( )", []),
        ('""', []),
    ],
)
def test_question_is_words_and_what_stands_in_quotation_marks(asked: str, phrases: list[tuple[str, ...]]) -> None:
    assert phrases_in(asked) == phrases


def test_a_question_of_any_length_asks_for_so_many_words_only() -> None:
    assert len(phrases_in("word " * 10_000)) == 30


def test_marks_are_places_in_the_text_as_it_is() -> None:
    text = "In Kyjív: kyjiv’s bridge"
    assert [text[start:end] for start, end in marks(text, [("kyjiv",)])] == ["Kyjív", "kyjiv"]


def test_vector_of_postgresql_holds_the_claims_words_twice_and_keeps_phrases_from_running_over_its_end() -> None:
    assert _vector(ClaimWords(1, "a bridge", "a dam")) == "'a':1,4 '+a':1 'bridge':2 '+bridge':2 'dam':5"


def test_no_text_holds_the_word_that_stands_for_a_facet() -> None:
    word = facet_word(("side", "Russia"))
    assert word not in [found for _, _, found in words_in(word)]
    assert word != facet_word(("about", "Russia"))
