"""Each phrase of `claimwire.reasons`, by an example, and that a ledger tells them."""

import json
from dataclasses import replace

import pytest

from claimwire import Act, reasons
from claimwire.linking.claim_openings import opened_by
from claimwire.linking.decisions import Decision
from claimwire.linking.open_claims import OpenClaims
from claimwire.linking.pair_model import MATTER, SAME, WEIGHTS_FILE, features
from claimwire.linking.relations import Match
from claimwire.outcomes import BEARINGS, CAME_TO_HOLD, OUTCOMES, Bearing
from claimwire.reasons import CommonGround
from claimwire.statements import UNNAMED, Outcome, Relation
from tests.unit.builders import CAPTURED, FollowsAll, claims_of, item, ledger_of, seed_items, statement, wire

PLACE = "pokrovsk.ua"


@pytest.mark.parametrize(
    ("codes", "at_a_place", "without"),
    [
        ("captured captured", "who holds Pokrovsk", "who holds the ground"),
        ("holds holds", "who holds Pokrovsk", "who holds the ground"),
        ("cleared cleared", "who holds Pokrovsk", "who holds the ground"),
        ("captured holds", "who holds Pokrovsk", "who holds the ground"),
        ("captured cleared", "who holds Pokrovsk", "who holds the ground"),
        ("captured repelled", "who holds Pokrovsk", "who holds the ground"),
        ("captured withdrew", "who holds Pokrovsk", "who holds the ground"),
        ("holds cleared", "who holds Pokrovsk", "who holds the ground"),
        ("holds withdrew", "who holds Pokrovsk", "who holds the ground"),
        ("withdrew withdrew", "a withdrawal from Pokrovsk", "a withdrawal"),
        ("encircled encircled", "troops surrounded at Pokrovsk", "troops surrounded"),
        ("advanced advanced", "ground gained at Pokrovsk", "ground gained"),
        ("advanced repelled", "how an attack at Pokrovsk went", "how an attack went"),
        ("advanced withdrew", "who gains ground at Pokrovsk", "who gains ground"),
        ("advanced succeeded", "how an offensive at Pokrovsk goes", "how an offensive goes"),
        ("repelled repelled", "an attack beaten off at Pokrovsk", "an attack beaten off"),
        ("succeeded succeeded", "how the operations at Pokrovsk go", "how the operations go"),
        ("struck struck", "a strike at Pokrovsk", "a strike"),
        ("shot_down shot_down", "aircraft or drones shot down at Pokrovsk", "aircraft or drones shot down"),
        ("shot_down returned", "whether aircraft were lost at Pokrovsk", "whether aircraft were lost"),
        ("destroyed destroyed", "what was destroyed at Pokrovsk", "what was destroyed"),
        ("destroyed returned", "what was lost at Pokrovsk", "what was lost"),
        ("returned returned", "whether all came back unharmed from Pokrovsk", "whether all came back unharmed"),
        ("killed killed", "people killed at Pokrovsk", "people killed"),
        ("wounded wounded", "people wounded at Pokrovsk", "people wounded"),
        ("crashed crashed", "a crash at Pokrovsk", "a crash"),
        ("attack_intended attack_intended", "whether an attack at Pokrovsk is planned", "whether an attack is planned"),
        ("attack_decided attack_decided", "whether an attack at Pokrovsk is planned", "whether an attack is planned"),
        ("attack_intended attack_decided", "whether an attack at Pokrovsk is planned", "whether an attack is planned"),
        ("postponed postponed", "a meeting put off at Pokrovsk", "a meeting put off"),
    ],
)
def test_reason_says_what_two_events_are_about(codes: str, at_a_place: str, without: str) -> None:
    ours, theirs = codes.split()
    one, other = Outcome(code=ours, place=PLACE), Outcome(code=theirs, place=PLACE)
    assert reasons.of_events(one, other) == reasons.of_events(other, one) == f"both speak of {at_a_place}"
    unplaced = Outcome(code=theirs)
    assert reasons.of_events(one, unplaced) == reasons.of_events(unplaced, one) == f"both speak of {without}"


def test_all_events_that_may_be_joined_have_words() -> None:
    assert set(reasons.MATTERS) == set(OUTCOMES)
    assert set(reasons.MATTERS_OF_TWO) == {codes for codes in (*BEARINGS, CAME_TO_HOLD) if len(codes) == 2}


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("stara-vyshnia", "a strike at Stara Vyshnia"),
        ("kharkiv-region.ua", "a strike at the Kharkiv region"),
        ("black-sea", "a strike at the Black Sea"),
        ("strait-of-hormuz", "a strike at the Strait of Hormuz"),
    ],
)
def test_place_is_called_by_its_name(place: str, told: str) -> None:
    strike = Outcome(code="struck", place=place)
    assert reasons.of_events(strike, strike) == f"both speak of {told}"


