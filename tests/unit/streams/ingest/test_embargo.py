import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

from claimwire.times import parse_time
from streams.ingest.embargo import Hold
from tests.unit.builders import ninjs
from tests.unit.streams.feeds.cases import CASES

NOON = datetime(2025, 12, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def version(number: int, uri: str = "urn:1", **fields: str) -> bytes:
    return orjson.dumps(ninjs(f"Version {number}.", uri=uri, version=str(number), **fields))


def due(hold: Hold, now: datetime) -> list[bytes]:
    return [value for _, value in hold.due(now)]


def test_items_are_due_when_their_time_has_come_and_never_before(tmp_path: Path) -> None:
    hold = Hold(tmp_path / "held")
    late, early = version(1, "urn:late"), version(1, "urn:early")
    assert due(hold, NOON) == []
    assert hold.take(late, NOON + HOUR, NOON)
    assert hold.take(early, NOON + timedelta(microseconds=1), NOON)
    assert hold.take(early, NOON + timedelta(microseconds=1), NOON)
    assert due(hold, NOON) == []
    assert due(hold, NOON + timedelta(seconds=1)) == [early]
    assert due(Hold(tmp_path / "held"), NOON + DAY) == [early, late]


def test_what_was_cut_short_is_not_due(tmp_path: Path) -> None:
    hold = Hold(tmp_path)
    assert hold.take(version(1), NOON, NOON - HOUR)
    (tmp_path / "20200101T000000Z-x.json.part").write_bytes(b"half")
    assert due(hold, NOON + DAY) == [version(1)]


def test_newer_version_extends_the_embargo_of_its_item(tmp_path: Path) -> None:
    hold = Hold(tmp_path)
    assert hold.take(version(1), NOON, NOON - HOUR)
    assert hold.take(version(2), NOON + DAY, NOON - HOUR)
    assert due(hold, NOON + HOUR) == []
    assert due(hold, NOON + 2 * DAY) == [version(2)]


def test_newer_version_under_the_same_embargo_is_the_only_one_sent(tmp_path: Path) -> None:
    hold = Hold(tmp_path)
    assert hold.take(version(1), NOON, NOON - HOUR)
    assert hold.take(version(2), NOON, NOON - HOUR)
    assert due(hold, NOON + HOUR) == [version(2)]


def test_older_version_that_comes_late_waits_for_nothing_and_is_never_sent(tmp_path: Path) -> None:
    hold = Hold(tmp_path)
    assert hold.take(version(2), NOON + DAY, NOON)
    assert hold.take(version(1), NOON + HOUR, NOON)
    assert hold.take(version(1), None, NOON)
    assert due(hold, NOON + 2 * HOUR) == []
    assert due(hold, NOON + 2 * DAY) == [version(2)]


@pytest.mark.parametrize("status", ["canceled", "withheld", "usable"])
def test_newer_version_without_an_embargo_goes_out_and_what_waited_never_does(tmp_path: Path, status: str) -> None:
    hold = Hold(tmp_path)
    assert hold.take(version(1), NOON + HOUR, NOON)
    assert not hold.take(version(2, pubStatus=status), None, NOON)
    assert due(hold, NOON + DAY) == []


def test_two_versions_that_a_crash_left_give_the_newer_one_only(tmp_path: Path) -> None:
    one, other, both = Hold(tmp_path / "1"), Hold(tmp_path / "2"), tmp_path / "both"
    both.mkdir()
    one.take(version(1), NOON, NOON - HOUR)
    other.take(version(2), NOON + DAY, NOON - HOUR)
    for folder in (tmp_path / "1", tmp_path / "2"):
        for file in folder.glob("*.json"):
            file.rename(both / file.name)
    assert due(Hold(both), NOON + HOUR) == []
    assert due(Hold(both), NOON + 2 * DAY) == [version(2)]


def test_version_taken_while_another_one_is_sent_is_not_forgotten_with_it(tmp_path: Path) -> None:
    hold = Hold(tmp_path)
    hold.take(version(1), NOON, NOON - HOUR)
    [(file, _)] = hold.due(NOON + HOUR)
    hold.take(version(2), NOON, NOON - HOUR)
    file.unlink(missing_ok=True)
    assert due(hold, NOON + HOUR) == [version(2)]


def test_case_of_an_embargo_extended_and_of_one_corrected(tmp_path: Path) -> None:
    subprocess.run([sys.executable, CASES / "embargo-make.py"], cwd=tmp_path, check=True, env=dict(os.environ))
    made = [(tmp_path / f"emb{number}.json").read_bytes() for number in (1, 2, 3, 4)]
    hold, now = Hold(tmp_path / "held"), parse_time(orjson.loads(made[0])["versionCreated"])
    for value in made:
        assert hold.take(value, parse_time(orjson.loads(value)["embargoed"]), now)
    assert due(hold, now + HOUR) == [made[3]]
    assert due(hold, now + 2 * DAY) == [made[3], made[1]]
