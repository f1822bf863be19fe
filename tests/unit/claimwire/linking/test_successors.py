"""What becomes of a claim that nothing asserts any more: taken back, or only told under another id."""

import pytest

from claimwire import Ledger, StatusChanged
from claimwire.linking import SubjectLinks
from claimwire.statements import Act
from claimwire.status_events import Gone
from tests.unit.builders import item, statement, wire
from tests.unit.subject_steps import SUBJECT

TAKEN = "Russian forces have captured Pokrovsk, General Valery Gerasimov said."


def revised(first: str, second: str) -> list[StatusChanged]:
    """What a second version of an item brings about."""
    made = Ledger()
    made.add(item(first, version="1"))
    return made.add(item(second, version="2"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (TAKEN, "Russian forces captured the city of Pokrovsk, General Valery Gerasimov said."),
        (
            "Russian troops were advancing near Kupyansk, the Kremlin said.",
            "Russian troops were advancing near Kupiansk, the Kremlin said.",
        ),
        (
            "The ministry said six people were killed in the strike on Okhtyrka.",
            "Six people were killed in the strike on Okhtyrka, the ministry said.",
        ),
    ],
)
def test_claim_that_a_newer_version_puts_in_other_words_is_superseded(first: str, second: str) -> None:
    [heir, gone] = revised(first, second)
    assert (gone.gone, gone.superseded_by) == (Gone.SUPERSEDED, heir.claim.id)
    assert gone.word is Gone.SUPERSEDED


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (TAKEN, "Russian forces have captured Kupyansk, General Valery Gerasimov said."),
        (TAKEN, "Russian forces have not captured Pokrovsk, General Valery Gerasimov said."),
        (
            "Air defence units shot down 47 Ukrainian drones over Belgorod, the Russian Defence Ministry said.",
            "Air defence units shot down 37 Ukrainian drones over Belgorod, the Russian Defence Ministry said.",
        ),
        (TAKEN, "Nothing is known."),
    ],
)
def test_claim_that_a_newer_version_no_longer_makes_is_retracted(first: str, second: str) -> None:
    gone = revised(first, second)[-1]
    assert (gone.gone, gone.superseded_by) == (Gone.WITHDRAWN, "")
    assert gone.word == "retracted"


def test_killed_claim_is_retracted_though_somebody_denied_it_and_superseded_where_others_say_it() -> None:
    claim, denial, again = wire(TAKEN, "Ukraine denied that Pokrovsk had fallen.", TAKEN)
    kill = item("", uri=claim.uri, version="9", pubStatus="canceled")
    for others, gone in (([], Gone.WITHDRAWN), ([denial], Gone.WITHDRAWN), ([denial, again], Gone.SUPERSEDED)):
        made = Ledger()
        [opened] = made.add(claim)
        for other in others:
            made.add(other)
        [ended] = [e for e in made.add(kill) if e.claim.id == opened.claim.id]
        assert ended.gone is gone


def test_claim_that_gives_way_is_superseded() -> None:
    claim, denial = wire(TAKEN, "Ukraine denied that Pokrovsk had fallen.")
    made = Ledger()
    [implied] = made.add(denial)
    assert implied.gone is None
    [ended] = [e for e in made.add(claim) if e.claim.id == implied.claim.id]
    assert ended.gone is Gone.SUPERSEDED


def test_sentence_that_stays_in_its_item_but_makes_no_claim_there_any_more_is_told_as_still_said() -> None:
    links = SubjectLinks(SUBJECT)
    said = {"id": "claim", "terms": ("depot", "dock", "fuel"), "item": "urn:1", "subjects": (SUBJECT,)}
    links.change([statement("Acme", Act.ASSERTS, None, worth=1, order=(1, "", ""), **said)])
    [dropped] = links.change([statement("Acme", Act.ASSERTS, None, worth=0, order=(2, "", ""), **said)])
    assert (dropped.live, dropped.still_said) == (False, True)
    links.change([statement("Acme", Act.ASSERTS, None, worth=1, order=(3, "", ""), **said)])
    [gone] = links.change(withdrawn=["claim"])
    assert (gone.live, gone.still_said) == (False, False)
