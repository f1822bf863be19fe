import pytest

from claimwire import Act
from claimwire.extraction.speakers.speakers import Speakers, is_outlet
from claimwire.places import Gazetteer
from claimwire.statements import MEDIA, OUTLET, UNNAMED
from tests.unit.builders import said

TOOK = "Russian forces had captured Pokrovsk"


@pytest.mark.parametrize(
    ("body", "side"),
    [
        (f"The Kremlin said {TOOK}.", "Russia"),
        (f"Kyiv's troops said {TOOK}.", "Ukraine"),
        (f"President Volodymyr Zelenskyy said {TOOK}.", "Ukraine"),
        (f"The White House said {TOOK}.", "United States"),
        (f"Russian Telegram channels said {TOOK}.", f"{MEDIA}Russia"),
        (f"Estuary Monitor said {TOOK}.", "Estuary Monitor"),
        (f"An official said {TOOK}.", "Russia"),
        (f"Russia's top commander, Oleg Ivanov, met them. Ivanov said {TOOK}.", "Russia"),
        (f"The Ukrainian corps in Pokrovsk fought on. The corps said {TOOK}.", "Ukraine"),
        (f"The Kremlin said it was busy. It said {TOOK}.", "Russia"),
        (f"{TOOK}, Russia said.", "Russia"),
        ("Pokrovsk fell, Russia said.", "Russia"),
        (f"{TOOK}, according to Russia.", "Russia"),
        (f"According to Russia, {TOOK}.", "Russia"),
        (f"“{TOOK},” Gerasimov said.", "Russia"),
        (f"“{TOOK},” said Gerasimov.", "Russia"),
        (f"{TOOK}.", f"{OUTLET}Meridian"),
    ],
)
def test_speaker_is_placed_on_a_side(body: str, side: str) -> None:
    assert [s.side for s in said(body) if s.outcome] == [side]


def test_unnamed_source_stays_unnamed() -> None:
    made = said("A source said that a cargo plane had crashed near Voronezh.")
    assert [s.side for s in made if s.outcome] == [UNNAMED]


def test_quote_that_runs_over_sentences_has_one_speaker() -> None:
    made = said("“We hold Pokrovsk. Our troops repelled an attack near Siversk,” Ukraine's General Staff said.")
    assert [(s.side, s.outcome.code) for s in made if s.outcome] == [("Ukraine", "holds"), ("Ukraine", "repelled")]


def test_outlets_own_verdict_denies_in_its_own_voice() -> None:
    made = said(f"Gerasimov said {TOOK}, something that was untrue.")
    assert [(s.act, s.side) for s in made] == [(Act.ASSERTS, "Russia"), (Act.DENIES, f"{OUTLET}Meridian")]


@pytest.mark.parametrize(
    "body",
    [
        "Moscow's announcements from the front have often run ahead of events.",
        "Russia has made claims that have turned out to be false.",
        "“The claim was false,” nobody wrote.",
    ],
)
def test_remark_on_a_track_record_is_no_verdict(body: str) -> None:
    made = said(f"Russia said {TOOK}.\n\n{body}")
    assert [s for s in made if s.act is Act.DENIES and s.side.startswith(OUTLET)] == []


def speakers(body: str) -> list[str]:
    """The sides of all who are named as speaking in a text, in its order."""
    return [s.side for s in said(body) if s.cue]


@pytest.mark.parametrize(
    ("body", "sides"),
    [
        ("American Express Co said sales had risen. American Express said costs fell.", ["American Express"] * 2),
        ("British Petroleum Co Plc said it had found oil. BP said the field was large.", ["British Petroleum"] * 2),
        ("Japan Air Lines Co said it had bought five jets.", ["Japan Air Lines"]),
        ("China Steel Corp said output had risen.", ["China Steel"]),
        ("U.S. Steel Corp said orders had fallen. U.S. Steel said costs had risen.", ["U.S. Steel"] * 2),
        ("General Motors Corp said it had cut output. GM said sales had fallen.", ["General Motors"] * 2),
        ("Deutsche Bank AG said it had bought the unit.", ["Deutsche Bank"]),
        ("Bank of Japan officials said the yen had stabilised.", ["Japan"]),
        ("The Bank of Japan said the yen had stabilised.", ["Japan"]),
        ("The U.S. Commerce Department said orders had fallen.", ["United States"]),
    ],
)
def test_state_in_the_name_of_a_company_does_not_speak(body: str, sides: list[str]) -> None:
    assert speakers(body) == sides


