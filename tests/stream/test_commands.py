"""The command line's contract, on a broker."""

import json
import lzma
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.pace import at_most
from tests.stream.harness import SEEDS, Ended, Stream, seeds, write_lines


def refused(ended: Ended, *words: str) -> None:
    """The command ended with 1 and said why, in words."""
    assert ended.code == 1, ended.said
    assert "Traceback" not in ended.said, ended.said
    assert all(word in ended.err for word in words), ended.said


def test_claims_is_the_ledger_as_table_and_as_json(fed: Stream, seed_ledger: list[bytes]) -> None:
    assert fed.claims() == seed_ledger
    ended = fed.run("claims")
    assert ended.code == 0, ended.said
    for claim in map(json.loads, seed_ledger):
        assert claim["id"][:8] in ended.text
        assert claim["status"] in ended.text


def test_show_tells_a_claim_by_the_beginning_of_its_id(fed: Stream, seed_ledger: list[bytes]) -> None:
    claim = max(map(json.loads, seed_ledger), key=lambda c: len(c["evidence"]))
    as_json = fed.run("show", claim["id"][:10], "--json")
    assert as_json.code == 0, as_json.said
    assert as_json.lines == [claim]
    ended = fed.run("show", claim["id"])
    assert ended.code == 0, ended.said
    shown = "".join(ended.text.split())
    assert claim["id"] in shown
    assert claim["status"] in shown
    assert "Traceback" not in ended.said
    for evidence in claim["evidence"]:
        assert evidence["relation"] in shown
    assert {word for e in claim["evidence"] for word in e["why"]}, "the reasons why each was joined are told"


def test_claims_and_show_as_of_a_moment_leave_out_what_was_published_later(fed: Stream) -> None:
    then = fed.run("claims", "--json", "--as-of", "2025-12-01T21:00Z")
    assert then.code == 0, then.said
    assert 0 < len(then.lines) < len(fed.claims())
    assert max(e["published"] for claim in then.lines for e in claim["evidence"]) <= "2025-12-01T21:00"
    shown = fed.run("show", then.lines[0]["id"], "--json", "--as-of", "2025-12-01T21:00Z")
    assert shown.lines == then.lines[:1]
    assert fed.run("claims", "--json", "--as-of", "now").out == fed.run("claims", "--json").out
    refused(fed.run("claims", "--as-of", "yesterday"), "yesterday", "2025-12-02T14:00Z")


def test_show_refuses_an_unknown_and_an_ambiguous_beginning(fed: Stream, seed_ledger: list[bytes]) -> None:
    refused(fed.run("show", "zzz"), "zzz", "no claim")
    refused(fed.run("show", ""), str(len(seed_ledger)))


def test_record_counts_the_claims_of_each_side_and_tells_what_outlets_say(
    fed: Stream, seed_ledger: list[bytes]
) -> None:
    ended = fed.run("record", "--json")
    assert ended.code == 0, ended.said
    sides = Counter(claim["side"] for claim in map(json.loads, seed_ledger))
    assert {record["side"]: record["claims"] for record in ended.lines} == dict(sides)
    words = "Moscow's announcements from the front have often run ahead of events."
    [remark] = [remark for record in ended.lines for remark in record["remarks"]]
    assert (remark["of"], remark["quote"]) == ("Russia", words)
    assert words in fed.run("record", "moscow").text
    assert words not in fed.run("record", "Russia", "--as-of", "2025-12-01T20:00Z").text
    refused(fed.run("record", "Narnia"), "Narnia", "claimwire record")


def test_remark_goes_when_a_new_version_no_longer_makes_it(stream: Stream) -> None:
    first = seeds()[10]
    assert "run ahead of events" in first["bodies"][0]["value"]
    second = json.loads(json.dumps(first)) | {"version": "9"}
    second["bodies"][0]["value"] = "Russia said that its army had seized Pokrovsk."
    worker = stream.worker()
    for version, count in ((first, 1), (second, 0), (first, 0)):
        stream.produce_items([version])
        stream.settled(worker)
        told = stream.run("record", "Russia", "--json")
        assert [len(record["remarks"]) for record in told.lines] == [count], told.said


