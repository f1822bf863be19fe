import pytest

from claimwire.extraction.claims.accusations import accusation, charger


@pytest.mark.parametrize(
    ("words", "heart", "claim"),
    [
        (
            "The union accused the owner of the mill of dumping waste, which he denies",
            "accused the owner of the mill of dumping",
            "the owner of the mill is guilty of dumping waste",
        ),
        ("The union accused the mills on Monday of theft", "mills on Monday of theft", "the mills are guilty of theft"),
        ("Prosecutors charged Roe with fraud.", "charged Roe with fraud", "Roe is guilty of fraud"),
        ("The union blames him for the fire", "him for the fire", "he is to blame for the fire"),
        ("The union blamed the fire on Jane Roe", "the fire on Jane Roe", "Jane Roe is to blame for the fire"),
        (
            "On Monday, Jane Roe, a lawyer from Leeds, was arrested and accused by police of stealing a boat",
            "accused by police of stealing a boat",
            "Jane Roe, a lawyer from Leeds, is guilty of stealing a boat",
        ),
        (
            "Jane Roe, who was arrested in May, has been charged with theft and is due in court.",
            "charged with theft",
            "Jane Roe is guilty of theft",
        ),
        (
            "The minister faces a trial over allegations of theft as Parliament meets",
            "trial over allegations of theft",
            "The minister is guilty of theft",
        ),
        (
            "The firm was put on a list in May over suspected links to the army",
            "list in May over suspected links to the army",
            "The firm has links to the army",
        ),
        (
            "A video backs Jane Roe's false claim that the mill has closed, which it has not",
            "the mill has closed",
            "the mill has closed",
        ),
        ("The paper accused Roe of theft and sued him for damages", "Roe of theft", "Roe is guilty of theft"),
        ("The union accused the mill of theft, and", "mill of theft", "the mill is guilty of theft"),
        (
            'Roe accused Doe of "lying to the nation"',
            "of lying to the nation",
            'Doe is guilty of "lying to the nation"',
        ),
        (
            "Jane Roe, John Doe and Ann Poe were accused of theft",
            "were accused of theft",
            "Jane Roe, John Doe and Ann Poe are guilty of theft",
        ),
        ("Jane Roe is charged with killing John Doe", "charged with killing", "Jane Roe is guilty of killing John Doe"),
        ("Both mills were widely blamed for the fire", "blamed for the fire", "Both mills are to blame for the fire"),
    ],
)
def test_claim_of_an_accusation_is_the_deed_of_the_accused(words: str, heart: str, claim: str) -> None:
    found = accusation(words, heart)
    assert found is not None
    assert found.told(found.accused) == claim


def test_passive_names_the_accuser_behind_by() -> None:
    found = accusation("The mill was charged by the city with fraud", "charged by the city with fraud")
    assert found is not None
    assert (found.accuser, found.form.passive, found.form.charge) == ("the city", True, True)


@pytest.mark.parametrize(
    ("words", "heart"),
    [
        ("The mill, which the union accused of theft, has been sold to Acme", "has been sold to Acme"),
        ("The union said that somebody had accused the mill, and the strike goes on", "the strike goes on"),
        ("The mill was not accused of theft", "accused of theft"),
        ("The guests were charged a fee", "charged a fee"),
        ("Drivers were charged for parking", "charged for parking"),
        ("The office is charged with enforcing the law", "charged with enforcing the law"),
        ("Jane Roe was acquitted on charges of theft", "acquitted on charges of theft"),
        ("Police dropped the case over suspected links to the army", "case over suspected links to the army"),
        ("The agency opened a case on suspicion of theft", "on suspicion of theft"),
        ("The mill was closed over suspected links to the army", "The mill was closed"),
        ("The two sides accused each other of theft", "accused each other of theft"),
        ("The officials, all of whom are accused of theft", "accused of theft"),
    ],
)
def test_other_words_tell_no_accusation(words: str, heart: str) -> None:
    assert accusation(words, heart) is None


@pytest.mark.parametrize(
    ("words", "untrue"),
    [
        ("The union has falsely accused the owner of theft", True),
        ("Acme's baseless claim that the owner sold the mill", True),
        ("The union has accused the owner of false claims", False),
    ],
)
def test_accusation_tells_whether_its_words_call_it_untrue(words: str, untrue: bool) -> None:
    found = accusation(words, words)
    assert found is not None
    assert found.untrue is untrue


def test_charger_is_the_first_who_could_charge() -> None:
    assert charger(["Roe was charged.", "British prosecutors say so.", "The police said no."]) == "British prosecutors"
    assert charger(["Prosecutors say so."]) == "Prosecutors"
    assert (
        charger(["The prosecution began.", "Authorities in Leeds closed a road.", "A former prosecutor spoke."]) == ""
    )
