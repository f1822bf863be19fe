import pytest

from claimwire import Act, Statement, extract
from tests.unit.builders import item, ledger_of, said

CONTEXT = "Iran said on Monday that it had sunk a tanker.\n\n"

REMARKS = [
    ("Moscow's claims have often proved premature.", "Russia"),
    ("Russian claims of territorial gains are often exaggerated.", "Russia"),
    ("Kyiv's figures have generally proved accurate.", "Ukraine"),
    ("Iraq's reports of ships hit have usually been borne out.", "Iraq"),
    ("Many of Moscow's statements have turned out to be wrong.", "Russia"),
    ("In the past, Iraqi communiques have been unreliable.", "Iraq"),
    ("Claims by Iraq have frequently proved inaccurate.", "Iraq"),
    ("But Moscow has repeatedly exaggerated its gains.", "Russia"),
    ("Moscow has a long history of exaggerating its gains.", "Russia"),
    ("Iraq has frequently made false claims about its losses.", "Iraq"),
    ("Iraq has often announced hits on ships, announcements that later proved premature.", "Iraq"),
    ("Its claims have repeatedly proved false.", "Iran"),
    ("It has often overstated its success.", "Iran"),
]


def remarks(body: str) -> list[Statement]:
    return [s for s in said(body) if s.act is Act.APPRAISES and s.side.startswith("outlet:")]


@pytest.mark.parametrize(("sentence", "side"), REMARKS)
def test_outlets_word_on_a_record_is_a_remark_on_that_side(sentence: str, side: str) -> None:
    [found] = remarks(CONTEXT + sentence)
    assert found.quote == sentence
    assert found.about == (side,)
    assert found.subjects == (f"record:{side}",)


@pytest.mark.parametrize(("sentence", "side"), REMARKS)
def test_remark_is_no_verdict_on_a_claim_made_before(sentence: str, side: str) -> None:
    body = f"{side} said that its forces had captured Pokrovsk.\n\n{sentence}"
    assert not [s for s in said(body) if s.act is Act.DENIES]


ASIDES = [
    "Russia, whose claims have often proved false, said on Monday that it had captured Pokrovsk.",
    "Russia, which has repeatedly exaggerated its gains, said on Monday that it had captured Pokrovsk.",
    "Moscow said on Monday that it had captured Pokrovsk, although its claims have often proved premature.",
    "Moscow said on Monday it had captured Pokrovsk - its claims have often proved premature - with few losses.",
]


@pytest.mark.parametrize("sentence", ASIDES)
def test_aside_is_the_outlets_and_takes_nothing_from_the_claim(sentence: str) -> None:
    [found] = remarks(sentence)
    assert found.about == ("Russia",)
    [claim] = [s for s in said(sentence) if s.act is not Act.APPRAISES]
    assert (claim.act, claim.side) == (Act.ASSERTS, "Russia")
    assert claim.outcome is not None
    assert claim.outcome.code == "captured"
    assert "often" not in claim.proposition


SPOKEN = [
    "Kyiv said Moscow's claims had often proved false.",
    "“Russia's claims have often proved false,” Ukraine's foreign minister said.",
    "Analysts say that Russia's claims have often proved exaggerated.",
]


@pytest.mark.parametrize("sentence", SPOKEN)
def test_speakers_word_on_a_record_is_no_remark_of_the_outlet_and_denies_nothing(sentence: str) -> None:
    assert remarks(sentence) == []
    assert {s.act for s in said(sentence)} == {Act.APPRAISES}
    assert list(ledger_of([item(sentence)]).claims()) == []


NONE = [
    "Moscow's claim was false.",
    "Russia's claims to have captured both towns were false.",
    "Acme's figures were overstated by two million dollars.",
    "The dollar has often been overvalued.",
    "Officials have repeatedly said that reports of a plot were false.",
    "The United States has repeatedly said the reports are true.",
    "Have Moscow's claims often proved false?",
    "Such claims have often proved false.",
    "Russia's claims could often not be verified.",
]


@pytest.mark.parametrize("sentence", NONE)
def test_what_speaks_of_single_claims_or_of_nobody_is_no_remark(sentence: str) -> None:
    assert remarks(sentence) == []


def test_remark_opens_and_answers_no_claim() -> None:
    claim = "Russia said that its forces had captured Pokrovsk."
    remark = "Moscow's claims have often proved premature."
    bare, told = (list(ledger_of([item(body)]).claims()) for body in (claim, f"{claim}\n\n{remark}"))
    assert [c["evidence"] for c in told] == [c["evidence"] for c in bare]


def test_span_of_a_remark_is_its_part_of_the_sentence() -> None:
    body = ASIDES[0]
    [found] = [s for s in extract(item(body)) if s.act is Act.APPRAISES]
    assert [body[slice(*span)] for span in found.content] == ["whose claims have often proved false"]
