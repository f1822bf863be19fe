import pytest

from claimwire import Act, extract
from claimwire.statements import OUTLET, REPORTS, Relation
from tests.unit.builders import item
from tests.unit.claimwire.extraction.claims.test_findings import Finds, followed


def test_claim_of_an_accuser_is_what_the_accused_did() -> None:
    body = "Ukraine accused Russia of shelling the port of Odesa on Monday."
    made = extract(item(body), reader=Finds({0: "accused Russia of shelling the port"}))
    assert followed(made) == [("Ukraine", "Russia [is guilty of] shelling the port of Odesa on Monday")]


def test_charge_without_an_accuser_is_that_of_the_prosecutors_whom_the_item_names() -> None:
    body = "Jane Roe was charged with fraud on Monday. Federal prosecutors say that she sold a mill twice."
    made = extract(item(body), reader=Finds({0: "charged with fraud"}))
    [claim] = [s for s in made if s.worth]
    assert (claim.speaker, claim.proposition) == ("Federal prosecutors", "Jane Roe [is guilty of] fraud on Monday")


def test_accusation_by_nobody_is_what_reports_say() -> None:
    body = "Jane Roe has been accused of selling a mill twice."
    made = extract(item(body), reader=Finds({0: "accused of selling a mill twice"}))
    assert followed(made) == [(REPORTS, "Jane Roe [is guilty of] selling a mill twice")]


def test_accused_whom_the_item_does_not_name_leaves_the_sentence_as_it_is() -> None:
    body = "The union accused it of selling the mill twice."
    made = extract(item(body), reader=Finds({0: "accused it of selling the mill"}))
    assert "guilty" not in "".join(text for _, text in followed(made))


def test_claim_whose_maker_its_denial_names_is_the_makers() -> None:
    body = "Ukraine denied Russia's claim that the mill had closed."
    made = {s.id: s for s in extract(item(body), reader=Finds({}, {0: (Relation.DENIES, None)}))}
    [denial] = [s for s in made.values() if s.relation]
    claim = made[denial.target]
    assert (claim.side, claim.act, claim.worth) == ("Russia", Act.ASSERTS, 1)
    assert claim.proposition == "The mill had closed"


def test_outlet_that_calls_an_accusation_false_denies_it() -> None:
    body = "Ukraine has falsely accused Russia of shelling the port of Odesa on Monday."
    made = {s.id: s for s in extract(item(body), reader=Finds({0: "accused Russia of shelling the port"}))}
    [denial] = [s for s in made.values() if s.relation]
    assert (denial.side, denial.relation) == (f"{OUTLET}Meridian", Relation.DENIES)
    assert made[denial.target].side == "Ukraine"


def test_who_accuses_is_the_person_named_before_who() -> None:
    body = (
        "He will travel with the mayor and Elon Musk, who has accused Russia of shelling the port, which Russia denies."
    )
    found = Finds({0: "accused Russia of shelling the port"}, {0: (Relation.DENIES, 0)})
    [claim] = [s for s in extract(item(body), reader=found) if s.worth]
    assert (claim.speaker, claim.proposition) == ("Elon Musk", "Russia [is guilty of] shelling the port")


def test_who_calls_an_accusation_false_does_not_make_it() -> None:
    body = "Ukraine had falsely accused Russia of shelling the port, a Polish court said on Monday."
    made = extract(item(body), reader=Finds({0: "accused Russia of shelling the port"}))
    assert not any("[is guilty of]" in s.proposition for s in made)


def test_claim_that_a_sentence_names_is_not_that_of_who_speaks_of_it() -> None:
    body = "Poland's army spoke of Russia's claim that the port had fallen to its troops."
    made = extract(item(body), reader=Finds({0: "the port had fallen"}))
    assert followed(made) == [("Russia", "The port had fallen to its troops")]


@pytest.mark.parametrize(
    ("body", "claim"),
    [
        (
            "Acme denied Jane Roe's claim that it had dumped waste in the river.",
            "[Acme] had dumped waste in the river",
        ),
        ("Russia rejected Ukraine's claim that it had shelled the monastery.", "Russia had shelled the monastery"),
        (
            "Russia rejected Ukraine's claim that it holds the north of Pokrovsk.",
            "[Ukraine] holds the north of Pokrovsk",
        ),
    ],
)
def test_pronoun_in_the_words_of_a_named_maker_means_the_denier_but_in_gains(body: str, claim: str) -> None:
    made = {s.id: s for s in extract(item(body), reader=Finds({}, {0: (Relation.DENIES, None)}))}
    [denial] = [s for s in made.values() if s.relation]
    assert made[denial.target].proposition == claim
    assert made[denial.target].act is Act.ASSERTS


@pytest.mark.parametrize(
    ("said", "heart", "speaker"),
    [
        ("that federal prosecutors had charged Acme with fraud", "charged Acme with fraud", "federal prosecutors"),
        ("that he had accused Acme of fraud", "accused Acme of fraud", "John Doe"),
        ("that Acme was accused by the port of fraud", "accused by the port of fraud", "the port"),
    ],
)
def test_who_tells_of_an_accusation_by_others_does_not_make_it(said: str, heart: str, speaker: str) -> None:
    [claim] = [s for s in extract(item(f"John Doe said {said}."), reader=Finds({0: heart})) if s.worth]
    assert (claim.speaker, claim.proposition) == (speaker, "Acme [is guilty of] fraud")


@pytest.mark.parametrize(
    "body",
    [
        "She has not been charged with fraud.",
        "Jane Roe was never charged with fraud.",
        "Poland said that it had not accused Russia of fraud.",
        "The union did not blame the owner for the fraud.",
        "The court stopped short of accusing Acme of fraud.",
        "No one has been charged with fraud.",
    ],
)
def test_accusation_that_nobody_makes_is_no_claim(body: str) -> None:
    made = extract(item(body), reader=Finds({0: body.rstrip(".")}))
    assert not any("guilty" in s.proposition for s in made)


def test_outlet_denies_an_accusation_once_though_the_reader_hears_it_too() -> None:
    body = "Ukraine has falsely accused Russia of shelling the port of Odesa on Monday."
    found = Finds({0: "accused Russia of shelling the port"}, {0: (Relation.DENIES, 0)})
    assert len([s for s in extract(item(body), reader=found) if s.relation]) == 1


def test_false_words_of_others_beside_an_accusation_do_not_make_it_untrue() -> None:
    body = "The minister, who spread false reports, accused Russia of shelling the port."
    made = extract(item(body), reader=Finds({0: "accused Russia of shelling the port"}))
    assert [s.relation for s in made if s.relation] == []


def test_later_answer_to_a_claim_whose_maker_its_denial_names_answers_the_makers() -> None:
    body = "Ukraine denied Russia's claim that the mill had closed. Poland confirmed that the mill had closed."
    found = Finds({0: "the mill had closed"}, {0: (Relation.DENIES, 0), 1: (Relation.CONFIRMS, 0)})
    made = {s.id: s for s in extract(item(body), reader=found)}
    assert {made[s.target].side for s in made.values() if s.relation} == {"Russia"}


def test_day_makes_no_claim() -> None:
    made = extract(
        item("Acme denied today's reports that the mill had closed."), reader=Finds({}, {0: (Relation.DENIES, None)})
    )
    assert "today" not in {s.speaker for s in made}
