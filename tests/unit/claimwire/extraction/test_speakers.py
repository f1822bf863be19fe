import pytest

from claimwire import Act
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
