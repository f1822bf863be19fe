import pytest

from claimwire.sides import is_person_of_side, is_state, side_of_country, sides_in


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("the Kremlin", ["Russia"]),
        ("Moscow and Kyiv", ["Russia", "Ukraine"]),
        ("Ukrainian troops", ["Ukraine"]),
        ("Zelenskyy's office", ["Ukraine"]),
        ("the U.S. envoy", ["United States"]),
        ("South Korean ships", ["South Korea"]),
        ("trust us", []),
        ("the Russianness of it", []),
        ("anti-Russian", []),
        ("Perestroika", []),
    ],
)
def test_names_that_stand_for_a_side_are_found(text: str, sides: list[str]) -> None:
    assert [side for _, _, side in sides_in(text)] == sides


def test_countries_have_sides() -> None:
    assert side_of_country("UA") == "Ukraine"
    assert side_of_country("ZZ") == ""
    assert is_state("Ukraine")
    assert not is_state("Estuary Monitor")
    assert is_person_of_side("Gerasimov")
    assert not is_person_of_side("Ukraine")