@pytest.mark.parametrize(
    "later",
    [
        "The company said sales had fallen.",
        "It said sales had fallen.",
        "A spokesman said sales had fallen.",
        "A company spokesman said sales had fallen.",
        "Sales had fallen, the company said.",
        "Company officials said sales had fallen.",
        "Its chairman, John Smith, said sales had fallen.",
        "John Smith, chairman of Acme, said sales had fallen.",
        "Acme spokesman John Smith said sales had fallen.",
    ],
)
def test_company_goes_by_many_names(later: str) -> None:
    assert speakers(f"Acme Corp said it had lost money. {later}") == ["Acme", "Acme"]


LATER = {
    "vice president": (
        """Conoco Inc said output fell.
        Archie Dunham, vice president of chemicals at Conoco, said prices had fallen.
        Dunham said demand was weak.""",
        ["Conoco"] * 3,
    ),
    "vice president after his cue": (
        """“Demand was weak,” said Archie Dunham, vice president of chemicals at Conoco.
        Dunham said supply had risen.""",
        ["Conoco"] * 2,
    ),
    "minister of the dateline's country": (
        """TOKYO, March 3 - Finance Minister Kiichi Miyazawa said the yen had risen too fast.
        Miyazawa said that rates had fallen.""",
        ["Japan"] * 2,
    ),
    "two ministers in one sentence": (
        """Japan's Finance Minister Kiichi Miyazawa met U.S. Treasury Secretary James Baker.
        Baker said the dollar was stable. Miyazawa said the yen had risen too fast.""",
        ["United States", "Japan"],
    ),
    "general of a staff, at an alliance": (
        """A NATO spokesman said ambassadors had met. General Hakan Demir, Secretary General of the Turkish General
        Staff, said the ship would sail. Demir said it was unarmed.""",
        ["NATO", "Turkey", "Turkey"],
    ),
    "spokesman of a union, at a company": (
        """Acme Corp said it offered more pay. A union spokesman said the offer was too low.
        The VZA official said the works was shut.""",
        ["Acme", UNNAMED, "VZA"],
    ),
    "he, after two": (
        """Iran's Foreign Minister Ali Akbar Velayati said the ship was safe.
        Iraqi President Saddam Hussein said it had sunk. He said the crew had died.""",
        ["Iran", "Iraq", "Iraq"],
    ),
    "he, after a man and a company": (
        """John Smith, chairman of Acme Corp, said talks were held. Orion Inc said it knew of none.
        He said Orion was wrong.""",
        ["Acme", "Orion", "Acme"],
    ),
    "it, after two companies": (
        """Acme Corp said that talks were held. Orion Inc denied the report.
        It said that no talks were held.""",
        ["Acme", "Orion", "Orion"],
    ),
    "the company, after an analyst of another": (
        """Acme Corp said sales fell. John Smith, an analyst at Orion Securities, said Acme was cheap.
        He said profit had grown. The company said costs had fallen.""",
        ["Acme", "Orion Securities", "Orion Securities", "Acme"],
    ),
    "his lawyer": (
        "John Smith said he was innocent. His lawyer denied that Smith had taken money.",
        ["John Smith"] * 2,
    ),
}


@pytest.mark.parametrize(("body", "sides"), LATER.values(), ids=LATER)
def test_later_mention_is_who_was_introduced(body: str, sides: list[str]) -> None:
    assert speakers(" ".join(body.split())) == sides


@pytest.mark.parametrize(
    "source",
    [
        "Traders",
        "Tokyo traders",
        "Japanese traders",
        "Analysts",
        "One analyst",
        "Dealers in London",
        "Western diplomats in Tehran",
        "Shipping sources in Bahrain",
        "Union leaders",
        "Rumours",
    ],
)
def test_people_without_a_name_speak_for_no_state(source: str) -> None:
    assert speakers(f"{source} said that the price of oil had fallen.") == [UNNAMED]


@pytest.mark.parametrize(
    ("source", "side"),
    [
        ("Iranian diplomats in London", "Iran"),
        ("Japanese government sources", "Japan"),
        ("U.S. officials", "United States"),
        ("A White House spokesman", "United States"),
        ("The United Auto Workers union", "United Auto Workers"),
        ("Jane Smith, analyst at Drexel Burnham Lambert Inc,", "Drexel Burnham Lambert"),
    ],
)
def test_people_speak_for_the_body_that_is_named(source: str, side: str) -> None:
    assert speakers(f"{source} said that the price of oil had fallen.") == [side]