def test_watch_shows_changes_as_they_happen(stream: Stream) -> None:
    watch, watch_json = stream.start("watch"), stream.start("watch", "--json")
    for watching in (watch, watch_json):
        watching.has_said("watching")
    worker = stream.worker()
    stream.ingest(SEEDS)
    stream.settled(worker)
    records = stream.records("claims.status")
    last = {json.loads(record.value)["id"] for record in records}
    for id in last:
        watch_json.has_said(id)
    told = [json.loads(line) for line in watch_json.out.splitlines()]
    assert {json.dumps(event) for event in told} == {json.dumps(json.loads(record.value)) for record in records}
    for status in {event["status"] for event in told}:
        watch.has_said(f"→ {status}")
    assert "Traceback" not in watch.said() + watch_json.said()


def test_watch_tells_a_repeated_change_once(stream: Stream, fed: Stream) -> None:
    records = [(record.key, record.value) for record in fed.records("claims.status")]
    watching = stream.start("watch", "--json")
    watching.has_said("watching")
    stream.produce("claims.status", [*records, *records, (b"last", b"no JSON")])
    watching.has_said("is no status change")
    ids = {json.loads(value)["id"] for _, value in records}
    for id in ids:
        watching.has_said(id)
    assert len(watching.out.splitlines()) == len(ids)


def test_ingest_takes_files_folders_and_standard_input(stream: Stream, tmp_path: Path) -> None:
    items = seeds()
    plain = write_lines(tmp_path / "plain.jsonl", items[:3])
    packed = tmp_path / "packed.jsonl.xz"
    packed.write_bytes(lzma.compress("".join(json.dumps(item) + "\n" for item in items[3:6]).encode()))
    folder = tmp_path / "folder"
    folder.mkdir()
    for number, item in enumerate(items[6:8]):
        (folder / f"{number}.json").write_text(json.dumps(item, indent=1), "utf8")
    (folder / "note.md").write_text("no item", "utf8")
    text = tmp_path / "item.txt"
    text.write_text("2025-12-02\nRussia has captured Kupyansk, its army said.\n", "utf8")
    ended = stream.run("ingest", plain, packed, folder, text)
    assert ended.code == 0, ended.said
    assert "9 items sent" in ended.text
    ended = stream.run("ingest", "-", stdin="".join(json.dumps(item) + "\n" for item in items[8:]).encode())
    assert ended.code == 0, ended.said
    assert f"{len(items) - 8} items sent" in ended.text
    sent = stream.records("news.items")
    assert {record.key.decode() for record in sent} >= {item["uri"] for item in items}
    assert len(sent) == len(items) + 1


def test_ingest_names_bad_items_by_file_and_line_and_goes_on(stream: Stream, tmp_path: Path) -> None:
    good = [json.dumps(item) for item in seeds()[:3]]
    bad = tmp_path / "bad.jsonl"
    bad.write_text(
        "\n".join([good[0], "{", "[1]", good[1], '{"headline": "no uri"}', "", '{"uri": 5}', good[2]]), "utf8"
    )
    not_text = tmp_path / "latin.txt"
    not_text.write_bytes(b"2025-12-02\nKiew erkl\xe4rt\n")
    undated = tmp_path / "undated.txt"
    undated.write_text("No date.", "utf8")
    after = write_lines(tmp_path / "z-after.jsonl", seeds()[3:4])
    ended = stream.run("ingest", bad, not_text, undated, after)
    refused(ended, *(f"{bad}:{line}: " for line in (2, 3, 5, 7)), f"{not_text}:2: ", f"{undated}:1: ")
    assert "5 items sent" in ended.text  # what is no UTF-8 is read, and its slip is named
    assert "5 could not be read" in ended.text
    assert len(stream.records("news.items")) == 5
    listed = stream.run("rejected")
    assert listed.code == 0, listed.said
    for where in (f"{bad}:2", f"{bad}:7", str(undated)):
        assert where in listed.text


@pytest.mark.parametrize("depth", [300, 5000])
@pytest.mark.parametrize(
    "start", ['{"deep": ', '{"uri": "urn:x:deep", "versionCreated": "2025-12-02T10:00:00Z", "deep": ']
)
def test_ingest_goes_on_after_a_deeply_nested_item(stream: Stream, tmp_path: Path, depth: int, start: str) -> None:
    nested = start + "[" * depth + "]" * depth + "}"
    path = tmp_path / "deep.jsonl"
    path.write_text(f"{nested}\n{json.dumps(seeds()[0])}\n", "utf8")
    ended = stream.run("ingest", path)
    assert "Traceback" not in ended.said
    assert seeds()[0]["uri"] in {record.key.decode() for record in stream.records("news.items")}


