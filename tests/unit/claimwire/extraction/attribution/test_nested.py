"""What a content reports of a third party, and denials that the tagger leaves out."""

import pytest

from claimwire import Act
from claimwire.extraction.attribution.attributions import Attribution
from claimwire.extraction.attribution.nested import denials, nested
from tests.unit.builders import acts


def worded(text: str, a: Attribution) -> tuple[str, str, str]:
    [content] = a.content
    return text[slice(*a.source)] if a.source else "", text[slice(*a.cue)], text[slice(*content)]


@pytest.mark.parametrize(
    ("text", "report"),
    [
        ("Although Russia claims to have taken it, we hold", ("Russia", "claims", "to have taken it")),
        ("the Kremlin denied the report", ("the Kremlin", "denied", "the report")),
        ("Smith denied the report, and went home", ("Smith", "denied", "the report")),
        ("Although Argentina claims to have taken it, we hold", ("Argentina", "claims", "to have taken it")),
        ("Although Norway claims to have taken it, we hold", ("Norway", "claims", "to have taken it")),
        ("Ukraine had denied that it left, but it left", ("Ukraine", "had denied", "that it left")),
    ],
)
def test_report_inside_a_content_has_its_own_source(text: str, report: tuple[str, str, str]) -> None:
    [found] = nested(text, (0, len(text)), [])
    assert worded(text, found) == report
    assert found.nested


@pytest.mark.parametrize(
    "text",
    [
        "he said it was late",
        "no reports of losses",
        "Russia was denied access",
        "entry was denied to Iran",
        "that the tanker sank",
        "denied",
        "",
    ],
)
def test_other_words_report_nothing(text: str) -> None:
    assert list(nested(text, (0, len(text)), [])) == []


def test_known_cue_is_left_alone() -> None:
    text = "the Kremlin denied the report"
    known = Attribution(cue=(12, 18), source=(0, 11), content=((19, 29),))
    assert list(nested(text, (0, len(text)), [known])) == []
    assert list(denials(text, (0, len(text)), [known])) == []


def test_of_many_reports_the_first_are_read() -> None:
    text = "Iran denied it; " * 50
    assert len(list(nested(text, (0, len(text)), []))) < 10


@pytest.mark.parametrize(
    ("text", "denial"),
    [
        ("Its army, which denied that it left, held on.", ("which", "denied", "that it left")),
        ("A report that it left was denied by Iran.", ("Iran", "was denied", "A report that it left")),
        ("The report was strongly denied by Iran, which left.", ("Iran", "was strongly denied", "The report")),
        ("Despite denials, such talk goes on.", ("", "denials", "such talk goes on")),
        ("Despite repeated denials by Iran, talk goes on.", ("Iran", "denials", "talk goes on")),
        ("Talk goes on, despite the mayor's denials.", ("the mayor", "denials", "Talk goes on")),
        ("Amid Iran's denials that it left, they met.", ("Iran", "denials", "it left")),
        ("Asked whether it left, he denied.", ("he", "denied", "it left")),
    ],
)
def test_denial_that_is_nobodys_content_is_found(text: str, denial: tuple[str, str, str]) -> None:
    [found] = denials(text, (0, len(text)), [])
    assert worded(text, found) == denial


@pytest.mark.parametrize("text", ["Entry was denied by the guards.", "The bid was rejected by the board."])
def test_passive_of_other_things_than_words_is_no_denial(text: str) -> None:
    assert list(denials(text, (0, len(text)), [])) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "The ministry denied a report by Interfax that Ukraine said Pokrovsk had fallen.",
            [(Act.DENIES, "Ukraine", "captured"), (Act.ASSERTS, "Ukraine", "captured")],
        ),
        (
            "Iran's Foreign Ministry denied a report by Reuters that Iraq said a tanker had been hit.",
            [(Act.DENIES, "Iran", "struck"), (Act.ASSERTS, "Iraq", "struck")],
        ),
        (
            "Russia said that Ukraine had denied that Pokrovsk had fallen.",
            [(Act.ASSERTS, "Russia", ""), (Act.DENIES, "Ukraine", "captured")],
        ),
        (
            "Although Russia claims to have taken Pokrovsk, we hold the north of it, Ukraine's General Staff said.",
            [(Act.ASSERTS, "Russia", "captured"), (Act.ASSERTS, "Ukraine", "holds")],
        ),
        (
            "Ukraine's army, which denied that Pokrovsk had fallen, said it held the north.",
            [(Act.DENIES, "Ukraine", "captured"), (Act.ASSERTS, "Ukraine", "holds")],
        ),
    ],
)
def test_nested_speakers_keep_their_own_words(body: str, expected: list[tuple[Act, str, str]]) -> None:
    assert acts(body) == expected
