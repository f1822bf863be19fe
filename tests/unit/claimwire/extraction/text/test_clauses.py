import pytest

from claimwire.extraction.text.clauses import first_words, last_words


@pytest.mark.parametrize("reach", range(12))
def test_words_at_the_edge_of_what_is_looked_at_are_whole_or_left_out(reach: int) -> None:
    words = "a volcano is no mountain"
    first, last = first_words(words, reach), last_words(words, reach)
    assert words.startswith(first)
    assert words.endswith(last)
    assert set(f"{first} {last}".split()) <= set(words.split())
    assert max(len(first), len(last)) <= reach


def test_short_words_are_given_as_they_are() -> None:
    assert first_words("not so", 40) == last_words("not so", 40) == "not so"
