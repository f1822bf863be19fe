"""`claimwire replay` in memory, on a broker: bounded stretches, differences, what was known when."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiokafka import ConsumerRecord
from aiokafka.admin import AIOKafkaAdminClient

from claimwire import Item
from claimwire.statuses import Status
from claimwire.verdicts import HasStatus, IsNoClaim, IsOneWith, Maker, MakerKind, Undoes, verdict
from streams.codecs import encode
from streams.verdict_files import line_of
from tests.stream.harness import PATH_OF_ITEMS, Ended, Running, Stream, lines_of, seeds, write_lines
from tests.stream.test_commands import refused
from tests.unit.builders import NOON, claims_of, ledger_of, seed_items, written_with

ANNA = Maker(kind=MakerKind.PERSON, name="Anna")
PATH_WITH_VERDICTS = (*PATH_OF_ITEMS[:-1], "claims.verdicts", PATH_OF_ITEMS[-1])

UNSEEN = {
    "uri": "urn:unseen",
    "versionCreated": "2025-12-03T09:00:00Z",
    "bodies": [{"value": "Iran said that its troops had captured Basra.", "contentType": "text/plain"}],
}


def commits(stream: Stream) -> dict[Any, int]:
    """What the live group has committed."""

    async def read() -> dict[Any, int]:
        admin = AIOKafkaAdminClient(bootstrap_servers=stream.broker)
        await admin.start()
        try:
            found = await admin.list_consumer_group_offsets(f"{stream.prefix}claimwire")
        finally:
            await admin.close()
        return {partition: commit.offset for partition, commit in found.items()}

    return asyncio.run(read())


def groups(stream: Stream) -> set[str]:
    async def read() -> set[str]:
        admin = AIOKafkaAdminClient(bootstrap_servers=stream.broker)
        await admin.start()
        try:
            return {group for group, *_ in await admin.list_consumer_groups()}
        finally:
            await admin.close()

    return asyncio.run(read())


def left_alone(stream: Stream, before: set[str]) -> bool:
    """Whether no group has come, and none of the stream's has gone. The broker forgets those of ended tests."""
    own = {group for group in before if group.startswith(stream.prefix)}
    return own <= groups(stream) <= before


def ended(running: Running) -> Ended:
    end = running.ended()
    assert end.code == 0, end.said
    assert "Traceback" not in end.said
    return end


def ledger(records: list[ConsumerRecord]) -> list[bytes]:
    """The claims of the items in these records."""
    return [encode(c) for c in ledger_of(Item.from_ninjs(json.loads(r.value)) for r in records).claims()]


def test_all_items_over_the_same_code_change_nothing_and_touch_no_commit(
    fed: Stream, seed_ledger: list[bytes], tmp_path: Path
) -> None:
    before, group_names = commits(fed), groups(fed)
    assert before
    table, as_json = fed.start("replay", "--diff"), fed.start("replay", "--diff", "--json", "-j", "2")
    printed, written = fed.start("replay", "--json"), fed.start("replay", "--out", str(tmp_path / "out"))
    [found] = ended(as_json).lines
    assert (found["new"], found["gone"], found["changed"], found["beyond"]) == ([], [], [], 0)
    assert (found["same"], found["records"], found["unreadable"]) == (len(seed_ledger), len(seeds()), 0)
    assert f"0 new, 0 gone, 0 changed, {len(seed_ledger)} the same" in ended(table).text
    assert lines_of(ended(printed).out) == seed_ledger
    assert ended(written).out == b""
    assert lines_of((tmp_path / "out" / "claims.jsonl").read_bytes()) == seed_ledger
    assert len((tmp_path / "out" / "remarks.jsonl").read_bytes().splitlines()) == 1
    last = {
        e["claim"]["id"]: e["status"]
        for e in map(json.loads, (tmp_path / "out" / "events.jsonl").read_bytes().splitlines())
    }
    assert last == dict.fromkeys(last, "retracted") | {c["id"]: c["status"] for c in map(json.loads, seed_ledger)}
    assert commits(fed) == before
    assert left_alone(fed, group_names)


def test_dry_run_tells_the_exact_ranges_and_their_times(fed: Stream) -> None:
    records = fed.records("news.items")
    whole, part = fed.start("replay", "--dry-run", "--json"), fed.start("replay", "--dry-run", "--from", "1")
    [told] = ended(whole).lines
    assert (told["topic"], told["records"]) == (f"{fed.prefix}news.items", len(records))
    for p in told["partitions"]:
        held = [r for r in records if r.partition == p["partition"]]
        assert (p["start"], p["end"]) == (0, len(held))
        arrived = [datetime.fromtimestamp(r.timestamp / 1000, UTC) for r in held]
        for name, when in (("first", arrived[:1]), ("last", arrived[-1:])):
            assert ([datetime.fromisoformat(p[name])] if p[name] else []) == when
    partitions = {r.partition for r in records}
    assert f"{len(records) - len(partitions)} records would be read" in ended(part).text


