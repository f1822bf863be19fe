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


def test_second_answer_to_what_the_first_one_tells_answers_that() -> None:
    told = "Iran said reports that it had mined the shipping lanes were baseless."
    again = "An Iranian spokesman said the reports that Iran had mined the lanes were propaganda."
    [(quote, claim)] = answered(f"{told} {again}")
    assert (quote in again, claim in told) == (True, True)


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


def test_charges_of_whom_the_answer_names_are_meant_wherever_they_stand() -> None:
    body = (
        "Brazil said the coffee accord breached the rules of the council.\n\n"
        "Norway said its ships would sail.\n\nSpain said its ports were open.\n\nItaly said its mills had closed.\n\n"
        "Kenya said its growers were content.\n\nIndia said that the Brazilian charges were unfounded."
    )
    [(quote, claim)] = answered(body)
    assert "Brazilian charges" in quote
    assert "breached the rules" in claim


def test_answer_does_not_point_at_what_the_outlet_tells_in_passing() -> None:
    body = (
        "Iran said that Iraq had shelled the port of Abadan.\n\n"
        "Abadan is owned by the state.\n\nIraq dismissed the claims as wild allegations without foundation."
    )
    [(quote, claim)] = answered(body)
    assert "wild allegations" in quote
    assert "shelled the port" in claim


def test_bare_denial_does_not_mean_an_event_that_the_outlet_tells() -> None:
    body = (
        "Ukrainian forces said that Russia had shelled Kupiansk.\n\n"
        "A Russian missile struck a depot in Pokrovsk on Monday.\n\nRussia said that this was a lie."
    )
    [(quote, claim)] = answered(body)
    assert "a lie" in quote
    assert "shelled Kupiansk" in claim


def test_dismissal_of_claims_as_baseless_denies_them() -> None:
    body = "Iran said that Iraq had shelled Abadan. Iraq dismissed the claims as allegations with no foundation."
    [answer] = [s for s in said(body) if s.target]
    assert answer.act is Act.DENIES
    assert not answer.negative


def test_short_confirmation_answers_what_holds_its_words() -> None:
    body = (
        "A tentative settlement has been reached in a three-day strike at the Harlow truck works, traders said. "
        "A Harlow spokesman confirmed a tentative settlement of the dispute."
    )
    [(quote, claim)] = answered(body)
    assert "confirmed" in quote
    assert "has been reached" in claim


@pytest.mark.parametrize(
    ("silence", "meant"),
    [
        ("Baxter Corp declined to comment on the report.", "sell its zinc smelter"),
        ("Baxter Corp declined to comment on a sale of the zinc smelter.", "sell its zinc smelter"),
        ("Baxter Corp declined to comment on its results for the quarter.", ""),
    ],
)
def test_silence_is_on_what_it_names(silence: str, meant: str) -> None:
    body = f"Traders said that Baxter was about to sell its zinc smelter at Port Pirie.\n\n{silence}"
    answers = answered(body)
    assert bool(answers) == bool(meant)
    assert all(meant in claim for _, claim in answers)


@pytest.mark.parametrize(
    "words",
    [
        "Analysts said the shares of Baxter were not fully valued.",
        "But Baxter said it had raised the output of zinc.",
        "Baxter said it did not need any loans this year.",
    ],
)
def test_words_on_another_proposition_answer_nothing(words: str) -> None:
    body = f"Shares of Baxter Corp rose on speculation that it would sell its zinc smelter. {words}"
    assert answered(body) == []


def test_who_plans_nothing_of_the_kind_answers_the_rumour() -> None:
    rumour = "A newspaper reported that Mabel Motor Corp would switch production of its sports car to Canada."
    answer = "A Mabel spokesman said the company had no plans to produce sports cars in Canada."
    assert [claim for _, claim in answered(f"{rumour} {answer}")] != []


def test_confirmation_of_the_contrary_answers_nothing() -> None:
    body = "Traders said the port of Kaloma had not been damaged. Zambia confirmed that the port had been damaged."
    assert answered(body) == []
