"""Each outcome of the table, in words of its own; and what must not be taken for one."""

import pytest

from claimwire.extraction.coding import code
from claimwire.extraction.intentions import usual_attack
from claimwire.extraction.organisations import Organisations
from claimwire.extraction.readers import Reader
from claimwire.extraction.triggers import triggers
from claimwire.extraction.war import is_of_war, warring_sides
from claimwire.outcomes import OUTCOMES
from claimwire.places import Gazetteer
from claimwire.statements import Act
from tests.unit.builders import coded, said

Short = tuple[str, str, str, bool]


def found(words: str, item: str = "", speaker: str = "", foretold: bool = False) -> list[Short]:
    """What is coded of some words of an item: code, actor, target, whether it is said not to be so."""
    text = f"{item} {words}"
    reader = Reader(
        gazetteer=Gazetteer(text),
        speaker_side=speaker,
        opponents=warring_sides(text),
        at_war=is_of_war(text),
        attack=usual_attack(text),
        organisations=Organisations(text),
    )
    return [(o.code, o.actor, o.target, o.negated) for o in code(words, reader, foretold=foretold)]


WAR = "Russian troops fought Ukrainian forces near Pokrovsk."
THREAT = "Washington warned of a Russian invasion of Ukraine."
FIRMS = "Alder Foods Inc makes jam. Brook Mills Plc makes flour."

EXAMPLES: list[tuple[str, str, Short]] = [
    (WAR, "Russian forces captured the town", ("captured", "Russia", "Ukraine", False)),
    (WAR, "Ukrainian troops hold the town", ("holds", "Ukraine", "Russia", False)),
    (WAR, "Ukrainian troops drove the Russians out of the town", ("cleared", "Ukraine", "Russia", False)),
    (WAR, "Ukrainian troops withdrew from the town", ("withdrew", "Ukraine", "Russia", False)),
    (WAR, "Russian troops encircled the town", ("encircled", "Russia", "Ukraine", False)),
    (WAR, "Russian troops are advancing", ("advanced", "Russia", "Ukraine", False)),
    (WAR, "Ukrainian forces repelled an assault", ("repelled", "Ukraine", "Russia", False)),
    (WAR, "the Russian offensive has succeeded", ("succeeded", "Russia", "Ukraine", False)),
    (WAR, "Russian missiles struck a depot in Pokrovsk", ("struck", "Russia", "Ukraine", False)),
    (WAR, "Ukraine shot down a Russian drone", ("shot_down", "Ukraine", "Russia", False)),
    (WAR, "Ukrainian guns destroyed a bridge", ("destroyed", "Ukraine", "Russia", False)),
    (WAR, "Russia lost four planes near Pokrovsk", ("shot_down", "Ukraine", "Russia", False)),
    (WAR, "all Russian planes returned safely to base", ("returned", "Russia", "Ukraine", False)),
    (WAR, "Ukrainian guns killed 90 Russian soldiers", ("killed", "Ukraine", "Russia", False)),
    (WAR, "Russia has lost 24,000 soldiers", ("killed", "", "Russia", False)),
    (WAR, "six people were killed in Pokrovsk", ("killed", "", "", False)),
    (WAR, "six people were wounded in Pokrovsk", ("wounded", "", "", False)),
    (WAR, "a plane crashed near Pokrovsk", ("crashed", "", "", False)),
    (THREAT, "Russia plans to invade Ukraine", ("attack_intended", "Russia", "Ukraine", False)),
    (THREAT, "an invasion is imminent", ("attack_intended", "Russia", "Ukraine", False)),
    (THREAT, "Russia has no plans to invade", ("attack_intended", "Russia", "Ukraine", True)),
    (THREAT, "there will be no war", ("attack_intended", "Russia", "Ukraine", True)),
    (THREAT, "Russia does not want war", ("attack_intended", "Russia", "Ukraine", True)),
    (THREAT, "Putin has decided to invade Ukraine", ("attack_decided", "Russia", "Ukraine", False)),
    (FIRMS, "Alder Foods offered to buy Brook Mills", ("bids", "alder", "brook", False)),
    (FIRMS, "Alder Foods is not considering a takeover bid for Brook Mills", ("bids", "alder", "brook", True)),
    (FIRMS, "Alder Foods agreed to acquire Brook Mills", ("buys", "alder", "brook", False)),
    (FIRMS, "Brook Mills agreed to be acquired by Alder Foods", ("buys", "alder", "brook", False)),
    (FIRMS, "Alder Foods terminated its merger agreement with Brook Mills", ("deal_off", "alder", "brook", False)),
    ("", "Kuwait is pumping oil above its quota", ("above_quota", "Kuwait", "", False)),
    ("", "Kuwait was over-producing", ("above_quota", "Kuwait", "", False)),
    ("", "OPEC was exceeding its agreed production ceiling", ("above_quota", "OPEC", "", False)),
    (THREAT, "Ukraine calms down: there are no signs of aggression", ("attack_intended", "Russia", "Ukraine", True)),
    ("", "Kuwait kept its oil output within its OPEC quota", ("above_quota", "Kuwait", "", True)),
    ("", "the Paris accord set target ranges for the dollar", ("rate_target", "", "", False)),
    ("", "the Paris accord set no exchange rate targets", ("rate_target", "", "", True)),
    ("", "the Bank of Japan intervened to buy dollars", ("intervened", "Japan", "", False)),
    ("", "the Bank of Japan will cut its discount rate", ("rate_cut", "Japan", "", False)),
    ("", "Japan has no intention of lowering its discount rate", ("rate_cut", "Japan", "", True)),
    ("", "U.K. base rates were raised today", ("rate_raised", "United Kingdom", "", False)),
    ("", "the Bundesbank left its discount rate unchanged", ("rate_kept", "Germany", "", False)),
    ("", "Hungary is to devalue the forint by eight pct", ("currency_devalued", "Hungary", "", False)),
    ("", "South Korea ruled out a major revaluation of the won", ("currency_revalued", "South Korea", "", True)),
    ("", "Kuwait cut its official oil price", ("price_cut", "Kuwait", "", False)),
    ("", "OPEC may raise its benchmark oil price", ("price_raised", "OPEC", "", False)),
    ("", "OPEC will stick to its official oil price of 18 dlrs", ("price_kept", "OPEC", "", False)),
    ("", "Kuwait will reduce its oil output", ("output_cut", "Kuwait", "", False)),
    ("", "Kuwait is to increase oil production by 100,000 barrels a day", ("output_raised", "Kuwait", "", False)),
    ("", "Kuwait will leave its oil output unchanged", ("output_kept", "Kuwait", "", False)),
    (FIRMS, "Alder Foods holds a 5.1 pct stake in Brook Mills", ("stake", "alder", "brook", False)),
    (FIRMS, "Alder Foods owns no shares of Brook Mills", ("stake", "alder", "brook", True)),
    ("", "Finance Minister Joao Varela has resigned", ("resigned", "varela", "", False)),
    ("", "Finance Minister Joao Varela was dismissed", ("dismissed", "varela", "", False)),
    ("", "Joao Varela will stay in office as finance minister", ("stays", "varela", "", False)),
    ("", "the meeting of the Russian and U.S. presidents was postponed", ("postponed", "", "", False)),
]


