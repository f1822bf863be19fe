import pytest

from claimwire.extraction.claims.whole_clauses import is_whole


@pytest.mark.parametrize(
    "words",
    [
        "the mill had been closed since the fire in March",
        "its troops were still in the north of the town",
        "no deal would be signed before the vote",
        "the mayor, who left in May, had sold the port to a bank",
        "Acme agreed to pay 20 million dollars for the rest of the shares",
    ],
)
def test_words_with_a_subject_and_a_verb_are_a_clause(words: str) -> None:
    assert is_whole(words)


@pytest.mark.parametrize(
    "words",
    [
        "plans to close the mill that Acme bought in May",
        "the sale of the port to a bank that the mayor had worked for",
        "a statement that said the talks had failed",
        "the possibility that soldiers had been killed in the harbour",
        "sold the port to a bank that was closed in May",
    ],
)
def test_words_without_a_verb_or_a_subject_of_their_own_are_a_fragment(words: str) -> None:
    assert not is_whole(words)
