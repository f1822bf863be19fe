import asyncio
import base64
import json
from typing import Any

from aiokafka import AIOKafkaProducer, TopicPartition

from streams.codecs import decode_changes, encode
from tests.poison import GOOD, UNREADABLE, document
from tests.stream.harness import SEEDS, Stream, lines_of, seeds


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


def test_record_of_nothing_is_rejected(stream: Stream) -> None:
    """The client of these tests refuses to send one; others do not."""
    stream.partitions = 1
    worker = stream.worker()

    async def send_nothing() -> None:
        async with AIOKafkaProducer(bootstrap_servers=stream.broker, acks="all") as producer:
            name = f"{stream.prefix}news.items"
            await producer.partitions_for(name)
            sent = await producer._message_accumulator.add_message(TopicPartition(name, 0), None, None, 20.0)
            await sent

    asyncio.run(send_nothing())
    stream.settled(worker)
    [record] = stream.records("news.rejected")
    assert (record.key, record.value) == (None, b"")
    ended = stream.run("rejected", "retry")
    assert "1 put back" in ended.text, ended.said


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


def test_items_under_another_key_than_their_uri_are_rejected(stream: Stream) -> None:
    worker = stream.worker()
    value = json.dumps(seeds()[0]).encode()
    stream.produce("news.items", [(b"other", value), (None, value)])
    stream.settled(worker)
    reasons = [dict(record.headers)["reason"].decode() for record in stream.records("news.rejected")]
    assert len(reasons) == 2
    assert all("its key is not the item's uri" in reason for reason in reasons)
    assert not stream.claims()


def test_well_formed_records_that_no_agent_can_have_sent_do_not_end_a_worker(fed: Stream, stream: Stream) -> None:
    worker = stream.worker()
    change = json.loads(encode(decode_changes(fed.records("news.statements")[0].value)[0]))
    [statement, *_] = change["said"]
    told = json.loads(fed.records("claims.evidence")[0].value)
    [part, *_] = told["parts"]
    odd: dict[str, list[Any]] = {
        "news.statements": [
            {**change, "said": [{**statement, "id": "x" * 100_000}]},
            {**change, "said": [{**statement, "published": "0001-01-01T00:00:00Z"}]},
            {**change, "said": [{**statement, "published": "9999-12-31T23:59:59Z"}]},
            {**change, "said": [{**statement, "subjects": []}]},
            {**change, "order": [10**30, "", ""]},
            {**change, "withdrawn": ["nothing", "page 0", ""]},
            [change, {**change, "subject": "another"}],
        ],
        "claims.evidence": [
            {**told, "parts": [{**part, "revision": 10**40}]},
            {**told, "parts": [{**part, "evidence": {**part["evidence"], "opens": None, "claim": "nobody's"}}]},
            {**told, "parts": []},
        ],
    }
    for topic, values in odd.items():
        stream.produce(topic, [(b"key", json.dumps(value).encode()) for value in values])
        stream.produce(topic, [(b"key", b'{"a": NaN}'), (b"key", b"[" * 100_000), (b"key", b'"\\ud800"')])
    stream.produce_items(seeds()[5:6])
    stream.settled(worker)
    assert any(seeds()[5]["uri"].encode() in (r.value or b"") for r in stream.records("claims.evidence"))
    assert len(stream.records("news.rejected")) >= 6
    assert worker.process.poll() is None
    assert "Traceback" not in worker.said()