@pytest.mark.parametrize(("item", "words", "outcome"), EXAMPLES)
def test_words_are_coded_with_who_and_whom(item: str, words: str, outcome: Short) -> None:
    assert outcome in found(words, item)


def test_every_row_of_the_table_has_an_example_and_a_phrase() -> None:
    assert {outcome[0] for _, _, outcome in EXAMPLES} == set(OUTCOMES)
    assert {trigger.code for trigger in triggers()} == set(OUTCOMES)


@pytest.mark.parametrize(
    "words",
    [
        "Acme Corp holds 12 pct of the shares of a bank in Chicago",
        "winter temperatures fell to a record low in Chicago",
        "Acme made significant progress in repaying its debts in Chicago",
        "the company's bid for control of a U.S. rival was crushed",
        "the U.S. and Japan reached an agreement on chips",
        "the government seized the block of shares in Manila",
        "unemployment struck Chicago hard",
        "the seamen's strike hit the port of Santos in Brazil",
    ],
)
def test_business_is_no_war(words: str) -> None:
    assert [o for o in found(words) if OUTCOMES[o[0]].two_sided] == []


@pytest.mark.parametrize(
    "words",
    [
        "if Russia invades Ukraine, sanctions will follow",
        "whether Russia plans to invade Ukraine",
        "Britain helps in case Russia plans to invade Ukraine",
        "if its ally is attacked, there will be war",
    ],
)
def test_supposed_attack_is_intended_by_nobody(words: str) -> None:
    assert found(words, THREAT) == []


def test_who_looks_back_on_an_attack_tells_no_intention() -> None:
    assert found("Russia plans to attack Ukraine", "Since the Russian invasion of Ukraine prices rose.") == []


def test_plans_and_warnings_tell_intentions_and_no_events() -> None:
    assert found("Russia could invade Ukraine", THREAT, foretold=True) == [
        ("attack_intended", "Russia", "Ukraine", False)
    ]
    assert found("Russian forces captured the town", WAR, foretold=True) == []


@pytest.mark.parametrize(
    "words",
    [
        "Alder Foods agreed to buy 12 pct of the shares of Brook Mills",
        "Alder Foods agreed to buy a plant",
        "it was agreed to buy Brook Mills",
    ],
)
def test_deal_that_does_not_name_both_companies_or_tells_of_a_part_is_none(words: str) -> None:
    assert found(words, FIRMS) == []


