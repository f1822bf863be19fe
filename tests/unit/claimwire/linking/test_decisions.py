import pytest

from claimwire.linking.claim_openings import opened_by
from claimwire.statements import Act
from tests.unit.builders import FollowsAll, claims_of, item, said, wire

RUMOUR = "Traders said that Baxter Corp was negotiating to buy the zinc smelter at Port Pirie."
DENIAL = "Baxter Corp denied that it was negotiating to buy the zinc smelter at Port Pirie."


def relations(*bodies: str, hours: float = 1) -> dict[str, list[tuple[str, str]]]:
    """Claims by their text, with the relation and the item of each piece of evidence."""
    return {
        c["text"]: [(e["relation"], e["item"]) for e in c["evidence"]]
        for c in claims_of(wire(*bodies, hours=hours), FollowsAll())
    }


def test_denial_joins_the_earlier_claim_and_opens_none_of_its_own() -> None:
    [evidence] = relations(RUMOUR, DENIAL).values()
    assert evidence == [("asserts", "urn:0"), ("denies", "urn:1")]


def test_later_denial_denies_what_the_first_one_implied() -> None:
    [evidence] = relations(DENIAL, DENIAL, hours=30).values()
    assert evidence == [("denies", "urn:0"), ("denies", "urn:1")]


@pytest.mark.parametrize(
    ("answer", "relation", "claimant"),
    [
        (
            "Baxter Corp declined to comment on reports that it would shut the zinc smelter at Port Pirie.",
            "no_comment",
            "reports",
        ),
        ("Baxter Corp denied that it would shut the zinc smelter at Port Pirie.", "denies", "unnamed"),
        ("Baxter Corp denied rumours that it would shut the zinc smelter at Port Pirie.", "denies", "rumours"),
        ("Baxter Corp dismissed allegations it had shut the zinc smelter at Port Pirie.", "denies", "allegations"),
    ],
)
def test_answer_that_tells_what_it_answers_opens_that_as_a_claim_of_whom_it_names(
    answer: str, relation: str, claimant: str
) -> None:
    [claim] = claims_of([item(answer)], FollowsAll())
    assert claim["implied"]
    assert (claim["claimant"], claim["side"]) == (claimant, "reports")
    assert [e["relation"] for e in claim["evidence"]] == [relation]


def test_claim_without_a_source_is_of_what_the_item_calls_it() -> None:
    rumour = "There were rumours that Baxter Corp would shut the zinc smelter at Port Pirie."
    assert [c["claimant"] for c in claims_of([item(rumour)], FollowsAll())] == ["rumours"]


def test_words_that_hold_the_denial_open_no_claim() -> None:
    told = "They call any talk that Baxter Corp would shut the smelter a flat-out lie, the senator said."
    denial = next(s for s in said(told) if s.act is Act.DENIES)
    assert opened_by(denial) is None


def test_who_confirms_what_nobody_is_told_to_have_said_makes_the_claim_himself() -> None:
    [claim] = claims_of([item("Baxter Corp confirmed that it would shut the zinc smelter.")], FollowsAll())
    assert not claim["implied"]
    assert [e["relation"] for e in claim["evidence"]] == ["asserts"]


def test_claim_tells_the_headline_under_which_it_was_made_unless_it_is_the_headline() -> None:
    [below] = claims_of([item(RUMOUR, "Smelter for sale")], FollowsAll())
    [above] = claims_of([item("", RUMOUR)], FollowsAll())
    assert (below["headline"], above["headline"]) == ("Smelter for sale", "")


def test_denial_of_nothing_but_a_pronoun_opens_no_claim() -> None:
    assert claims_of([item("Iraq denied it.")], FollowsAll()) == []


def test_silence_on_a_detail_says_nothing_on_the_claim() -> None:
    found = relations(RUMOUR, "Baxter Corp would not say how much it paid for the zinc smelter at Port Pirie.")
    assert list(found.values()) == [[("asserts", "urn:0")]]


def test_same_words_of_the_same_speaker_after_days_are_another_occasion() -> None:
    said = "Harlow Bank said that it had supplied the money market with 200 mln pounds of assistance."
    doubt = "Traders denied that Harlow Bank had supplied the money market with 200 mln pounds of assistance."
    soon, late = relations(said, doubt, said, hours=2), relations(said, doubt, said, hours=60)
    assert any(("repeats", "urn:2") in evidence for evidence in soon.values())
    assert all(("repeats", "urn:2") not in evidence for evidence in late.values())
