"""Shadows on a broker: built by several workers, promoted, dropped; readers follow."""

import asyncio
import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiokafka.admin import AIOKafkaAdminClient

from claimwire.statuses import Status
from claimwire.verdicts import HasStatus, IsOneWith, verdict
from streams.verdict_files import line_of
from tests.stream.harness import SETTLED_SECONDS, Running, Stream, lines_of, seeds, until, write_lines
from tests.stream.test_commands import refused
from tests.stream.test_replay import ANNA, UNSEEN, groups, left_alone
from tests.unit.builders import NOON, seed_items, written_with

RULES = '[[rule]]\nname = "all"\nto = ["unverified"]\n'


def topics(stream: Stream) -> set[str]:
    async def read() -> set[str]:
        admin = AIOKafkaAdminClient(bootstrap_servers=stream.broker)
        await admin.start()
        try:
            return {name for name in await admin.list_topics() if name.startswith(stream.prefix)}
        finally:
            await admin.close()

    return asyncio.run(read())


def status(stream: Stream, name: str) -> dict[str, Any]:
    ended = stream.run("replay", "status", name, "--json")
    assert ended.code == 0, ended.said
    [told] = ended.lines
    return dict(told)


def shadow(stream: Stream, name: str, *options: str) -> Running:
    worker = stream.start("replay", "--into", name, *options)
    worker.has_said("worker ready")
    return worker


def caught_up(stream: Stream, name: str, workers: int) -> dict[str, Any]:
    """Wait until a ledger has so many workers, which are through."""
    told: dict[str, Any] = {}

    def through() -> bool:
        told.update(status(stream, name))
        return bool(told["caught_up"] and len(told["workers"]) == workers)

    until(through, f"{name} is caught up", SETTLED_SECONDS, lambda: json.dumps(told))
    return told


def claims_of(stream: Stream, name: str) -> list[bytes]:
    stream.settings["CLAIMWIRE_LEDGER"] = name
    try:
        return stream.claims()
    finally:
        del stream.settings["CLAIMWIRE_LEDGER"]


@pytest.fixture
def half(kafka: str, tmp_path: Path) -> Iterator[tuple[Stream, list[bytes]]]:
    """A stream whose live ledger has seen half of the seeds, with that ledger."""
    stream = Stream(kafka, tmp_path, partitions=2)
    (tmp_path / "rules.toml").write_text(RULES)
    stream.settings["CLAIMWIRE_ALERT_RULES"] = str(tmp_path / "rules.toml")
    stream.alerts_at_once()
    stream.ingest(write_lines(tmp_path / "first.jsonl", seeds()[:12]))
    worker = stream.worker()
    stream.settled(worker)
    assert worker.terminate().code == 0
    known = stream.claims()
    stream.ingest(write_lines(tmp_path / "second.jsonl", seeds()[12:]))
    yield stream, known
    stream.stop()


def test_shadow_is_built_beside_the_live_ledger_promoted_and_the_old_one_dropped(
    half: tuple[Stream, list[bytes]], seed_ledger: list[bytes]
) -> None:
    stream, known = half
    before = topics(stream)
    workers = [shadow(stream, "v2"), shadow(stream, "v2")]
    told = caught_up(stream, "v2", workers=2)
    assert (told["share"], told["current"], told["claims"]) == (1.0, False, len(seed_ledger))
    assert told["topics"]["news.items"] == {"records": len(seeds()), "read": len(seeds()), "left": 0}
    made = topics(stream) - before
    assert made
    assert all(name.startswith(f"{stream.prefix}v2.") for name in made)
    shared = ("news.items", "claims.verdicts")
    assert not any(name.endswith(shared) for name in made), "neither the items nor the verdicts are copied"

    assert stream.claims() == known, "readers still read the live ledger"
    assert claims_of(stream, "v2") == seed_ledger
    assert not stream.records("v2.claims.alerts"), "a ledger that nobody reads alerts nobody"
    watching = stream.start("watch")
    watching.has_said(f"watching {stream.prefix}claims.status")
    refused(stream.run("replay", "drop", "v2"), "workers run for the ledger v2", "faust")

    promoted = stream.run("replay", "promote", "v2")
    assert promoted.code == 0, promoted.said
    assert stream.claims() == seed_ledger, "readers need no setting"
    watching.has_said(f"watching {stream.prefix}v2.claims.status")
    [pointer] = stream.records("claims.ledgers")
    assert pointer.key == b"current"
    assert json.loads(pointer.value)["name"] == "v2"

    for worker in workers:
        worker.terminate()  # amid the rebalance that the first one's leaving makes, the second's stop may be cut short
    refused(stream.run("replay", "drop", "v2"), "v2 is the one that readers read")
    live = stream.start("worker")
    live.has_said(f"worker ready: {stream.prefix}v2.claimwire")
    stream.produce_items([UNSEEN])
    caught_up(stream, "v2", workers=1)
    until(lambda: bool(stream.records("v2.claims.alerts")), "the promoted ledger alerts", 20, live.said)
    watching.has_said("Iran: “[Iran’s] troops")
    assert not stream.run("replay", "--diff", "--json").lines[0]["changed"]

    dropped = stream.run("replay", "drop", "main")
    assert dropped.code == 0, dropped.said
    left = topics(stream)
    assert left == made | {f"{stream.prefix}{name}" for name in (*shared, "claims.ledgers")}
    assert f"{stream.prefix}claimwire" not in groups(stream)
    assert stream.claims()
    assert "Traceback" not in live.said() + watching.said()


