import pytest

from streams.worker.health import SILENT_SECONDS, Health, Movement, Report, Stall, read_report, write_report

SECONDS = 60.0
PLACE = ("news.items", 3)


@pytest.fixture
def movement() -> Movement:
    made = Movement(SECONDS)
    made.begun(0.0)
    return made


def test_commit_that_stands_still_while_records_wait_is_a_stall(movement: Movement) -> None:
    for now in (1.0, 30.0, 61.0):
        movement.measured(now, {PLACE: (7, 2)})
        assert not movement.stalled(now)
    movement.measured(62.0, {PLACE: (7, 5)})
    assert movement.stalled(62.0) == [Stall(*PLACE, lag=5, seconds=61.0)]


def test_commit_that_moves_is_no_stall_however_great_the_lag(movement: Movement) -> None:
    for committed in range(10):
        now = 50.0 * committed
        movement.measured(now, {PLACE: (committed, 10**6)})
        assert not movement.stalled(now)


def test_partition_without_lag_is_no_stall_and_time_counts_from_the_record_that_waits(movement: Movement) -> None:
    movement.measured(0.0, {PLACE: (7, 0)})
    movement.measured(1000.0, {PLACE: (7, 0)})
    assert not movement.stalled(1000.0)
    movement.measured(1001.0, {PLACE: (7, 1)})
    assert not movement.stalled(1060.0)
    assert movement.stalled(1061.5)


def test_partition_that_is_given_away_and_back_begins_anew(movement: Movement) -> None:
    movement.measured(0.0, {PLACE: (7, 1)})
    movement.measured(59.0, {})
    movement.measured(61.0, {PLACE: (7, 1)})
    assert not movement.stalled(100.0)


def test_lag_that_is_not_measured_for_too_long_is_unknown(movement: Movement) -> None:
    assert not movement.unknown_for(60.0)
    assert movement.unknown_for(61.0) == 61.0
    movement.measured(62.0, {})
    assert not movement.unknown_for(63.0)


def test_report_comes_back_from_its_line_as_it_was() -> None:
    report = Report(True, True, 4, (Stall("news.items", 3, 2, 61.5),), 0.0, "# HELP\nclaimwire_items_total 1\n")
    line = write_report(report)
    assert line.count(b"\n") == 1
    assert read_report(line) == report


def test_report_that_the_end_of_its_process_tore_is_none() -> None:
    line = write_report(Report(True, True, 4))
    assert all(read_report(line[:n]) is None for n in range(1, len(line)))


@pytest.fixture
def health() -> Health:
    made = Health("kafka:9092")
    made.started(0.0)
    return made


def test_worker_is_ready_with_its_partitions_recovered_and_lag_moving(health: Health) -> None:
    assert not health.ready(0.5).good
    health.reported(Report(broker=True), 1.0)
    assert not health.ready(1.0).good
    health.reported(Report(broker=True, recovered=True, partitions=4), 2.0)
    assert health.ready(2.5).good
    assert health.ready(2.5).body == {"ready": True, "reasons": [], "partitions": 4, "stalled": ()}


def test_idle_worker_beside_enough_others_is_ready(health: Health) -> None:
    health.reported(Report(broker=True, recovered=True, partitions=0), 2.0)
    assert health.ready(2.5).good


@pytest.mark.parametrize(
    ("report", "reason"),
    [
        (Report(broker=False, recovered=True, partitions=4), "kafka:9092"),
        (Report(broker=True, recovered=False), "recovered"),
        (Report(True, True, 4, stalled=(Stall("news.items", 3, 2, 61.5),)), "news.items partition 3: 2 records"),
        (Report(True, True, 4, lag_unknown_for=90.0), "not be measured for 90 s"),
    ],
)
def test_worker_that_cannot_work_is_alive_and_not_ready_and_says_why(
    health: Health, report: Report, reason: str
) -> None:
    health.reported(report, 2.0)
    assert health.live(2.5).good
    assert not health.ready(2.5).good
    (told,) = health.ready(2.5).body["reasons"]
    assert reason in told


def test_worker_that_waits_for_its_broker_is_alive_however_long(health: Health) -> None:
    health.ended()
    assert health.live(10**6).good
    assert not health.ready(10**6).good


def test_process_that_is_silent_is_neither_alive_nor_ready_until_it_reports_again(health: Health) -> None:
    health.reported(Report(broker=True, recovered=True, partitions=4), 2.0)
    late = 2.0 + SILENT_SECONDS + 1
    assert not health.live(late).good
    assert not health.ready(late).good
    health.reported(Report(broker=True, recovered=True, partitions=4), late)
    assert health.live(late).good
    assert health.ready(late).good


def test_broker_once_reached_stays_so_over_processes(health: Health) -> None:
    health.reported(Report(), 1.0)
    assert not health.reached
    health.reported(Report(broker=False), 2.0)  # it answered before, and is silent by the first report
    health.ended()
    health.started(3.0)
    assert health.reached
