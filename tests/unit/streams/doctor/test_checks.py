import re
from pathlib import Path

import pytest

from streams.doctor.checks import (
    TESTED,
    Check,
    CheckState,
    FoundTopic,
    Through,
    check_clock,
    check_cluster,
    check_group,
    check_lag,
    check_space,
    check_topics,
    check_versions,
)
from streams.settings import Settings

LOCK = (Path(__file__).parents[4] / "requirements.lock").read_text("utf8")
WANTED = {"news.items": {"retention.ms": "-1"}, "claims.status": {"retention.ms": "7"}}
GOOD = FoundTopic(partitions=4, copies=1, leaderless=0, behind=0, config={"retention.ms": "-1"})


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CLAIMWIRE_{name.upper()}", raising=False)


def states(checks: list[Check]) -> list[CheckState]:
    return [check.state for check in checks]


def test_releases_that_count_as_tested_are_those_of_the_lock() -> None:
    for name, version in TESTED.items():
        if name != "python":
            assert re.search(rf"^{name}=={re.escape(version)}\b", LOCK, re.MULTILINE), name


@pytest.mark.parametrize(
    ("found", "state"),
    [
        ({"python": "3.11.9", "faust-streaming": "0.15.3", "rocksdict": "9"}, CheckState.OK),
        ({"python": "3.12.1"}, CheckState.WARNING),
        ({"aiokafka": "0.14.1"}, CheckState.WARNING),
        ({"faust-streaming": "0.15.30"}, CheckState.FAILED),
        ({"aiokafka": "0.15.0"}, CheckState.FAILED),
    ],
)
def test_other_releases_than_the_tested_ones_are_told_and_fail_where_the_worker_does(
    found: dict[str, str], state: CheckState
) -> None:
    assert states(check_versions(found)) == [state]


@pytest.mark.parametrize(
    ("brokers", "copies", "state"),
    [(1, 1, CheckState.OK), (3, 3, CheckState.OK), (3, 1, CheckState.WARNING), (1, 3, CheckState.FAILED)],
)
def test_copies_must_fit_the_cluster(brokers: int, copies: int, state: CheckState) -> None:
    assert check_cluster(brokers, Settings(replication=copies)).state is state


def test_topics_that_are_missing_unserved_or_set_otherwise_are_named() -> None:
    settings = Settings(security_protocol="SSL", broker="kafka:9093")
    bad = FoundTopic(partitions=4, copies=2, leaderless=1, behind=2, config={"retention.ms": "8"})
    checks = check_topics(WANTED, {"claims.status": bad}, settings)
    assert [(c.name, c.state) for c in checks] == [
        ("topics", CheckState.OK),
        ("topic news.items", CheckState.FAILED),
        ("topic claims.status", CheckState.FAILED),
        ("topic claims.status", CheckState.WARNING),
        ("topic claims.status", CheckState.FAILED),
    ]
    assert checks[0].found == "0 of 2 are as the table says"
    assert checks[-1].remedy == (
        "kafka-configs.sh --bootstrap-server kafka:9093 --command-config client.properties --alter "
        "--entity-type topics --entity-name claims.status --add-config retention.ms=7"
    )


def test_topics_as_the_table_has_them_are_well_and_none_at_all_are_yet_to_be_made() -> None:
    assert states(check_topics({"news.items": WANTED["news.items"]}, {"news.items": GOOD}, Settings())) == [
        CheckState.OK
    ]
    assert states(check_topics(WANTED, {}, Settings())) == [CheckState.WARNING]


@pytest.mark.parametrize(
    ("state", "members", "lag", "told"),
    [
        ("Stable", 2, 9, CheckState.OK),
        ("PreparingRebalance", 2, 0, CheckState.WARNING),
        ("Empty", 0, 9, CheckState.WARNING),
        ("Dead", 0, 0, CheckState.OK),
    ],
)
def test_records_that_wait_for_no_worker_and_a_group_that_changes_are_warned_of(
    state: str, members: int, lag: int, told: CheckState
) -> None:
    assert check_group(state, members, lag).state is told


@pytest.mark.parametrize(
    ("done", "lag", "members", "state"),
    [(5, 9, 1, CheckState.OK), (0, 0, 1, CheckState.OK), (0, 9, 1, CheckState.FAILED), (0, 9, 0, CheckState.OK)],
)
def test_lag_that_workers_do_not_move_fails(done: int, lag: int, members: int, state: CheckState) -> None:
    before, after = {"news.items": Through(10, 9)}, {"news.items": Through(10 + done, lag)}
    assert states(check_lag(before, after, 4.0, members)) == [state]


@pytest.mark.parametrize(
    ("ahead", "unsure", "state"),
    [(1.9, 0, CheckState.OK), (-30, 29, CheckState.OK), (-3, 0.1, CheckState.WARNING), (3600, 1, CheckState.FAILED)],
)
def test_clocks_that_are_apart_by_more_than_the_measure_is_unsure_are_told(
    ahead: float, unsure: float, state: CheckState
) -> None:
    assert check_clock(ahead, unsure).state is state


def test_little_room_fails() -> None:
    assert check_space("/x", 2**30).state is CheckState.FAILED
    assert check_space("/x", 2**33).state is CheckState.OK
