import pytest

from claimwire.extraction.propositions import clause, readable


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("that the city had fallen to the enemy", "the city had fallen to the enemy"),
        (", and its troops were still there.", "its troops were still there."),
        ("“We hold the north of the town,”", "We hold the north of the town"),
        ("that a deal had been “agreed in principle", "a deal had been agreed in principle"),
    ],
)
def test_clause_is_what_has_a_subject_and_a_verb(content: str, words: str) -> None:
    assert clause(content).strip(".") == words.strip(".")


@pytest.mark.parametrize(
    "content",
    ["to leave the city by Friday", "of having sold the shares", "the charges", "whether it would close the plant", ""],
)
def test_fragment_is_no_clause(content: str) -> None:
    assert clause(content) == ""


@pytest.mark.parametrize(
    ("words", "speaker", "earlier", "text"),
    [
        ("it had received 52 reports", "the agency", [], "[the agency] had received 52 reports"),
        ("He had never met her", "Ivan Petrov", [], "[Ivan Petrov] had never met her"),
        ("his troops were in the town", "General Ivan Petrov", [], "[General Ivan Petrov’s] troops were in the town"),
        ("We’re in the town", "the brigade's spokesman", [], "[the brigade's spokesman] are in the town"),
        ("He was arrested on Monday", "", ["Ivan Petrov ran the bank."], "[Ivan Petrov] was arrested on Monday"),
        ("the town has fallen", "Moscow", [], "The town has fallen"),
    ],
)
def test_pronoun_at_the_head_is_named_in_brackets(words: str, speaker: str, earlier: list[str], text: str) -> None:
    assert readable(words, speaker, earlier) == text


def test_proposition_about_nobody_knows_whom_is_none() -> None:
    assert readable("He was arrested on Monday", "", ["it rained all day."]) == ""


def test_what_is_inserted_is_a_name_of_the_item() -> None:
    found = readable("they had left the town", "Kyiv's troops", [])
    assert found.startswith("[Kyiv's troops]")