def test_stretch_of_offsets_is_the_ledger_of_its_items_and_is_compared_where_it_stands_alone(fed: Stream) -> None:
    records = fed.records("news.items")
    counts = {n: len([r for r in records if r.partition == n]) for n in range(fed.partitions)}
    one = max(counts, key=lambda n: counts[n])
    bounds = ("--from", f"{one}:1", "--to", f"{one}:{counts[one] - 1}")
    printed, compared = fed.start("replay", *bounds, "--json"), fed.start("replay", *bounds, "--diff", "--json")
    inside = [r for r in records if r.partition == one and 1 <= r.offset < counts[one] - 1]
    assert len(inside) > 3
    claims = ended(printed).out.splitlines()
    assert claims == ledger(inside)
    [found] = ended(compared).lines
    assert found["stretch"] == {str(one): [1, counts[one] - 1]}
    assert found["gone"] == []
    known = len(found["new"]) + found["same"] + len(found["changed"]) + found["beyond"]
    assert known >= len(claims) > 0
    assert found["beyond"] > 0


def test_subjects_limit_what_is_shown_and_written(fed: Stream, seed_ledger: list[bytes], tmp_path: Path) -> None:
    key = json.loads(seed_ledger[0])["subject"]
    wanted = [line for line in seed_ledger if json.loads(line)["subject"] == key]
    assert len(wanted) < len(seed_ledger)
    shown, compared = fed.start("replay", "--subject", key, "--json"), fed.start("replay", "--subject", key, "--diff")
    written = fed.start("replay", "--subject", key, "--out", str(tmp_path / "out"))
    table = fed.start("replay", "--subject", key)
    misspelt = fed.start("replay", "--subject", f"{key}x", "--json")
    assert lines_of(ended(shown).out) == wanted
    assert f"{len(wanted)} the same" in ended(compared).text
    text = ended(table).text
    told = {line: json.loads(line) for line in seed_ledger}
    assert [line for line, claim in told.items() if claim["id"][:8] in text] == wanted
    assert all(told[line]["status"] in text for line in wanted)
    ended(written)
    assert lines_of((tmp_path / "out" / "claims.jsonl").read_bytes()) == wanted
    events = (tmp_path / "out" / "events.jsonl").read_bytes().splitlines()
    assert {json.loads(e)["claim"]["subject"] for e in events} == {key}
    assert ended(misspelt).out == b""
    assert key in misspelt.err


@pytest.fixture(scope="module")
def halves(kafka: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Stream, list[bytes], Ended]]:
    """A stream that the seeds went through in two halves, what was known in between, and two more records."""
    folder = tmp_path_factory.mktemp("halves")
    stream = Stream(kafka, folder, partitions=3)
    first, second = seeds()[:12], seeds()[12:]
    stream.ingest(write_lines(folder / "first.jsonl", first))
    worker = stream.worker()
    stream.settled(worker)
    known = stream.run("claims", "--json")
    then = stream.run("replay", "--dry-run", "--json")
    stream.ingest(write_lines(folder / "second.jsonl", second))
    stream.settled(worker)
    assert worker.terminate().code == 0
    assert stream.run("claims", "--json").out != known.out
    stream.produce("news.items", [(b"bad", b"{"), (b"urn:unseen", json.dumps(UNSEEN).encode())])
    yield stream, known.out.splitlines(), then
    stream.stop()


def test_ledger_as_known_at_offsets_or_at_a_time_is_the_one_of_then_to_the_byte(
    halves: tuple[Stream, list[bytes], Ended],
) -> None:
    stream, known, then = halves
    [told] = then.lines
    offsets = ",".join(f"{p['partition']}:{p['end']}" for p in told["partitions"])
    moment = max(p["last"] for p in told["partitions"] if p["last"])
    runs = [stream.start("replay", "--as-known-at", at, "--json") for at in (offsets, moment)]
    for running in runs:
        assert ended(running).out.splitlines() == known


def test_time_bounds_take_what_arrived_between_them(halves: tuple[Stream, list[bytes], Ended]) -> None:
    stream, _, then = halves
    [told] = then.lines
    moment = max(p["last"] for p in told["partitions"] if p["last"])
    runs = {
        ("--to", moment): 12,
        ("--from", "1h"): 26,
        ("--from", "now"): 0,
        ("--from", moment, "--to", moment): len(records_at(stream, moment)),
    }
    started = {bounds: stream.start("replay", "--dry-run", "--json", *bounds) for bounds in runs}
    assert {bounds: ended(running).lines[0]["records"] for bounds, running in started.items()} == runs


