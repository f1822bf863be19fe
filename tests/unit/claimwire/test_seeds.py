"""The ledger that seeds/README.md expects, made from the text as a desk editor would."""

from typing import Any

import pytest

from claimwire import Act, Item, Ledger, Status
from claimwire.statements import OUTLET
from claimwire.status_events import Gone
from tests.unit.builders import extracted, ledger_of, seed_items

SEEDS = seed_items()
CLAIMS = list(ledger_of(SEEDS).claims())

CODED = {
    # claim: (outcome, place, claimant's side), final status
    "K1": ("captured", "pokrovsk.ua", "Russia", Status.DISPUTED),
    "K2": ("encircled", "kupyansk.ua", "Russia", Status.REFUTED),
    "K3": ("captured", "kupyansk.ua", "Russia", Status.DISPUTED),
    "K4": ("advanced", "", "Russia", Status.CONFIRMED),
    "K5b": ("shot_down", "belgorod-region.ru", "Russia", Status.UNVERIFIED),
    "K6": ("repelled", "siversk.ua", "Ukraine", Status.CORROBORATED),
    "K7": ("captured", "vovchansk.ua", "Russia", Status.UNVERIFIED),
    "K8": ("struck", "valuyki.ru", "Ukraine", Status.CONFIRMED),
    "K9": ("captured", "stara-vyshnia", "Russia", Status.CONTESTED),
    "K10": ("killed", "okhtyrka.ua", "Ukraine", Status.RETRACTED),
    "K11": ("postponed", "", "media:Russia", Status.DISPUTED),
}

MERIDIAN = f"{OUTLET}Meridian Wire"

ANSWERS = {
    # claim: (file, side, relation)
    "K1": [
        (10, "Russia", "asserts"),
        (11, "Russia", "repeats"),
        (11, "Ukraine", "no_comment"),
        (12, "Ukraine", "denies"),
        (12, "Ukraine", "partly"),
        (15, "Ukraine", "contradicts"),
        (24, "Russia", "repeats"),
        (24, "Ukraine", "contradicts"),
    ],
    "K2": [(1, "Russia", "asserts"), (11, MERIDIAN, "denies|contradicts")],
    "K3": [(2, "Russia", "asserts"), (8, "Russia", "repeats"), (8, "Ukraine", "contradicts|denies")],
    "K4": [(1, "Russia", "asserts"), (8, "Ukraine", "confirms"), (8, "Ukraine", "partly")],
    "K5b": [(6, "Russia", "asserts")],
    "K6": [
        (3, "Ukraine", "asserts"),
        (3, f"{OUTLET}Northgate News Agency", "no_comment"),
        (19, "Estuary Monitor", "corroborates"),
    ],
    "K7": [(6, "Russia", "asserts")],
    "K8": [
        (5, "Ukraine", "asserts"),
        (5, "Russia", "no_comment"),
        (7, "Russia", "denies"),
        (21, "Russia", "confirms"),
    ],
    "K9": [
        (7, "Russia", "asserts"),
        (19, "Estuary Monitor", "denies|contradicts"),
        (20, "Ukraine", "confirms"),
    ],
    "K10": [(13, "Ukraine", "asserts"), (23, "Ukraine", "retracts")],
    "K11": [
        (22, "media:Russia", "asserts"),
        (22, "United States", "no_comment"),
        (9, "Russia", "denies"),
    ],
}


def file_of(line: dict[str, Any]) -> int:
    """The number of the file that holds the version which an evidence names."""
    versions = [(i.uri, i.version) for i in SEEDS]
    return versions.index((line["item"], line["version"])) + 1


def claims_like(name: str) -> list[dict[str, Any]]:
    code, place, side, _ = CODED[name]
    coded = [(c, c["outcome"]) for c in CLAIMS if c["outcome"] and not c["outcome"].negated]
    return [c for c, o in coded if (o.code, o.place, c["side"]) == (code, place, side)]


@pytest.mark.parametrize("name", CODED)
def test_claim_is_one_and_ends_as_expected(name: str) -> None:
    assert [c["status"] for c in claims_like(name)] == [CODED[name][-1]]


@pytest.mark.parametrize(
    ("name", "file", "side", "relation"), [(name, *a) for name, answers in ANSWERS.items() for a in answers]
)
def test_answer_joins_its_claim(name: str, file: int, side: str, relation: str) -> None:
    [claim] = claims_like(name)
    joined = [e["relation"] for e in claim["evidence"] if (file_of(e), e["side"]) == (file, side)]
    assert set(joined) & set(relation.split("|"))


@pytest.mark.parametrize("name", ANSWERS)
def test_nobody_else_answers(name: str) -> None:
    [claim] = claims_like(name)
    sides = {side for _, side, _ in ANSWERS[name]}
    assert {e["side"] for e in claim["evidence"]} <= sides


PATHS = {
    "K1": ["unverified", "disputed"],
    "K2": ["unverified", "refuted"],
    "K3": ["unverified", "disputed"],
    "K4": ["unverified", "confirmed"],
    "K6": ["unverified", "corroborated"],
    "K7": ["unverified"],
    "K8": ["unverified", "disputed", "confirmed"],
    "K9": ["unverified", "refuted", "contested"],
    "K10": ["unverified", "retracted"],
}


