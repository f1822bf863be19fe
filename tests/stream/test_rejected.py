import base64
import json
from typing import Any

from tests.stream.harness import Stream, seeds


def item(**changed: Any) -> bytes:
    return json.dumps({**seeds()[0], "uri": "urn:x:odd", **changed}).encode()


UNREADABLE: dict[str, bytes | None] = {
    "not JSON": b"\x00\xff no JSON",
    "empty": b"",
    "null": None,
    "null in JSON": b"null",
    "list": b"[1, 2]",
    "string": b'"item"',
    "number": b"1",
    "cut off": item()[:-20],
    "two documents": item() + item(),
    "missing uri": json.dumps({"versionCreated": "2025-12-02T10:00:00Z"}).encode(),
    "empty uri": item(uri=" "),
    "uri is a number": item(uri=5),
    "missing time": json.dumps({"uri": "urn:x:odd"}).encode(),
    "time without a zone": item(versionCreated="2025-12-02T10:00:00"),
    "time is a number": item(versionCreated=1764669600),
    "no such day": item(versionCreated="2025-02-30T10:00:00Z"),
    "headlines is a string": item(headlines="x"),
    "bodies holds numbers": item(bodies=[1]),
    "body is a number": item(bodies=[{"value": 5}]),
    "body is HTML only": item(bodies=[{"contentType": "text/html", "value": "<p>x</p>"}]),
    "version is an object": item(version={}),
    "status unknown": item(pubStatus="maybe"),
    "NaN": b'{"uri": "urn:x:odd", "versionCreated": NaN}',
    "half a surrogate pair": b'{"uri": "\\ud800", "versionCreated": "2025-12-02T10:00:00Z"}',
    "deep": b'{"uri": ' + b"[" * 300 + b"]" * 300 + b"}",
    "deeper": b"[" * 100_000 + b"]" * 100_000,
    "not UTF-8": item().replace(b"Kupyansk", b"Kupyans\xff"),
}


def test_unreadable_records_are_rejected_as_they_came_and_the_rest_goes_on(stream: Stream) -> None:
    stream.partitions = 1
    worker = stream.worker()
    stream.produce("news.items", [(f"key {name}".encode(), value) for name, value in UNREADABLE.items()])
    stream.produce_items(seeds()[:1])
    stream.settled(worker)
    rejected = {record.key.decode().removeprefix("key "): record for record in stream.records("news.rejected")}
    assert rejected.keys() == UNREADABLE.keys()
    at = {record.key.decode(): record.offset for record in stream.records("news.items")}
    for name, record in rejected.items():
        headers = {header: value.decode() for header, value in record.headers}
        assert record.value == UNREADABLE[name], name
        assert headers["reason"], name
        assert headers["stage"] == "extract", name
        assert headers["topic"] == f"{stream.prefix}news.items", name
        assert headers["partition"] == "0", name
        assert headers["offset"] == str(at[f"key {name}"]), name
    assert stream.claims(), "the item behind them was taken in"

    listed = stream.run("rejected", "--json")
    assert listed.code == 0, listed.said
    assert len(listed.lines) == len(UNREADABLE)
    raw = [base64.b64decode(line["bytes"]) for line in listed.lines]
    assert sorted(raw) == sorted(value or b"" for value in UNREADABLE.values())
    words = stream.run("rejected")
    assert words.code == 0, words.said
    assert f"{stream.prefix}news.items 0:" in words.text
    assert "Traceback" not in worker.said()


def test_unreadable_record_as_large_as_the_topic_takes_does_not_end_the_worker(stream: Stream) -> None:
    stream.partitions = 1
    worker = stream.worker()
    stream.produce("news.items", [(b"large", b"x" * (16 * 2**20 - 200))])
    stream.produce_items(seeds()[:1])
    stream.settled(worker)
    assert [record.key for record in stream.records("news.rejected")] == [b"large"]
    assert stream.claims()


def test_unreadable_records_of_every_topic_name_the_agent_that_met_them(stream: Stream) -> None:
    worker = stream.worker()
    read = {"news.statements": "link", "claims.evidence": "judge", "claims.status": "alert"}
    odd = [b"{", b"[]", b'{"subject": 1}', b"", None]
    for topic in read:
        stream.produce(topic, [(b"key", value) for value in odd])
    stream.produce_items(seeds()[:1])
    stream.settled(worker, topics=["news.items", *read])
    found = [dict(record.headers) for record in stream.records("news.rejected")]
    met = sorted((h["topic"].decode().removeprefix(stream.prefix), h["stage"].decode()) for h in found)
    assert met == sorted((topic, stage) for topic, stage in read.items() for _ in odd)
    assert stream.claims()


def test_nothing_rejected_is_told(fed: Stream) -> None:
    ended = fed.run("rejected")
    assert ended.code == 0, ended.said
    assert "nothing" in ended.text
    assert fed.run("rejected", "--json").out == b""