@pytest.mark.parametrize(
    ("source", "side"),
    [
        ("The New York Times", "The New York Times"),
        ("The Financial Times", "The Financial Times"),
        ("The Nihon Keizai newspaper", "Nihon Keizai"),
        ("Interfax", "Interfax"),
        ("Kyodo News Service", "Kyodo News Service"),
        ("Iran's news agency IRNA", "IRNA"),
    ],
)
def test_named_newspaper_speaks_for_itself(source: str, side: str) -> None:
    assert speakers(f"{source} said that the minister had resigned.") == [side]


@pytest.mark.parametrize(
    ("source", "outlet", "itself"),
    [
        ("Springfield", "Springfield News Agency", True),
        ("The Springfield Post", "Springfield Post", True),
        ("Springfield", "Springfield Post", False),
        ("Springfield's mayor", "Springfield News", False),
        ("Russia", "Russia News Agency", False),
        ("", "", False),
    ],
)
def test_outlet_names_itself_in_whole_or_without_its_kind(source: str, outlet: str, itself: bool) -> None:
    assert is_outlet(source, outlet) == itself


def test_outlet_that_names_itself_speaks_as_the_outlet_unless_it_denies() -> None:
    body = "Baltic said it had seen the letter. Baltic denied that it had paid for it."
    sides = {s.act: s.side for s in said(body, outlet="Baltic News Service") if s.cue}
    assert sides == {Act.ASSERTS: f"{OUTLET}Baltic News Service", Act.DENIES: "Baltic"}


@pytest.mark.parametrize(
    ("source", "side"),
    [
        ("Russia's ambassador to the US Anatoly Antonov", "Russia"),
        ("Russia's ambassador to the United States", "Russia"),
        ("Estonia's envoy at the United Nations, Sven Jurgenson,", "Estonia"),
        ("The Ukrainian ambassador to Poland", "Ukraine"),
    ],
)
def test_ambassador_speaks_for_the_state_that_sent_him(source: str, side: str) -> None:
    [denial] = said(f"The US has accused Russia. {source} denied the report.")[-1:]
    assert denial.side == side


@pytest.mark.parametrize("where", ["at a press conference", "at a press briefing", "in a press statement"])
def test_who_speaks_to_the_press_is_not_the_press(where: str) -> None:
    [denial] = said(f"The British government {where} denied the report.")
    assert denial.side == "United Kingdom"


@pytest.mark.parametrize(
    ("source", "side"),
    [
        ("Ivan Petrov, a former surgeon on trial in France who has admitted it,", "Ivan Petrov"),
        ("Martin Reed, who has offered to buy Acme Corp for a song,", "Martin Reed"),
        ("American officials cited by Reuters", "United States"),
        ("a source familiar with the matter, cited by CNN", UNNAMED),
        ("Former National Safety Board investigator Charley Reed", "National Safety Board"),
        ("International Homes inc", "International Homes"),
        ("the council", "Leeds City Council"),
        ("The White House", "United States"),
        ("The Palestinian foreign ministry", "Palestinians"),
        ("Texas Governor Greg Reed", "Texas"),
        ("Marlow Telephone Co of Stockholm", "Marlow Telephone"),
        ("Secretary of the National Security Council of Ukraine", "Ukraine"),
        ("Army spokesman Col Reed", "Israel"),
    ],
)
def test_what_is_only_told_of_a_speaker_gives_him_no_side(source: str, side: str) -> None:
    body = "JERUSALEM, May 2 - Israel met. Leeds City Council met. Acme Corp fell. International Homes inc rose."
    assert Speakers(Gazetteer("", body), "", body).resolve(source)[1] == side


def test_photos_credit_is_no_part_of_a_speaker() -> None:
    speakers = Speakers(Gazetteer(), "", "")
    assert speakers.resolve("AP Photo/Jane Roe, File) Allies of Doe")[0] == "Allies of Doe"
    assert speakers.resolve("(AP/Jane Roe) Ukraine") == ("Ukraine", "Ukraine")
    assert speakers.resolve("the Islamic State (IS) group")[0] == "the Islamic State (IS) group"


def test_speaker_before_a_noun_has_no_possessive() -> None:
    assert Speakers(Gazetteer(), "", "").resolve("the sheriff's")[0] == "the sheriff"
    assert Speakers(Gazetteer(), "", "").resolve("Trump's")[0] == "Trump"
    assert Speakers(Gazetteer(), "", "").resolve("Moody's")[0] == "Moody's"
