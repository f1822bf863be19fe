import json

from tests.stream.harness import SEEDS, Stream


def test_all_that_a_worker_says_on_standard_error_is_json_if_so_set(stream: Stream) -> None:
    stream.settings = {"CLAIMWIRE_LOG_FORMAT": "json", "CLAIMWIRE_LOG_LEVEL": "DEBUG", "CLAIMWIRE_BORKER": "misspelt"}
    worker = stream.worker()
    stream.produce("news.items", [(b"key", b"\xff no JSON \x1b[2J")])
    stream.ingest(SEEDS)
    stream.settled(worker)
    ended = worker.terminate()
    assert ended.code == 0, ended.said
    told = [json.loads(line) for line in ended.err.splitlines()]
    assert all({"time", "level", "logger", "message"} <= line.keys() for line in told)
    [rejected] = [line for line in told if "reason" in line]
    assert rejected["level"] == "WARNING"
    assert rejected["agent"] == "extract"
    assert rejected["topic"] == f"{stream.prefix}news.items"
    assert {type(rejected["partition"]), type(rejected["offset"])} == {int}
    assert any("CLAIMWIRE_BORKER is no setting" in line["message"] for line in told)


def test_last_words_are_json_if_so_set(stream: Stream) -> None:
    stream.settings = {"CLAIMWIRE_LOG_FORMAT": "json", "CLAIMWIRE_PARTITIONS": "none"}
    ended = stream.run("worker")
    assert ended.code == 1
    [told] = map(json.loads, ended.err.splitlines())
    assert told["level"] == "ERROR"
    assert "partitions (CLAIMWIRE_PARTITIONS)" in told["message"]