def test_shadow_begins_where_it_is_told_goes_on_from_there_and_leaves_nothing_once_dropped(
    half: tuple[Stream, list[bytes]],
) -> None:
    stream, known = half
    before, group_names = topics(stream), groups(stream)
    [told] = stream.run("replay", "--dry-run", "--json").lines
    offsets = ",".join(f"{p['partition']}:{p['end'] - 2}" for p in told["partitions"])
    worker = shadow(stream, "v2", "--from", offsets)
    caught_up(stream, "v2", workers=1)
    made = claims_of(stream, "v2")
    assert made == lines_of(stream.run("replay", "--from", offsets, "--json").out)
    assert worker.terminate().code == 0
    refused(stream.run("replay", "promote", "v2"), "no worker runs for the ledger v2", "--into v2")
    again = shadow(stream, "v2", "--from", "0")
    assert "goes on from where it is" in again.err
    caught_up(stream, "v2", workers=1)
    assert again.terminate().code == 0
    assert claims_of(stream, "v2") == made
    dropped = stream.run("replay", "drop", "v2")
    assert dropped.code == 0, dropped.said
    assert topics(stream) == before
    assert left_alone(stream, group_names)
    assert stream.claims() == known
    refused(stream.run("replay", "drop", "v2"), "no ledger 'v2'", "main")


def test_shadow_reads_the_verdicts_that_all_share_and_is_promoted_once_it_is_through_with_them(
    half: tuple[Stream, list[bytes]], seed_ledger: list[bytes]
) -> None:
    stream, _ = half
    claims = [json.loads(line)["id"] for line in seed_ledger]
    ruled = verdict(claims[0], IsOneWith(into=claims[1]), ANNA, "the same", NOON)
    later = [verdict(claims[2], HasStatus(status=status), ANNA, "", NOON) for status in Status]
    stream.produce("claims.verdicts", [(ruled.claim.encode(), line_of(ruled))])
    worker = shadow(stream, "v2")
    told = caught_up(stream, "v2", workers=1)
    assert told["topics"]["claims.verdicts"] == {"records": 1, "read": 1, "left": 0}
    assert claims_of(stream, "v2") == written_with([*seed_items(), ruled])
    asleep = [worker.process, *worker.children()]
    for process in asleep:
        process.send_signal(signal.SIGSTOP)
    stream.produce("claims.verdicts", [(v.claim.encode(), line_of(v)) for v in later])
    refused(stream.run("replay", "promote", "v2"), f"{len(later)} records of {stream.prefix}claims.verdicts are left")
    for process in asleep:
        process.send_signal(signal.SIGCONT)
    caught_up(stream, "v2", workers=1)
    assert stream.run("replay", "promote", "v2").code == 0
    assert stream.claims() == written_with([*seed_items(), ruled, *later])


def test_shadow_that_has_not_caught_up_is_not_promoted(half: tuple[Stream, list[bytes]]) -> None:
    stream, known = half
    worker = shadow(stream, "v2")
    caught_up(stream, "v2", workers=1)
    asleep = [worker.process, *worker.children()]
    for process in asleep:
        process.send_signal(signal.SIGSTOP)
    stream.produce_items([{**seeds()[0], "uri": f"urn:{n}"} for n in range(6)])
    refused(stream.run("replay", "promote", "v2"), "v2 has not caught up: 6 records", "news.items", "80%")
    for process in asleep:
        process.send_signal(signal.SIGCONT)
    assert stream.claims() == known
    listed = stream.run("replay", "status")
    assert [line.split()[0] for line in listed.text.splitlines() if "%" in line] == ["main", "v2"]


def test_name_that_is_taken_or_no_name_is_refused(stream: Stream) -> None:
    assert "there is no ledger yet" in stream.run("replay", "status").text
    refused(stream.run("replay", "--into", "v2"), f"no topic {stream.prefix}news.items", "claimwire worker")
    stream.ingest(write_lines(stream.folder / "one.jsonl", seeds()[:1]))
    other = Stream(stream.broker, stream.folder, prefix=f"{stream.prefix}v2.")
    other.ingest(stream.folder / "one.jsonl")
    refused(stream.run("replay", "--into", "v2"), "prefix of another stream")
    for name in ("V2", "main"):
        ended = stream.run("replay", "--into", name)
        assert ended.code == 2, ended.said
    for command in ("promote", "drop", "status"):
        refused(stream.run("replay", command, "v2"), "no ledger 'v2'")