def records_at(stream: Stream, moment: str) -> list[ConsumerRecord]:
    wanted = datetime.fromisoformat(moment)
    return [r for r in stream.records("news.items") if datetime.fromtimestamp(r.timestamp / 1000, UTC) == wanted]


def test_replay_takes_in_the_verdicts_that_came_until_the_end_of_its_stretch(stream: Stream, tmp_path: Path) -> None:
    first, second, *others = claims_of(seed_items()[:12])
    early = verdict(first["id"], HasStatus(status=Status.REFUTED), ANNA, "asked", NOON)
    late = [
        verdict(second["id"], IsOneWith(into=first["id"]), ANNA, "the same", NOON),
        verdict(first["id"], Undoes(verdict=early.id), ANNA, "", NOON + timedelta(hours=1)),
        verdict(others[0]["id"], IsNoClaim(), ANNA, "", NOON),
    ]
    worker = stream.worker()
    stream.ingest(write_lines(tmp_path / "first.jsonl", seeds()[:12]))
    stream.produce("claims.verdicts", [(early.claim.encode(), line_of(early)), (b"another", line_of(late[0]))])
    stream.settled(worker, topics=PATH_WITH_VERDICTS)
    known, then = stream.claims(), stream.run("replay", "--dry-run", "--json").lines[0]["partitions"]
    [arrived] = {r.timestamp for r in stream.records("claims.verdicts") if r.value == line_of(early)}
    stream.ingest(write_lines(tmp_path / "second.jsonl", seeds()[12:]))
    stream.produce("claims.verdicts", [(v.claim.encode(), line_of(v)) for v in late])
    stream.settled(worker, topics=PATH_WITH_VERDICTS)
    assert worker.terminate().code == 0
    now = stream.claims()
    assert now == written_with([*seed_items(), early, *late]) != known

    offsets = ",".join(f"{p['partition']}:{p['end']}" for p in then)
    moment = datetime.fromtimestamp(arrived / 1000, UTC).isoformat()
    runs = [("--as-known-at", offsets, "--json"), ("--as-known-at", moment, "--json"), ("--json",)]
    at_offsets, at_moment, whole = [stream.start("replay", *run) for run in runs]
    part, all_of_it = [stream.start("replay", *to, "--diff", "--json") for to in (("--to", offsets), ())]
    assert ended(at_offsets).out.splitlines() == ended(at_moment).out.splitlines() == known
    assert ended(whole).out.splitlines() == now
    assert "; 4 verdicts; " in whole.err
    [found] = ended(all_of_it).lines
    assert (found["new"], found["gone"], found["changed"], found["same"]) == ([], [], [], len(now))
    assert set(found["behind"]) == {"news.items", "news.statements", "claims.verdicts", "claims.evidence"}
    [found] = ended(part).lines
    assert (found["new"], found["gone"], found["changed"]) == ([], [], [])
    assert found["same"]
    assert found["beyond"] >= 3

    stream.settings["CLAIMWIRE_VERDICTS_FROM"] = "model"
    assert lines_of(stream.run("replay", "--json").out) == written_with(seed_items())


def test_what_the_live_ledger_has_not_seen_is_new_and_what_nobody_can_read_is_named(
    halves: tuple[Stream, list[bytes], Ended],
) -> None:
    stream, *_ = halves
    table, as_json = stream.start("replay", "--diff"), stream.start("replay", "--diff", "--json")
    end = ended(as_json)
    [found] = end.lines
    assert [c["text"] for c in found["new"]] == ["[Iran’s] troops had captured Basra"]
    assert (found["gone"], found["changed"], found["unreadable"]) == ([], [], 1)
    assert found["behind"]["news.items"] == 2
    assert "has not finished 2 of news.items" in end.err
    assert "not JSON" in end.err
    [bad] = [r for r in stream.records("news.items") if r.key == b"bad"]
    assert f"{stream.prefix}news.items {bad.partition}:{bad.offset}: not JSON" in end.err
    text = ended(table).text
    assert "new " in text
    assert found["new"][0]["id"][:8] in text
    assert "1 new, 0 gone" in text


def test_what_is_no_stretch_is_told(fed: Stream, tmp_path: Path) -> None:
    (tmp_path / "claims.jsonl").touch()
    wrong: dict[tuple[str, ...], tuple[str, ...]] = {
        ("--from", "yesterday"): ("--from", "yesterday", "0:120"),
        ("--to", "0:5000"): ("partition 0 ends at",),
        ("--as-known-at", "0:1"): ("gives no offset in partition 1",),
        ("--out", str(tmp_path)): ("claims.jsonl", "not overwritten"),
    }
    started = {arguments: fed.start("replay", *arguments) for arguments in wrong}
    for arguments, words in wrong.items():
        refused(started[arguments].ended(), *words)
    both = fed.run("replay", "--as-known-at", "1d", "--from", "1d")
    assert both.code == 2, both.said
    assert "--from" in both.err
