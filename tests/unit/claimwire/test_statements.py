import pytest

from claimwire import Act
from claimwire.statements import normal_quote, statement_id
from tests.unit.builders import said, statement


def test_id_is_twenty_hexadecimal_digits() -> None:
    made = statement_id("urn:one", Act.ASSERTS, "They took it", 0)
    assert len(made) == 20
    assert int(made, 16)


@pytest.mark.parametrize("quote", ["they  took\nit.", "“They took it”", "THEY, TOOK: IT"])
def test_id_overlooks_case_space_and_punctuation(quote: str) -> None:
    assert normal_quote(quote) == normal_quote("They took it")


@pytest.mark.parametrize(
    "other",
    [
        ("v", Act.ASSERTS, "They took it", 0),
        ("u", Act.DENIES, "They took it", 0),
        ("u", Act.ASSERTS, "They took 3", 0),
        ("u", Act.ASSERTS, "They took it", 1),
    ],
)
def test_id_tells_uri_act_words_and_occurrence_apart(other: tuple[str, Act, str, int]) -> None:
    assert statement_id(*other) != statement_id("u", Act.ASSERTS, "They took it", 0)


@pytest.mark.parametrize(
    "body",
    [
        "Russia said Pokrovsk fell. Russia said Pokrovsk fell.",
        "Russia said Pokrovsk fell. Russia said: Pokrovsk fell.",
        'Russia said "Pokrovsk has fallen." Russia said, “Pokrovsk has fallen.”',
        "Pokrovsk has now fallen, Russia said.\n\n“Pokrovsk has now fallen,” Russia said.",
    ],
)
def test_statements_that_differ_in_punctuation_alone_have_ids_of_their_own(body: str) -> None:
    made = said(body)
    assert len(made) == 2
    assert len({s.id for s in made}) == 2


def test_sentence_keeps_its_id_when_others_change_around_it() -> None:
    [alone] = said("Russia said Pokrovsk fell.")
    among = said("Ukraine said Siversk held.\n\nRussia said Pokrovsk fell.\n\nNo more was known.")
    assert alone.id in {s.id for s in among}


def test_statements_are_in_order_of_publication_item_part_and_position() -> None:
    first = statement(hours=0)
    assert first.place_in_stream < statement(hours=1).place_in_stream
    assert first.place_in_stream < statement(item="urn:Z", hours=0).place_in_stream
    assert first.place_in_stream < statement(start=3, end=9).place_in_stream


def test_item_that_repeats_itself_without_end_makes_few_statements() -> None:
    assert len(said("Russia said Pokrovsk fell. " * 500)) < 10
