import pytest

from claimwire.statements import Outcome
from tests.unit.builders import coded


def short(words: str, **reader: object) -> list[tuple[str, str, str, bool]]:
    return [(o.code, o.actor, o.place, o.negated) for o in coded(words, **reader)]


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("Russian forces have captured Pokrovsk", ("captured", "Russia", "pokrovsk.ua", False)),
        ("Pokrovsk has been captured by Russian forces", ("captured", "Russia", "pokrovsk.ua", False)),
        ("Pokrovsk has fallen to Russia", ("captured", "Russia", "pokrovsk.ua", False)),
        ("the capture of Pokrovsk by Russian troops", ("captured", "Russia", "pokrovsk.ua", False)),
        ("Russian troops took control of Pokrovsk", ("captured", "Russia", "pokrovsk.ua", False)),
        ("Russian forces have not captured Pokrovsk", ("captured", "Russia", "pokrovsk.ua", True)),
        ("Ukrainian troops hold the north of Pokrovsk", ("holds", "Ukraine", "pokrovsk.ua", False)),
        ("Pokrovsk is in Russian hands", ("holds", "Russia", "pokrovsk.ua", False)),
        ("Ukrainian troops have withdrawn from Pokrovsk", ("withdrew", "Ukraine", "pokrovsk.ua", False)),
        ("Ukrainian troops drove the Russians out of Pokrovsk", ("cleared", "Ukraine", "pokrovsk.ua", False)),
        ("Russian troops have encircled Kupyansk", ("encircled", "Russia", "kupyansk.ua", False)),
        ("Ukrainian forces repelled assaults near Siversk", ("repelled", "Ukraine", "siversk.ua", False)),
        ("Ukrainian drones struck a depot near Valuyki", ("struck", "Ukraine", "valuyki.ru", False)),
        ("Ukraine shot down nine drones over Kupyansk", ("shot_down", "Ukraine", "kupyansk.ua", False)),
        ("Russian forces are advancing", ("advanced", "Russia", "", False)),
    ],
)
def test_words_are_coded(words: str, outcome: tuple[str, str, str, bool]) -> None:
    assert outcome in short(words)


@pytest.mark.parametrize(
    "words",
    [
        "Russian forces want to capture Pokrovsk",
        "Russian forces may capture Pokrovsk",
        "Russian forces would have captured Pokrovsk",
        "if Russian forces captured Pokrovsk",
        "Russian forces tried to capture Pokrovsk",
        "Russian forces plan to capture Pokrovsk",
        "Have Russian forces captured Pokrovsk?",
        "the battle for Pokrovsk",
        "Should Pokrovsk fall, supplies would end",
        "Ukraine holds elections",
        "Ukraine holds talks with Russia",
        "prices fell in Pokrovsk shops",
    ],
)
def test_what_is_wished_planned_asked_or_supposed_is_no_fact(words: str) -> None:
    assert short(words) == []


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("Ukraine shot down 47 drones over Kupyansk", 47),
        ("Ukraine shot down 1,047 drones over Kupyansk", 1047),
        ("Ukraine shot down nine drones over Kupyansk", 9),
        ("six people were killed in Kupyansk", 6),
        ("Ukraine shot down drones over Kupyansk", None),
    ],
)
def test_numbers_are_counted(words: str, count: int | None) -> None:
    assert [o.count for o in coded(words)][:1] == [count]


@pytest.mark.parametrize(
    ("words", "partial"),
    [
        ("Russian troops control much of Pokrovsk", True),
        ("Russian troops captured the outskirts of Pokrovsk", True),
        ("Russian troops captured the northern part of Pokrovsk", True),
        ("Russian troops captured Pokrovsk", False),
        ("Russian troops captured Pokrovsk of southern Partizan district", False),
    ],
)
def test_part_of_a_place_is_told_from_the_whole(words: str, partial: bool) -> None:
    [outcome] = coded(words)
    assert outcome.partial is partial


def test_we_and_it_are_the_speakers_side() -> None:
    assert [o.actor for o in coded("we hold Pokrovsk", speaker_side="Ukraine")] == ["Ukraine"]
    assert [o.actor for o in coded("it captured Pokrovsk", speaker_side="Russia")] == ["Russia"]


def test_the_city_is_the_one_that_was_named_last() -> None:
    assert [o.place for o in coded("Russian forces took the city", nearest="kupyansk.ua", focus="pokrovsk.ua")] == [
        "kupyansk.ua"
    ]
    assert [o.place for o in coded("Russian forces took the city", focus="pokrovsk.ua")] == ["pokrovsk.ua"]


def test_opponent_is_the_other_side_at_war() -> None:
    assert coded("Russian forces have captured Pokrovsk") == [
        Outcome(code="captured", actor="Russia", target="Ukraine", place="pokrovsk.ua")
    ]


def test_village_that_no_gazetteer_holds_is_a_place_all_the_same() -> None:
    assert [o.place for o in coded("Russian troops have captured Stara Vyshnia")] == ["stara-vyshnia"]
