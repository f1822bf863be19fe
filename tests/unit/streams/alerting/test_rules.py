from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from claimwire import Ledger, Status, StatusChanged
from claimwire.status_events import Gone
from claimwire.track_records import track_records
from streams.alerting.rules import distance_km, load_rules
from streams.errors import SettingsInvalid
from tests.unit.builders import item, wire


@pytest.fixture(scope="module")
def event() -> StatusChanged:
    """Russia's claim to have captured Pokrovsk goes from unverified to disputed."""
    made = Ledger()
    made.add(item("Russian forces have captured Pokrovsk, Russia said.", uri="urn:claim"))
    denial = item("Ukraine denied that Pokrovsk had fallen.", uri="urn:denial", urgency=3)
    [event] = made.add(denial)
    return event


RECORD = next(
    record
    for record in track_records(
        {"side": "Russia", "status": status} for status in ("refuted", "retracted", "refuted", "confirmed", "disputed")
    )
)
"""Of Russia: four claims are settled, of which three failed."""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return tmp_path / "rules.toml"


@pytest.mark.parametrize(
    "asks",
    [
        "",
        'to = ["disputed", "refuted"]',
        'from = ["unverified"]',
        'side = "russia"',
        'place = "Pokrovsk"',
        'words = ["oil depot", "captured pokrovsk"]',
        'about = "ukraine"',
        'subject = "place:pokrovsk.ua"',
        "near = { latitude = 48.6, longitude = 37.2, km = 40 }",
        "urgency = 3",
        "record = { settled = 4, failed = 0.5 }",
        'to = ["disputed"]\nfrom = ["unverified"]\nside = "Russia"\nplace = "pokrovsk.ua"',
    ],
)
def test_rule_matches_what_it_asks_for(rules: Path, event: StatusChanged, asks: str) -> None:
    rules.write_text(f'[[rule]]\nname = "r"\n{asks}\n')
    [rule] = load_rules(rules)
    assert rule.matches(event, RECORD)


@pytest.mark.parametrize(
    "asks",
    [
        'to = ["confirmed"]',
        'from = ["disputed"]',
        'side = "Ukraine"',
        'place = "kupyansk"',
        'words = ["oil depot"]',
        'about = "Belarus"',
        'subject = "place:kupyansk.ua"',
        "near = { latitude = 48.6, longitude = 37.2, km = 30 }",
        "urgency = 2",
        "record = { settled = 5, failed = 0.5 }",
        "record = { settled = 4, failed = 0.8 }",
        'to = ["disputed"]\nside = "Ukraine"',
    ],
)
def test_rule_does_not_match_anything_else(rules: Path, event: StatusChanged, asks: str) -> None:
    rules.write_text(f'[[rule]]\nname = "r"\n{asks}\n')
    [rule] = load_rules(rules)
    assert not rule.matches(event, RECORD)


def test_words_of_the_headline_count_like_those_of_the_claim(rules: Path, event: StatusChanged) -> None:
    rules.write_text('[[rule]]\nname = "r"\nwords = ["fall of the north"]\n')
    [rule] = load_rules(rules)
    headed = replace(event, claim=replace(event.claim, headline="Kyiv fears the Fall of the North"))
    assert (rule.matches(headed), rule.matches(event)) == (True, False)


def test_new_claim_has_no_status_before_it(rules: Path) -> None:
    [first] = Ledger().add(wire("Russian forces have captured Pokrovsk, Russia said.")[0])
    rules.write_text('[[rule]]\nname = "r"\nfrom = ["unverified"]\n')
    [rule] = load_rules(rules)
    assert not rule.matches(first)


@pytest.mark.parametrize("gone", ["superseded", "dropped"])
def test_claim_that_nobody_has_taken_back_is_left_out_unless_asked_for(
    rules: Path, event: StatusChanged, gone: str
) -> None:
    rules.write_text(
        '[[rule]]\nname = "all"\n[[rule]]\nname = "taken back"\nto = ["retracted"]\n'
        f'[[rule]]\nname = "asked for"\nto = ["{gone}"]\n'
    )
    withdrawn = replace(event, status=Status.RETRACTED, gone=Gone.WITHDRAWN)
    meant = {e: [rule.name for rule in load_rules(rules) if rule.matches(e)] for e in (event, withdrawn)}
    assert meant == {event: ["all"], withdrawn: ["all", "taken back"]}
    told = [rule.name for rule in load_rules(rules) if rule.matches(replace(withdrawn, gone=Gone(gone)))]
    assert told == ["asked for"]


@pytest.mark.parametrize(
    ("asks", "overtaken"),
    [
        ("", True),
        ('to = ["unverified"]', True),
        ('to = ["disputed"]', False),
        ('to = ["unverified"]\nfrom = ["confirmed"]\nurgency = 1\nrecord = { settled = 9 }', True),
        ('to = ["unverified"]\nside = "Ukraine"', False),
    ],
)
def test_change_overtakes_what_a_rule_may_have_asked_for_before_it(
    rules: Path, event: StatusChanged, asks: str, overtaken: bool
) -> None:
    rules.write_text(f'[[rule]]\nname = "r"\n{asks}\n')
    [rule] = load_rules(rules)
    assert rule.is_overtaken_by(event) is overtaken
    assert not rule.is_overtaken_by(replace(event, previous=None))