@pytest.mark.parametrize(
    ("found", "counts", "told"),
    [
        (Bearing.AGREES, False, ()),
        (Bearing.EXCLUDES, False, ("they cannot both be true",)),
        (Bearing.EXCLUDES, True, ("their counts cannot both be right",)),
        (Bearing.LIMITS, False, ("it narrows what the claim says",)),
    ],
)
def test_reason_says_what_one_event_says_about_the_other(found: Bearing, counts: bool, told: tuple[str, ...]) -> None:
    assert reasons.of_bearing(found, counts) == told


KHARKIV = Outcome(code="struck", actor="Russia", target="Ukraine", place="kharkiv.ua")


@pytest.mark.parametrize(
    ("ground", "theirs", "told"),
    [
        (CommonGround.PLACE, KHARKIV, "the same place, 3 days apart"),
        (CommonGround.PLACE, replace(KHARKIV, place="kharkiv-region.ua"), "a place and its region, 3 days apart"),
        (CommonGround.LOSSES, KHARKIV, "losses of the same side, Ukraine, 3 days apart"),
        (CommonGround.SIDES, KHARKIV, "the same sides, Russia and Ukraine, 3 days apart"),
        (CommonGround.WORDS, KHARKIV, "words in common, 3 days apart"),
    ],
)
def test_reason_says_what_two_events_share(ground: CommonGround, theirs: Outcome, told: str) -> None:
    opener = statement()
    assert reasons.of_common_ground(ground, statement(hours=72, outcome=KHARKIV), opener, theirs) == told


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (0, "in one news item"),
        (23, "less than a day apart"),
        (-23, "less than a day apart"),
        (47, "1 day apart"),
        (48, "2 days apart"),
    ],
)
def test_reason_says_how_far_apart_two_statements_are(hours: float, told: str) -> None:
    assert reasons.apart(statement(hours=hours), statement()) == told


@pytest.mark.parametrize(
    ("of", "told"),
    [(1, "all"), (0.9, "most"), (0.5, "half"), (0.33, "a third"), (0.25, "a quarter"), (0.1, "a few"), (0, "a few")],
)
def test_share_is_told_in_words(of: float, told: str) -> None:
    assert reasons.in_common(of) == f"{told} of the words in common"


@pytest.mark.parametrize(
    ("question", "score", "told"),
    [
        (MATTER, 0.9, "both very likely speak of the same matter"),
        (MATTER, 0.6, "both probably speak of the same matter"),
        (SAME, 0.85, "both very likely say the same"),
        (SAME, 0.7, "both probably say the same"),
    ],
)
def test_reason_says_how_likely_a_likeness_is(question: str, score: float, told: str) -> None:
    assert reasons.of_likeness(question, score) == told


ALONE = dict.fromkeys(features(statement(), statement()), 0.0)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ({"told": 0.6, "asked": 0.4}, "half of the words in common"),
        ({"phrases": 0.5}, "phrases in common"),
        ({"named": 1, "names": 1}, "the same names"),
        ({"named": 1, "names": 0.5}, "names in common"),
        ({"figures": 1}, "the same figures"),
        ({"figures": 0.5}, "figures in common"),
        ({"deeds": 1}, "the same verbs"),
        ({"deeds": 0.5}, "verbs in common"),
        ({"sides": 1}, "the same countries"),
        ({"sides": 0.5}, "countries in common"),
        ({"own": 1}, "the same side speaks"),
        ({"denied": 1}, "the earlier words are a denial"),
        ({"reported": 1}, "it answers what others reported"),
        ({"context": 0.8}, "news items on one story"),
        ({"context": 0.4}, "news items on related topics"),
        ({"near": 0.9}, "less than a day apart"),
    ],
)
def test_each_sign_of_a_likeness_is_told(found: dict[str, float], told: str) -> None:
    weights = dict.fromkeys(ALONE, 1.0)
    assert reasons.of_signs({**ALONE, **found}, weights, statement(hours=5), statement()) == (told,)


def test_two_speakers_without_a_name_are_not_called_one_side() -> None:
    weights = dict.fromkeys(ALONE, 1.0)
    nameless = statement(UNNAMED)
    assert reasons.of_signs({**ALONE, "own": 1}, weights, nameless, nameless) == ("both speakers unnamed",)


