import pytest

from claimwire.sides import is_person_of_side, is_state, party, side_of_country, sides_in


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
        ("the Wagner Group", ["Russia"]),
        ("controlled by Wagner and Brown", []),
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


@pytest.mark.parametrize(
    "names",
    [
        ("Coca Cola", "Coca-Cola Co", "Coca-Cola's"),
        ("Alder Foods Inc", "Alder", "Alder Foods", "Alder Holdings Plc"),
        ("Gruppo Ferrante", "Ferrante SpA"),
        ("American Soap Corp", "American Soap"),
    ],
)
def test_forms_of_a_company_name_are_one_party(names: tuple[str, ...]) -> None:
    assert len({party(name) for name in names}) == 1


def test_common_first_word_tells_no_two_companies_apart() -> None:
    assert party("American Soap") != party("American Steel")


@pytest.mark.parametrize("side", ["Russia", "United States", "media:Russia", "outlet:Meridian"])
def test_party_of_a_state_or_an_outlet_is_itself(side: str) -> None:
    assert party(side) == side


@pytest.mark.parametrize("name", ["Coca-Cola Co", "American Soap", "Alder"])
def test_party_of_a_party_is_itself(name: str) -> None:
    assert party(party(name)) == party(name)
