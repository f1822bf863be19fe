"""Headlines: what the tagger finds in them, put right."""

import pytest

from claimwire import Act
from claimwire.extraction.attribution.attributions import attributions, tag
from claimwire.extraction.attribution.headlines import put_right
from tests.unit.builders import said

FLASHES = [
    ("IRAQ SAYS NO AIRCRAFT LOST", Act.ASSERTS, "Iraq", True),
    ("TAFT DENIES REPORT OF MERGER", Act.DENIES, "Taft", False),
    ("TAFT <TFB> DENIES REPORT OF MERGER", Act.DENIES, "Taft", False),
    ("ACME SAID TO BE IN TALKS", Act.ASSERTS, "unnamed", False),
    ("ORION SEEN RAISING BID FOR ACME", Act.PLANS, "unnamed", False),
    ("FED EXPECTED TO ADD RESERVES", Act.PLANS, "unnamed", False),
    ("JAPAN MINISTER SAYS YEN RISE TOO FAST", Act.ASSERTS, "Japan", False),
    ("TALKS WITH ORION OFF, ACME SAYS", Act.ASSERTS, "Acme", False),
    ("BAKER SAYS NO COMMENT ON DOLLAR", Act.DECLINES, "Baker", True),
    ("BAKER DECLINES COMMENT ON DOLLAR", Act.DECLINES, "Baker", False),
    ("IRAN DENIES ATTACKING TANKER", Act.DENIES, "Iran", False),
    ("U.S. URGES JAPAN TO OPEN MARKETS", Act.ASKS, "United States", False),
    ("ACME REFUSES TO SELL UNIT", Act.REFUSES, "Acme", False),
    ("ACME REJECTS BID BY ORION", Act.REFUSES, "Acme", False),
    ("ACME SEES HIGHER EARNINGS", Act.PLANS, "Acme", False),
    ("Kremlin denies troops have left city", Act.DENIES, "Russia", False),
    ("Pokrovsk has fallen: Gerasimov", Act.ASSERTS, "Russia", False),
    ("“We hold the north” - Ukraine", Act.ASSERTS, "Ukraine", False),
    ("Ukraine war: Russia says it has taken Pokrovsk", Act.ASSERTS, "Russia", False),
]


@pytest.mark.parametrize(("headline", "act", "side", "negative"), FLASHES, ids=[f[0] for f in FLASHES])
def test_headline_is_one_statement(headline: str, act: Act, side: str, negative: bool) -> None:
    assert [(s.act, s.side, s.negative) for s in said("", headline)] == [(act, side, negative)]


@pytest.mark.parametrize(
    "headline",
    ["ACME CALLS OFF BID FOR ORION", "ACME OFFERS 20 DLRS A SHARE FOR ORION", "ACME CORP <ACM> 4TH QTR NET"],
)
def test_deed_is_no_word(headline: str) -> None:
    assert [s for s in said("", headline) if s.cue] == []


def test_two_speakers_of_a_headline_stay_apart() -> None:
    made = said("", "Russia says it took Pokrovsk; Ukraine denies it")
    assert [(s.act, s.side) for s in made] == [(Act.ASSERTS, "Russia"), (Act.DENIES, "Ukraine")]


def test_of_a_passive_the_one_spoken_of_is_content() -> None:
    headline = "ACME SAID TO BE IN TALKS"
    [a] = put_right(headline, attributions(tag(headline, ""))[0])
    assert a.source is None
    assert [headline[slice(*span)] for span in a.content] == ["ACME", "TO BE IN TALKS"]


@pytest.mark.parametrize(
    ("headline", "words"),
    [
        ("Acme says profit fell", ("Acme", "says", "profit fell")),
        ("Profit fell, Acme says", ("Acme", "says", "Profit fell")),
    ],
)
def test_plain_headline_is_read_by_its_words_where_the_tagger_finds_nothing(
    headline: str, words: tuple[str, str, str]
) -> None:
    [a] = put_right(headline, [])
    assert a.source is not None
    assert (headline[slice(*a.source)], headline[slice(*a.cue)], headline[slice(*a.content[0])]) == words


def test_headline_in_which_nobody_speaks_has_no_attribution() -> None:
    assert list(put_right("Rain falls on London", [])) == []