def test_the_signs_that_moved_the_likeness_most_are_told_and_none_that_spoke_against_it() -> None:
    found = {**ALONE, "told": 1.0, "asked": 1.0, "phrases": 0.5, "figures": 1.0, "deeds": 1.0, "sides": 1.0, "own": 1.0}
    weights = {**dict.fromkeys(ALONE, 1.0), "sides": 0.9, "own": -1.0, "phrases": 0.3}
    assert reasons.of_signs(found, weights, statement(hours=5), statement()) == (
        "all of the words in common",
        "the same figures",
        "the same verbs",
        "the same countries",
    )
    assert len(reasons.of_signs(dict.fromkeys(ALONE, 1.0), dict.fromkeys(ALONE, 1.0), statement(), statement())) == 4


def test_each_feature_that_may_speak_for_a_likeness_has_words() -> None:
    told = [name for names, _ in reasons.SIGNS for name in names]
    assert len(told) == len(set(told))
    fitted = json.loads(WEIGHTS_FILE.read_text("utf8"))
    weighty = {name for weights in fitted.values() for name, by in weights.items() if by >= reasons.LEAST_MOVED}
    assert weighty <= set(told) <= set(ALONE)


def test_verdict_is_told_by_its_maker_and_its_reason() -> None:
    assert reasons.of_verdict("person Anna", "I was there.") == "person Anna: I was there."
    assert reasons.of_verdict("person Anna", "") == "person Anna"


def joins(*bodies: str, hours: float = 10) -> set[tuple[str, ...]]:
    """The reasons of all joins between items with these bodies."""
    found = claims_of(wire(*bodies, hours=hours), FollowsAll())
    return {tuple(e["why"]) for claim in found for e in claim["evidence"] if e["why"]}


TAKEN = "Russia said that it had captured Pokrovsk in Ukraine."
BOUGHT = "Traders said that Baxter Corp was negotiating to buy the zinc smelter at Port Pirie."
NOT_BOUGHT = "Baxter denied that it was negotiating to buy the zinc smelter at Port Pirie."


def test_ledger_tells_what_two_events_share() -> None:
    assert joins(TAKEN, "Ukraine denied that Russia had captured Pokrovsk.", hours=72) == {
        ("both speak of who holds Pokrovsk", "they cannot both be true", "the same place, 3 days apart")
    }


def test_ledger_tells_that_a_side_had_denied_what_it_now_says() -> None:
    denied = "Russia denied that it had captured Pokrovsk in Ukraine."
    assert (
        "both speak of who holds Pokrovsk",
        "the same place, less than a day apart",
        "the same side had denied it before",
    ) in joins(TAKEN, denied, TAKEN)


def test_ledger_tells_what_makes_two_statements_alike() -> None:
    assert joins(BOUGHT, NOT_BOUGHT, hours=30) == {
        (
            "both probably speak of the same matter",
            "all of the words in common",
            "the same verbs",
            "news items on one story",
            "1 day apart",
        )
    }


def test_ledger_tells_what_a_correction_corrects() -> None:
    sold = "Baxter Corp sold 60,000 tonnes of zinc from the smelter at Port Pirie in Australia last year."
    corrected = item(
        sold.replace("60,000", "20,000"), "CORRECTED-Baxter sells zinc", uri="urn:b", versionCreated="2025-12-01T15:00Z"
    )
    claims = claims_of([item(sold, uri="urn:a"), corrected], FollowsAll())
    assert ["its news item corrects an earlier one", "all of the words in common"] in [
        e["why"] for claim in claims for e in claim["evidence"]
    ]


def test_ledger_tells_that_an_item_holds_both_and_that_two_of_its_statements_belong_together() -> None:
    found = {reason for claim in ledger_of(seed_items()).claims() for e in claim["evidence"] for reason in e["why"]}
    assert {"it answers the claim in the same news item", "the same place, in one news item"} <= found


def test_answer_that_came_before_its_claim_tells_so() -> None:
    known = OpenClaims("place:pokrovsk.ua")
    first, second = (statement("Ukraine", Act.DENIES, outcome, hours=h) for h, outcome in ((1, CAPTURED), (2, None)))
    claim = statement("Russia", hours=3)
    known.apply(first, Decision(opens=opened_by(first)))
    known.apply(second, Decision(joins=((first.id, Match(Relation.REPEATS, 1.0, ())),)))
    known.apply(claim, Decision(opens=opened_by(claim), replaces=first.id))
    joined = known.evidence()[claim.id, second.id]
    assert joined.why == ("it answered the claim before the claim itself was found",)


def test_evidence_of_a_merged_claim_tells_so() -> None:
    assert reasons.of_merged("1a39") == "a verdict says that claim 1a39 is one with this"