def test_retry_puts_items_back_once_their_limit_is_raised_and_each_once(stream: Stream) -> None:
    stream.partitions = 2
    items = [*seeds()[:6], {**json.loads(document(body=f"{GOOD} {'word ' * 200}")), "uri": "urn:long"}]
    lines = "".join(json.dumps(item) + "\n" for item in items).encode()
    stream.settings["CLAIMWIRE_MAX_ITEM_WORDS"] = "100"
    worker = stream.worker()
    assert stream.run("ingest", "-", stdin=lines).code == 0
    stream.produce("news.items", [(b"no item", b"{")])
    stream.settled(worker)
    over = [r for r in stream.records("news.rejected") if b"max_item_words" in dict(r.headers)["reason"]]
    assert b"urn:long" in [r.key for r in over]
    assert worker.terminate().code == 0

    del stream.settings["CLAIMWIRE_MAX_ITEM_WORDS"]
    worker = stream.worker()
    dry = stream.run("rejected", "retry", "--reason", "MAX_item_words", "--dry-run")
    assert dry.code == 0, dry.said
    assert f"{len(over)} would be put back: {len(over)} onto {stream.prefix}news.items" in dry.text, dry.said
    assert "1 stay, not asked for" in dry.text, dry.said
    ended = stream.run("rejected", "retry", "--reason", "MAX_item_words", "--stage", "extract", "--topic", "news.items")
    assert ended.code == 0, ended.said
    assert f"{len(over)} put back" in ended.text, ended.said
    stream.settled(worker)
    offline = stream.run("ledger", "-", "--out", stream.folder / "out", stdin=lines)
    assert offline.code == 0, offline.said
    assert stream.claims() == lines_of((stream.folder / "out" / "claims.jsonl").read_bytes())

    once_more = stream.run("rejected", "retry", "--stage", "extract")
    assert f"{len(over)} stay, put back before" in once_more.text, once_more.said
    assert "1 put back" in once_more.text, once_more.said
    stream.settled(worker)
    listed = stream.run("rejected", "--json").lines
    assert [bool(line["retried"]) for line in listed].count(True) == len(over) + 1
    assert [line["bytes"] for line in listed].count(base64.b64encode(b"{").decode()) == 2, "rejected anew"
    back = [r for r in stream.records("news.items") if r.headers]
    assert len(back) == len(over) + 1
    assert all(dict(r.headers)["retried-from"].decode().startswith(f"{stream.prefix}news.rejected 0:") for r in back)
    by_offset = {(r.partition, r.offset): r for r in stream.records("news.items")}
    for record in stream.records("news.rejected"):
        headers = {name: value.decode() for name, value in record.headers}
        if "topic" in headers:
            source = by_offset[int(headers["partition"]), int(headers["offset"])]
            again = [r for r in back if r.value == source.value]
            assert all((r.partition, r.key) == (source.partition, source.key) for r in again)


def test_version_over_a_limit_is_rejected_and_withdraws_what_an_earlier_one_said(stream: Stream) -> None:
    first, second = (
        {**json.loads(document(body=body)), "version": version}
        for version, body in (("1", GOOD), ("2", f"{GOOD} {'word ' * 200}"))
    )
    stream.settings["CLAIMWIRE_MAX_ITEM_WORDS"] = "100"
    worker = stream.worker()
    stream.produce_items([first])
    stream.settled(worker)
    assert stream.claims()
    stream.produce_items([second])
    stream.settled(worker)
    [rejected] = stream.records("news.rejected")
    assert b"max_item_words" in dict(rejected.headers)["reason"]
    assert rejected.value == json.dumps(second).encode()
    assert not stream.claims()


def test_retry_leaves_what_a_feed_could_not_read_and_says_so(stream: Stream) -> None:
    assert stream.run("ingest", "-", stdin=b"{no json\n" + json.dumps(seeds()[0]).encode()).code == 1
    ended = stream.run("rejected", "retry")
    assert ended.code == 0, ended.said
    assert "0 put back" in ended.text
    assert "1 stay, from a feed: feed the files in again" in ended.text


def test_ingest_names_what_is_too_large_and_sends_the_rest(stream: Stream) -> None:
    large = stream.folder / "large.json"
    large.write_bytes(document(note="x" * 20_000_000))
    unreadable = stream.folder / "unreadable.json"
    unreadable.write_bytes(b"{" + b"x" * 20_000_000)
    ended = stream.run("ingest", large, unreadable, SEEDS)
    assert ended.code == 1, ended.said
    assert f"{len(seeds())} items sent to news.items, 2 could not be read" in ended.text
    assert f"{large}:1: 19.1 MiB, and a record takes 15.9: not sent." in ended.err, ended.said
    assert f"{unreadable}:1: not JSON" in ended.err, ended.said
    assert "split it into several items" in ended.err, ended.said
    assert "Traceback" not in ended.said
