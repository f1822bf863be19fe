import pytest

from claimwire import Act, Statement
from tests.unit.builders import said


def answered(body: str) -> list[tuple[str, str]]:
    """Words of each answer, and of what it answers."""
    made: dict[str, Statement] = {s.id: s for s in said(body)}
    return [(s.quote, made[s.target].quote) for s in made.values() if s.target]


ACCUSED = "The United States accused Iran of mining the shipping lanes off Kuwait."


@pytest.mark.parametrize(
    "answer",
    [
        "Iran denied the charges.",
        "Iran denied mining the shipping lanes.",
        "Iran rejected the accusation.",
        "Tehran said that it had not mined the shipping lanes.",
    ],
)
def test_answer_points_at_what_another_side_said_before_it(answer: str) -> None:
    [(quote, claim)] = answered(f"{ACCUSED}\n\n{answer}")
    assert "mining the shipping lanes" in claim
    assert quote in answer


def test_nobody_answers_himself() -> None:
    assert answered("Iran said that it mined the lanes. Iran said that it had not mined the lanes.") == []


def test_denial_of_another_matter_answers_nothing() -> None:
    assert answered(f"{ACCUSED}\n\nBrazil denied that its coffee harvest had been damaged by frost.") == []


def test_words_told_as_against_others_answer_them() -> None:
    body = (
        "Russia said the troops near Belarus were there for an exercise. "
        "But Ukraine said the troops were there to attack."
    )
    [(quote, claim)] = answered(body)
    assert "attack" in quote
    assert "exercise" in claim


def test_answer_stands_at_the_subject_of_what_it_answers() -> None:
    made = {s.id: s for s in said(f"{ACCUSED}\n\nIran denied the charges.")}
    [answer] = [s for s in made.values() if s.target]
    assert answer.act is Act.DENIES
    assert made[answer.target].subjects[0] in answer.subjects


def test_item_may_tell_the_answer_before_the_rumour_that_it_answers() -> None:
    denial = "Baxter Corp denied that it was in talks to sell its zinc smelter at Port Pirie."
    rumour = "Newspapers said that Baxter was in talks to sell the zinc smelter at Port Pirie."
    [(quote, claim)] = answered(f"{denial}\n\n{rumour}")
    assert quote in denial
    assert "Newspapers" in claim


def test_what_a_speaker_reports_is_no_answer_to_the_report() -> None:
    body = "Russia said that Ukraine had told it that no shells had hit the town of Okhtyrka."
    assert answered(body) == []