def test_claim_that_comes_back_overtakes_its_end_by_whatever_word(rules: Path, event: StatusChanged) -> None:
    rules.write_text('[[rule]]\nname = "r"\nto = ["superseded"]\n')
    [rule] = load_rules(rules)
    assert rule.is_overtaken_by(replace(event, previous=Status.RETRACTED))


def test_no_file_is_no_rules(rules: Path) -> None:
    assert load_rules(None) == ()
    rules.write_text("")
    assert load_rules(rules) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[rule", "is not TOML"),
        ("[[rule]]\n", r"rule 1, name"),
        ('[[rule]]\nname = "r"\nto = ["wrong"]\n', r"rule 1, to"),
        ('[[rule]]\nname = "r"\nplce = "pokrovsk"\n', r"rule 1, plce"),
        ('[[rule]]\nname = "r"\nwebhook = "not a url"\n', r"rule 1, webhook"),
        ('[[rules]]\nname = "r"\n', "rules"),
        ('[[rule]]\nname = "r"\n[[rule]]\nname = "r"\n', "two rules are called 'r'"),
        ('[[rule]]\nname = "r"\nnear = { latitude = 91, longitude = 0, km = 1 }\n', r"rule 1, near, latitude"),
        ('[[rule]]\nname = "r"\nquiet = "22:00"\n', r"rule 1, quiet: is no stretch of hours"),
        ('[[rule]]\nname = "r"\nquiet = "22:00-25:00"\n', r"rule 1, quiet, end"),
        ('[[rule]]\nname = "r"\ntimezone = "Mars"\n', r"rule 1, timezone: 'Mars' is no time zone"),
        ('[[rule]]\nname = "r"\nsecret = "whsec_c2hvcnQ="\n', r"rule 1, secret: is no whsec_"),
        ('[[rule]]\nname = "r"\nat_most = 0\n', r"rule 1, at_most"),
    ],
)
def test_file_that_holds_no_rules_is_named_with_the_place_in_it(rules: Path, text: str, message: str) -> None:
    rules.write_text(text)
    with pytest.raises(SettingsInvalid, match=message):
        load_rules(rules)


def test_missing_file_is_named(rules: Path) -> None:
    with pytest.raises(SettingsInvalid, match=r"rules\.toml"):
        load_rules(rules)


def test_rule_that_asks_for_a_record_does_not_match_a_side_without_one(rules: Path, event: StatusChanged) -> None:
    rules.write_text('[[rule]]\nname = "r"\nrecord = { settled = 1 }\n')
    [rule] = load_rules(rules)
    assert not rule.matches(event, None)


@pytest.mark.parametrize("where", ["name = 3", 'secret = "whsec_hushhush"', 'notify = "mailto://user:hushhush@x"'])
def test_error_does_not_tell_what_is_secret(rules: Path, where: str) -> None:
    rules.write_text(f'[[rule]]\nname = "r"\nplce = "x"\nnotify = ["mailto://user:hushhush@x"]\n{where}\n')
    with pytest.raises(SettingsInvalid) as raised:
        load_rules(rules)
    assert "hushhush" not in str(raised.value)


def test_rule_does_not_show_what_is_secret(rules: Path) -> None:
    secret = "whsec_aHVzaGh1c2hodXNoaHVzaGh1c2hodXNo"
    hook = f'webhook = "http://127.0.0.1/"\nsecret = "{secret}"'
    rules.write_text(f'[[rule]]\nname = "r"\nnotify = ["mailto://user:hushhush@x"]\n{hook}\n')
    [rule] = load_rules(rules)
    assert "hushhush" not in repr(rule)
    assert secret not in repr(rule)


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [((50.45, 30.52), (55.75, 37.62), 756), ((0, 179.5), (0, -179.5), 111), ((90, 0), (-90, 0), 20015)],
)
def test_distances_are_those_of_the_globe(one: tuple[float, float], other: tuple[float, float], km: float) -> None:
    assert distance_km(*one, *other) == pytest.approx(km, rel=0.01)


@pytest.mark.parametrize(
    ("hours", "quiet", "awake"),
    [
        ("22:00-07:00", ["22:00", "23:59", "00:00", "06:59"], ["07:00", "12:00", "21:59"]),
        ("12:00-13:00", ["12:30"], ["11:59", "13:00"]),
    ],
)
def test_quiet_hours_may_run_over_midnight(rules: Path, hours: str, quiet: list[str], awake: list[str]) -> None:
    rules.write_text(f'[[rule]]\nname = "r"\nquiet = "{hours}"\n')
    [rule] = load_rules(rules)
    assert rule.quiet
    for clock, holds in [*((c, True) for c in quiet), *((c, False) for c in awake)]:
        assert rule.quiet.holds(datetime.fromisoformat(f"2025-12-01T{clock}:00Z")) is holds