@pytest.mark.parametrize(
    "words",
    [
        "Alder Foods has an interest in acquiring Brook Mills",
        "Alder Foods has sold its shares of Brook Mills",
        "Alder Foods has an option on 12 pct of Brook Mills",
    ],
)
def test_who_wants_or_has_sold_a_part_of_a_company_holds_no_stake_in_it(words: str) -> None:
    assert all(code != "stake" for code, *_ in found(words, FIRMS))


@pytest.mark.parametrize(
    "words",
    [
        "lower interest rates in Japan would help exports",
        "the U.S. urged Japan to cut its discount rate",
        "Japan agreed to reschedule the loans and cut the interest rate",
        "Japan cut its discount rate last year",
        "the oil companies of Canada raised crude prices by 47 cts a barrel",
        "Kuwait cut the price of tickets",
    ],
)
def test_measure_that_is_wished_for_or_past_or_no_states_is_none(words: str) -> None:
    assert found(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "Japan cut its discount rate after a meeting in Marseille",
        "Askul and Hinton heard that Japan cut its discount rate",
        "in Urgench it was told that Japan cut its discount rate",
    ],
)
def test_name_that_begins_like_a_wish_or_a_month_leaves_the_measure(words: str) -> None:
    assert found(words) == [("rate_cut", "Japan", "", False)]


def test_its_rates_are_those_of_a_state_only() -> None:
    assert found("it has cut its base lending rate", speaker="Harlow Bank") == []
    assert found("it has cut its base lending rate", speaker="Japan") == [("rate_cut", "Japan", "", False)]


def test_who_says_that_the_rest_came_back_says_that_some_did_not() -> None:
    assert found("the rest of the Russian planes returned safely to base", WAR) == []


@pytest.mark.parametrize(
    ("words", "count"),
    [("the strike killed 384 Russian soldiers", 384), ("198 soldiers, including three officers, were killed", 198)],
)
def test_what_is_counted_is_the_whole_and_no_part_of_it(words: str, count: int) -> None:
    [outcome] = [o for o in coded(f"{words} near Pokrovsk") if o.code == "killed"]
    assert outcome.count == count


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        (
            "Alder Foods was bidding 542 mln stg for the ordinary shares of Brook Mills",
            ("bids", "alder", "brook", False),
        ),
        ("Brook Mills rose on talk of a possible hostile bid from Alder Foods", ("bids", "alder", "brook", False)),
    ],
)
def test_bid_is_told_in_many_forms(words: str, outcome: Short) -> None:
    assert outcome in found(words, FIRMS)


def test_flash_of_one_line_names_its_companies_without_introducing_them() -> None:
    [bid] = said("", "ALDER GROUP SAYS IT OFFERS TO BUY BROOK MILLS ORDINARY SHARES")
    assert bid.outcome is not None
    assert (bid.outcome.code, bid.outcome.actor, bid.outcome.target) == ("bids", "alder", "brook")


@pytest.mark.parametrize(
    ("words", "code", "actors"),
    [
        (
            "Kuwait and Qatar, along with the smaller Ecuador, are among those producing above quota",
            "above_quota",
            {"Kuwait", "Qatar", "Ecuador"},
        ),
        ("the banks - of Britain, Canada and Japan - intervened", "intervened", {"United Kingdom", "Canada", "Japan"}),
        ("the six - Britain, Canada, France and Japan - intervened", "intervened", {"Japan"}),
        ("Kuwait said that Qatar is producing above its OPEC quota", "above_quota", {"Qatar"}),
    ],
)
def test_measure_of_several_is_each_ones(words: str, code: str, actors: set[str]) -> None:
    told = found(f"{words} in the currency market" if code == "intervened" else words)
    assert {(c, actor) for c, actor, _, _ in told} == {(code, actor) for actor in actors}


def test_resignation_that_something_follows_is_not_told() -> None:
    assert found("the cabinet met following the resignation of Finance Minister Joao Varela") == []
    assert found("he announced the resignation of Finance Minister Joao Varela") == [("resigned", "varela", "", False)]


def test_bank_rumoured_to_be_buying_dollars_intervenes() -> None:
    assert found("the Bank of England to be buying dollars") == [("intervened", "United Kingdom", "", False)]


def test_it_is_the_speaking_company() -> None:
    assert found("it agreed to acquire Brook Mills", FIRMS, speaker="Alder Foods") == [
        ("buys", "alder", "brook", False)
    ]


def test_denied_intention_meets_the_warning_at_its_two_sides() -> None:
    made = said("The United States said Russia planned to invade Ukraine. Russia denied it intends to invade Ukraine.")
    coded = [(s.act, s.outcome.actor, s.subjects[0]) for s in made if s.outcome]
    assert (Act.DENIES, "Russia", "intention:Russia+Ukraine") in coded
    assert {subject for _, _, subject in coded} == {"intention:Russia+Ukraine"}
