import pytest

from claimwire.extraction.claims.subjects import MOST
from claimwire.extraction.text.terms import terms
from tests.unit.builders import extracted, said, seed_items


@pytest.mark.parametrize(
    ("body", "subjects"),
    [
        ("Russia said its forces had captured Pokrovsk.", ("place:pokrovsk.ua",)),
        ("Russia said its forces were advancing.", ("side:Russia",)),
    ],
)
def test_event_meets_others_at_its_place_else_at_its_actor(body: str, subjects: tuple[str, ...]) -> None:
    made = said(f"{body} Ukrainian troops fought on.")
    assert next(s.subjects for s in made if s.outcome) == subjects


def test_region_and_the_town_it_is_called_after_meet() -> None:
    town, region = (
        {
            key
            for s in said(f"The army said that the bridge in {where} of Thailand had been closed.")
            for key in s.subjects
        }
        for where in ("Surin", "Surin province")
    )
    assert "place:surin.th" in town & region


def test_words_that_name_nothing_meet_only_those_of_their_item() -> None:
    assert {s.subjects for s in said("A spokesman denied that the shop had been shut.")} == {("item:urn:one",)}


def test_every_statement_of_the_seeds_has_one_to_four_subjects() -> None:
    counts = {len(set(s.subjects)) for version in seed_items() for s in extracted(version)}
    assert counts <= set(range(1, MOST + 1))


def test_terms_are_stems_without_common_words() -> None:
    assert terms("The forces were attacking the depots, and attacked the depot") == ("depot", "forc", "~invade")