def told() -> list[Any]:
    made = Ledger()
    return [event for version in SEEDS for event in made.add(version, extracted(version))]


@pytest.mark.parametrize("name", PATHS)
def test_path_of_the_status_is_told_step_by_step(name: str) -> None:
    [claim] = claims_like(name)
    assert [e.status for e in told() if e.claim.id == claim["id"]] == PATHS[name]


def test_meeting_put_off_is_disputed_from_its_first_appearance() -> None:
    [claim] = claims_like("K11")
    postponed = [e for e in told() if e.claim.outcome == "postponed" and e.status is not Status.RETRACTED]
    assert {e.status for e in postponed if e.claim.id != claim["id"]} == {Status.DISPUTED}
    assert [e.status for e in postponed if e.claim.id == claim["id"]][-1] is Status.DISPUTED


def test_corrected_number_does_not_stand() -> None:
    counts = [c["outcome"].count for c in CLAIMS if c["outcome"] and c["outcome"].code == "shot_down"]
    assert counts == [37]
    retracted = [e.claim.text for e in told() if e.status is Status.RETRACTED and e.claim.outcome == "shot_down"]
    assert any("47" in text for text in retracted)


def test_only_what_was_taken_back_is_told_as_retracted() -> None:
    retracted = {e.claim.outcome for e in told() if e.word is Status.RETRACTED}
    assert retracted == {"shot_down", "crashed", "struck", "killed"}, "K5a, K12 and the two of K10"
    assert {e.claim.outcome for e in told() if e.gone is Gone.SUPERSEDED} == {"postponed"}


def test_killed_plane_crash_is_told_as_retracted_and_is_no_claim_any_more() -> None:
    assert [c for c in CLAIMS if c["outcome"] and c["outcome"].code == "crashed"] == []
    statuses = [e.status for e in told() if e.claim.outcome == "crashed"]
    assert statuses[0] is Status.UNVERIFIED
    assert statuses[-1] is Status.RETRACTED


def test_both_names_of_the_city_are_one_place() -> None:
    [claim] = claims_like("K1")
    quotes = " ".join(e["quote"] for e in claim["evidence"])
    assert "Krasnoarmeysk" in quotes
    assert "Pokrovsk" in quotes


def test_verdict_on_the_encirclement_does_not_reach_the_capture() -> None:
    [claim] = claims_like("K3")
    assert [e for e in claim["evidence"] if file_of(e) == 11] == []


def test_recalled_denial_is_no_later_word() -> None:
    [claim] = claims_like("K8")
    assert all(e["recalled"] for e in claim["evidence"] if file_of(e) == 21 and e["relation"] == "denies")


def test_duplicate_adds_nothing() -> None:
    without = [version for i, version in enumerate(SEEDS, start=1) if i != 16]
    assert list(ledger_of(without).claims()) == CLAIMS


def test_remark_on_the_record_is_kept_with_the_record() -> None:
    [found] = ledger_of(SEEDS).remarks()
    assert (found["of"], found["outlet"]) == ("Russia", "Meridian Wire")
    assert "have often run ahead of events" in found["quote"]


MAY_BE_CLAIMS = [
    "no strike on any fuel facility",
    "nobody was injured",
    "hold the northern part",
    "driven nearly all",
    "missile hit a bus depot",
    "had counted nine failed attempts",
    "Stara Vyshnia had not been captured",
]


def test_nothing_else_is_a_claim() -> None:
    expected = {c["id"] for name in CODED for c in claims_like(name)}
    others = [c["text"] for c in CLAIMS if c["id"] not in expected]
    assert [text for text in others if not any(part in text for part in MAY_BE_CLAIMS)] == []


def quoted_in(number: int) -> list[str]:
    return [e["quote"] for c in CLAIMS for e in c["evidence"] if file_of(e) == number]


@pytest.mark.parametrize("number", [14, 18])
def test_file_makes_no_claim_and_no_answer(number: int) -> None:
    assert quoted_in(number) == []


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (5, "unable to establish"),
        (9, "rejected a proposal"),
        (9, "could not be denied"),
        (11, "run ahead of events"),
        (13, "denied access"),
        (19, "unable to tell"),
        (24, "Should Pokrovsk fall"),
        (24, "Who holds Pokrovsk"),
        (24, "Has Pokrovsk fallen"),
        (24, "peace plan"),
        (9, "sixth meeting"),
    ],
)
def test_hard_negative_is_no_evidence(number: int, words: str) -> None:
    text = f"{SEEDS[number - 1].headline}\n{SEEDS[number - 1].body}"
    assert words in text
    assert [quote for quote in quoted_in(number) if words in quote] == []


def test_neither_confirm_nor_deny_is_no_denial(seeds: list[Item]) -> None:
    acts = {s.act for s in extracted(seeds[4]) if "neither confirm nor deny" in s.quote}
    assert acts == {Act.DECLINES}


@pytest.mark.parametrize("number", [9, 13, 14])
def test_refusals_of_other_things_are_no_denials(number: int) -> None:
    denials = [s.quote for s in extracted(SEEDS[number - 1]) if s.act is Act.DENIES]
    assert [q for q in denials if any(w in q for w in ("bail", "access", "proposal", "could not", "application"))] == []
