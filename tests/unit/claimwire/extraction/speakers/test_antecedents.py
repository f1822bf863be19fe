import pytest

from claimwire.extraction.speakers.antecedent_rules import KINDS
from claimwire.extraction.speakers.antecedents import Mentioned, short
from claimwire.extraction.speakers.organisations import Organisations


@pytest.mark.parametrize(
    ("pronoun", "told", "name"),
    [
        ("he", Mentioned("Ivan Petrov, the mayor,"), "Ivan Petrov"),
        ("it", Mentioned("The Turkish Foreign Ministry", ["Athens was told of it."]), "The Turkish Foreign Ministry"),
        ("we", Mentioned("Ivan Petrov"), "Ivan Petrov"),
        ("it", Mentioned("the court", ["The Leeds court met."]), "Leeds court"),
        ("he", Mentioned("The ministry", ["Ivan Petrov was held."]), "Ivan Petrov"),
        ("she", Mentioned("the Daily Ledger", ["Jane Roe, a lawyer, was held."]), "Jane Roe"),
        ("it", Mentioned("The opposition leader Paul Roe", ["The Cocoa Board owes money."]), "Cocoa Board"),
        ("it", Mentioned("Ivan Petrov", ["The Cocoa Board owes money."]), "Cocoa Board"),
        ("it", Mentioned("Ivan Petrov", ["Norway sells gas."]), "Norway"),
        ("it", Mentioned("The DOJ", ["FIRST ON the wire."]), "The DOJ"),
        ("it", Mentioned("The U.S. president", ["The Cocoa Board owes money."]), "Cocoa Board"),
        ("he", Mentioned("Petrov", ["Ivan Petrov spoke.", "Jane Roe left."]), "Petrov"),
    ],
)
def test_pronoun_means_who_speaks_or_who_was_spoken_of_last(pronoun: str, told: Mentioned, name: str) -> None:
    assert told.meant_by(pronoun) == name


@pytest.mark.parametrize(
    ("pronoun", "told"),
    [
        ("it", Mentioned("", ["Proceeds will go to the bank."])),
        ("it", Mentioned("", ["Ten trucks were sent."])),
        ("they", Mentioned("", ["Reflecting fears, the flight was cancelled."])),
        ("he", Mentioned("The United Nations")),
        ("they", Mentioned("", ["Ursula von der Leyen spoke of fires."])),
        ("they", Mentioned("", ["Jane Roe was in Ghent.", "Roe left.", "Jane Roe came with others, as Roe had said."])),
    ],
)
def test_nobody_is_named_where_the_item_does_not_tell_whom(pronoun: str, told: Mentioned) -> None:
    assert told.meant_by(pronoun) == ""


def test_pronoun_means_nobody_whom_the_words_around_it_name() -> None:
    told = Mentioned("", ["Ivan Petrov spoke.", "Jane Roe left."])
    assert told.meant_by("he", "he agreed with the plan") == "Jane Roe"
    assert told.meant_by("he", "he agreed with Roe’s plan") == "Ivan Petrov"


@pytest.mark.parametrize(
    ("kind", "told", "names"),
    [
        ("plant", Mentioned("", ["Men fled the Kirov iron and steel plant."]), ("Kirov", "")),
        ("government", Mentioned("the Hungarian foreign minister"), ("Hungarian", "")),
        ("prime minister", Mentioned("", ["Prime Minister Ivan Petrov spoke."]), ("", "Ivan Petrov")),
        ("board", Mentioned("", ["The Ghana Cocoa Board owes money."]), ("", "Ghana Cocoa Board")),
        ("city", Mentioned("", ["He came to the city of Odessa."]), ("", "Odessa")),
        ("company", Mentioned("Acme Corp"), ("", "Acme Corp")),
        ("company", Mentioned("Acme CEO Ivan Petrov"), ("", "Acme")),
        ("company", Mentioned("union officials", (), Organisations("Acme Corp closed.")), ("", "Acme")),
        ("company", Mentioned("union officials", (), Organisations("Acme Corp sued Zenith Ltd.")), ("", "")),
        ("bridge", Mentioned("", ["A Ukrainian bridge fell."]), ("", "")),
    ],
)
def test_noun_without_a_name_means_what_was_named_with_it(kind: str, told: Mentioned, names: tuple[str, str]) -> None:
    assert told.beside(kind) == names


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Acme Corp and <Users Inc>, a credit union", "Acme Corp and <Users Inc>"),
        ("American officials cited by a newspaper", "American officials"),
        ("Ursula von de", "Ursula"),
        ("Norway’s", "Norway"),
        ("officials", ""),
        ("she had spoken to two men from Leeds", ""),
        ("The Commission for " + "Very " * 20 + "Long Names", ""),
    ],
)
def test_name_is_inserted_without_what_is_told_of_it(name: str, text: str) -> None:
    assert short(name) == text


def test_kinds_of_nouns_are_known_words() -> None:
    assert set().union(*KINDS.values()) == {"state", "business", "office"}


def test_pronoun_for_a_person_means_no_place_no_title_and_nobody_in_a_heading() -> None:
    earlier = [
        "Jane Roe, a clerk, was held.",
        "Rep. John Doe, A Lawyer, Accused Of Theft",
        "Springfield Rep, a lawyer, spoke.",
        "New Orleans, the city, is quiet.",
    ]
    assert Mentioned("", earlier[:1] + earlier[-2:], places=frozenset({"New Orleans"})).meant_by("she") == "Jane Roe"
    assert Mentioned("", earlier[:2]).meant_by("she") == "Jane Roe"
    assert Mentioned("", [earlier[0], "It was in Kentish Town, a part of London."]).meant_by("she") == "Jane Roe"


def test_pronoun_for_a_body_means_no_leader() -> None:
    assert Mentioned("", ["Acme Ltd said so.", "Trump spoke in May."]).meant_by("it") == "Acme Ltd"
