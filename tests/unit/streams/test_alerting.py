from pathlib import Path

import pytest

from claimwire import Ledger, StatusChanged
from streams.alerting import load_rules
from streams.errors import SettingsInvalid
from tests.unit.builders import wire


@pytest.fixture(scope="module")
def event() -> StatusChanged:
    """Russia's claim to have captured Pokrovsk goes from unverified to disputed."""
    claim, denial = wire(
        "Russian forces have captured Pokrovsk, Russia said.", "Ukraine denied that Pokrovsk had fallen."
    )
    made = Ledger()
    made.add(claim)
    [event] = made.add(denial)
    return event


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return tmp_path / "rules.toml"


@pytest.mark.parametrize(
    "asks",
    [
        "",
        'to = ["disputed", "refuted"]',
        'from = ["unverified"]',
        'side = "russia"',
        'place = "Pokrovsk"',
        'text = "captured pokrovsk"',
        'to = ["disputed"]\nfrom = ["unverified"]\nside = "Russia"\nplace = "pokrovsk.ua"',
    ],
)
def test_rule_matches_what_it_asks_for(rules: Path, event: StatusChanged, asks: str) -> None:
    rules.write_text(f'[[rule]]\nname = "r"\n{asks}\n')
    [rule] = load_rules(rules)
    assert rule.matches(event)


@pytest.mark.parametrize(
    "asks",
    [
        'to = ["confirmed"]',
        'from = ["disputed"]',
        'side = "Ukraine"',
        'place = "kupyansk"',
        'text = "oil depot"',
        'to = ["disputed"]\nside = "Ukraine"',
    ],
)
def test_rule_does_not_match_anything_else(rules: Path, event: StatusChanged, asks: str) -> None:
    rules.write_text(f'[[rule]]\nname = "r"\n{asks}\n')
    [rule] = load_rules(rules)
    assert not rule.matches(event)


def test_new_claim_has_no_status_before_it(rules: Path) -> None:
    [first] = Ledger().add(wire("Russian forces have captured Pokrovsk, Russia said.")[0])
    rules.write_text('[[rule]]\nname = "r"\nfrom = ["unverified"]\n')
    [rule] = load_rules(rules)
    assert not rule.matches(first)


def test_no_file_is_no_rules(rules: Path) -> None:
    assert load_rules(None) == ()
    rules.write_text("")
    assert load_rules(rules) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[rule", "is not TOML"),
        ("[[rule]]\n", r"rule 1, name"),
        ('[[rule]]\nname = "r"\nto = ["wrong"]\n', r"rule 1, to"),
        ('[[rule]]\nname = "r"\nplce = "pokrovsk"\n', r"rule 1, plce"),
        ('[[rule]]\nname = "r"\nwebhook = "not a url"\n', r"rule 1, webhook"),
        ('[[rules]]\nname = "r"\n', "rules"),
    ],
)
def test_file_that_holds_no_rules_is_named_with_the_place_in_it(rules: Path, text: str, message: str) -> None:
    rules.write_text(text)
    with pytest.raises(SettingsInvalid, match=message):
        load_rules(rules)


def test_missing_file_is_named(rules: Path) -> None:
    with pytest.raises(SettingsInvalid, match=r"rules\.toml"):
        load_rules(rules)
