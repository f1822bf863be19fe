"""Organisations: one name for all forms in which an item names them."""

import pytest

from claimwire.extraction.speakers.organisations import Organisations, bare


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Acme Corp", "Acme"),
        ("Acme Corp.", "Acme"),
        ("Acme Corp's", "Acme"),
        ("British Petroleum Co Plc", "British Petroleum"),
        ("Volkswagen AG", "Volkswagen"),
        ("<Acme Ltd>", "Acme"),
        ("Dow Chemical", "Dow Chemical"),
        ("A Co", "A Co"),
        ("", ""),
    ],
)
def test_name_is_bare_of_its_legal_form(name: str, form: str) -> None:
    assert bare(name) == form


TEXT = (
    "British Petroleum Co Plc said it had found oil. Acme Corp <ACM> denied the report. "
    "Shares in <Northgate Partners> rose. Earlier Orion Inc had refused to comment. Mabel's International Inc rose."
)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("British Petroleum", "British Petroleum"),
        ("BP", "British Petroleum"),
        ("a BP spokesman", "British Petroleum"),
        ("Acme", "Acme"),
        ("Acme spokesman John Smith", "Acme"),
        ("John Smith of Acme Corp", "Acme"),
        ("the chairman of Orion", "Orion"),
        ("Northgate Partners", "Northgate Partners"),
        ("a Mabel's spokesman", "Mabel's International"),
        ("Delta Airlines", "Delta Airlines"),
        ("Zenith Ltd", "Zenith"),
        ("the company", ""),
        ("John Smith", ""),
        ("British officials", ""),
        ("Union leaders", ""),
        ("", ""),
    ],
)
def test_words_name_an_organisation_in_one_form(words: str, name: str) -> None:
    assert Organisations(TEXT).find(words) == name


def test_main_organisation_is_the_first_named() -> None:
    assert Organisations("Rain fell. Acme Corp bought Orion Inc.").main == "Acme"
    assert Organisations("Rain fell on John Smith.").main == ""


@pytest.mark.parametrize(
    ("words", "whole"), [("Acme Corp", True), ("BP", True), ("Acme spokesman", False), ("", False)]
)
def test_a_name_and_nothing_else(words: str, whole: bool) -> None:
    assert Organisations(TEXT).is_name(words) is whole


def test_a_state_does_not_stand_for_a_company_that_begins_with_its_name() -> None:
    assert Organisations("Japan Air Lines Co bought five jets.").find("Japan") == ""


def test_possessive_introduces_a_company_too() -> None:
    assert Organisations("It rejected Harlow Holdings Plc's bid.").is_name("Harlow")