def test_ingest_names_an_item_that_is_too_large_and_goes_on(stream: Stream, tmp_path: Path) -> None:
    first, second = seeds()[:2]
    first["bodies"][0]["value"] = "long " * (4 * 2**20)
    path = write_lines(tmp_path / "large.jsonl", [first, second])
    ended = stream.run("ingest", path)
    refused(ended, f"{path}:1: ")
    assert [record.key.decode() for record in stream.records("news.items")] == [second["uri"]]


def test_ingest_names_files_that_cannot_be_read_and_goes_on(stream: Stream, tmp_path: Path) -> None:
    items = seeds()
    no_file = tmp_path / "missing.jsonl"
    no_xz = tmp_path / "a.jsonl.xz"
    no_xz.write_bytes(b"no xz")
    packed = lzma.compress("".join(json.dumps(item) + "\n" for item in items).encode())
    cut = tmp_path / "b.jsonl.xz"
    cut.write_bytes(packed[: len(packed) // 2])
    good = write_lines(tmp_path / "good.jsonl", items[:2])
    ended = stream.run("ingest", no_file, no_xz, cut, good)
    refused(ended, str(no_file), str(no_xz), str(cut))
    assert {item["uri"] for item in items[:2]} <= {r.key.decode() for r in stream.records("news.items")}


def test_folder_without_items_is_told(stream: Stream, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    ended = stream.run("ingest", empty)
    assert "Traceback" not in ended.said
    assert "0 items" in ended.text


def test_reading_before_anything_was_made_is_told(stream: Stream) -> None:
    started = [stream.start(*command) for command in (["claims"], ["show", "a"], ["record"], ["rejected"])]
    for running in started:
        refused(running.ended(), "has no topic", stream.prefix)


def test_ledger_that_nobody_made_is_told_and_not_made(stream: Stream) -> None:
    stream.ingest(SEEDS / sorted(p.name for p in SEEDS.glob("*.json"))[0])
    before = stream.topics()
    stream.settings = {"CLAIMWIRE_LEDGER": "v9"}
    started = [stream.start(*command) for command in (["claims"], ["watch"])]
    for running in started:
        refused(running.ended(), "has no topic", "claimwire replay status v9")
    assert stream.topics() == before


def test_dead_broker_is_told_with_the_remedy(stream: Stream) -> None:
    stream.broker = "127.0.0.1:1"
    commands = (["worker"], ["ingest", str(SEEDS)], ["watch"], ["claims"], ["show", "a"], ["record"], ["rejected"])
    started = [stream.start(*command) for command in commands]
    for running in started:
        refused(running.ended(), "no Kafka broker answers at 127.0.0.1:1", "claimwire broker start")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PARTITIONS", "0"),
        ("PARTITIONS", "many"),
        ("BROKER", "127.0.0.1:port"),
        ("BROKER", "127.0.0.1:99999"),
        ("BROKER", ""),
        ("LOG_LEVEL", "LOUD"),
        ("WINDOW_DAYS", "1e12"),
        ("WINDOW_DAYS", "nan"),
        ("PREFIX", "no such/topic "),
        ("ALERT_RULES", "/no/such/rules.toml"),
    ],
)
def test_bad_setting_is_told(stream: Stream, name: str, value: str) -> None:
    stream.settings[f"CLAIMWIRE_{name}"] = value
    refused(stream.run("worker"))


@pytest.mark.parametrize("broker", ["127.0.0.1:99999", "127.0.0.1:port", "no.such.host.invalid:9092"])
def test_broker_that_can_be_none_is_told(stream: Stream, broker: str) -> None:
    stream.broker = broker
    refused(stream.run("claims"), broker)


@pytest.mark.parametrize("name", [".env", "claimwire.toml"])
def test_settings_file_that_cannot_be_read_is_named(stream: Stream, name: str) -> None:
    (stream.folder / name).write_bytes(b"\xff\xfe = [")
    refused(stream.run("claims"), name)


def test_output_that_nobody_reads_further_is_no_error(fed: Stream) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        ended = subprocess.run(
            [sys.executable, "-P", "-m", "streams.cli", "claims", "--json"],
            env=fed.env(),
            cwd=fed.folder,
            stdout=closed,
            stderr=subprocess.PIPE,
            timeout=at_most(40),
            check=False,
        )
    assert b"Traceback" not in ended.stderr
    assert b"Exception" not in ended.stderr
