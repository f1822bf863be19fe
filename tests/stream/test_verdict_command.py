"""`claimwire verdict` on the real broker: a desk corrects the ledger, a claim at a time or many at once."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claimwire.verdict_json import from_json
from tests.stream.harness import SEEDS, Ended, Running, Stream, lines_of, write_lines
from tests.stream.test_commands import refused
from tests.stream.test_replay import PATH_WITH_VERDICTS
from tests.unit.builders import claims_of, seed_items, written_with

BASE = claims_of(seed_items())
DISPUTED = max((c for c in BASE if "evidence" in c), key=lambda c: len(c["evidence"]))
ONE, TWO, THREE, FOUR = [c["id"] for c in BASE if "evidence" in c and c is not DISPUTED][:4]


@pytest.fixture
def desk(stream: Stream) -> tuple[Stream, Running]:
    """A stream that the seeds have gone through, with its worker."""
    stream.settings["COLUMNS"] = "250"  # so that no cell of a table is broken
    worker = stream.worker()
    stream.ingest(SEEDS)
    stream.settled(worker)
    return stream, worker


def verdict(stream: Stream, *arguments: str, stdin: bytes | None = None) -> Ended:
    ended = stream.run("verdict", *arguments, stdin=stdin)
    assert ended.code == 0, ended.said
    return ended


def undo_of(ended: Ended) -> list[str]:
    """The command that a command says undoes it, without its first word."""
    return ended.text.partition("undo it: claimwire ")[2].split()


def claims(stream: Stream, worker: Running) -> dict[str, Any]:
    stream.settled(worker, topics=PATH_WITH_VERDICTS)
    return {claim["id"]: claim for claim in map(json.loads, stream.claims())}


def test_each_command_changes_the_ledger_and_the_command_that_it_prints_takes_that_back(
    desk: tuple[Stream, Running],
) -> None:
    stream, worker = desk
    before, joined = stream.claims(), DISPUTED["evidence"][-1]["statement"]
    by = ("--by", "Anna", "--reason", "asked them")
    made = [
        verdict(stream, "statement", DISPUTED["id"][:8], joined[:8], "none", *by),
        verdict(stream, "statement", ONE[:8], joined[:8], "denies", *by),
        verdict(stream, "merge", TWO[:8], ONE[:8], *by),
        verdict(stream, "claim", THREE[:8], *by),
        verdict(stream, "status", FOUR[:8], "refuted", *by),
        verdict(stream, "comment", FOUR[:8], "asked them", "--by", "Anna"),
    ]
    found = claims(stream, worker)
    assert {TWO, THREE} & found.keys() == set()
    assert found[FOUR]["status"] == "refuted"
    assert found[FOUR]["decided_by"]["name"] == "Anna"
    assert joined in {line["statement"] for line in found[DISPUTED["id"]]["set_aside"]}
    assert {joined, TWO} <= {line["statement"] for line in found[ONE]["evidence"]}

    exported = verdict(stream, "export").out.splitlines()
    assert [json.loads(line)["reason"] for line in exported] == ["asked them"] * len(made)
    given = [from_json(json.loads(line)) for line in exported]
    assert stream.claims() == lines_of(b"\n".join(written_with([*seed_items(), *given])))
    listed = verdict(stream, "list").text
    assert all(v.id[:8] in listed for v in given)
    assert given[4].id[:8] in verdict(stream, "list", FOUR[:8]).text
    assert given[0].id[:8] not in verdict(stream, "list", FOUR[:8]).text

    for ended in made:
        verdict(stream, *undo_of(ended)[1:], "--by", "Ben")
    assert list(claims(stream, worker)) == [json.loads(line)["id"] for line in before]
    assert verdict(stream, "list").text.count("undone by person Ben") == len(made)
    assert {c["status"] for c in claims(stream, worker).values() if c["id"] == FOUR} == {
        c["status"] for c in BASE if c.get("id") == FOUR
    }


def test_file_of_many_is_sent_whole_and_sent_once_however_often_it_is_imported(
    desk: tuple[Stream, Running], tmp_path: Path
) -> None:
    stream, worker = desk
    lines = [
        {"claim": ONE[:9], "says": {"kind": "status", "status": "refuted"}, "reason": f"reason {n}"} for n in range(100)
    ]
    lines += [{"claim": TWO, "says": {"kind": "merge", "into": THREE[:9]}}]
    sent = verdict(stream, "import", str(write_lines(tmp_path / "many.jsonl", lines)), "--by", "Anna")
    assert "101 verdicts sent" in sent.err
    found = claims(stream, worker)
    assert TWO not in found
    assert found[ONE]["decided_by"]["reason"] == "reason 99", "of many on a claim the last line holds"
    exported = verdict(stream, "export")
    again = verdict(stream, "import", "-", stdin=exported.out)
    assert "0 verdicts sent, 101 were there already" in again.err
    assert len(stream.records("claims.verdicts")) == 101
    for line in sent.text.splitlines()[-1:]:
        verdict(stream, *line.partition("#")[0].split()[2:])
    assert TWO in claims(stream, worker)


def test_file_with_an_error_is_named_by_line_and_nothing_of_it_is_sent(
    desk: tuple[Stream, Running], tmp_path: Path
) -> None:
    stream, _ = desk
    good = {"claim": ONE, "says": {"kind": "no_claim"}}
    bad = [
        {"claim": "zz", "says": {"kind": "no_claim"}},
        {"claim": ONE, "says": {"kind": "status", "status": "hoax"}, "reason": "x"},
        {"claim": ONE, "says": {"kind": "statement", "statement": "e3" * 10, "relation": "denies"}},
    ]
    path = write_lines(tmp_path / "bad.jsonl", [good, *bad, good])
    with path.open("a") as file:
        file.write("{\n")
    ended = stream.run("verdict", "import", path)
    refused(ended, f"{path}:2: no claim begins with 'zz'", f"{path}:3: ", "hoax", f"{path}:4: no statement begins")
    refused(ended, f"{path}:6: not JSON", "4 lines", "nothing of it")
    assert f"{path}:1" not in ended.err
    assert stream.records("claims.verdicts") == []


def test_statement_that_no_claim_shows_is_found_on_its_topic_and_carried(desk: tuple[Stream, Running]) -> None:
    stream, worker = desk
    shown = {line["statement"] for c in BASE for line in c.get("evidence", ())}
    said = [s for r in stream.records("news.statements") for s in said_in(r.value)]
    other = next(s for s in said if s["id"] not in shown)
    verdict(stream, "statement", ONE, other["id"][:12], "denies")
    line = claims(stream, worker)[ONE]["evidence"]
    assert [e["quote"] for e in line if e["statement"] == other["id"]] == [other["quote"]]


def said_in(value: bytes) -> Iterator[dict[str, Any]]:
    held = json.loads(value)
    for change in held if isinstance(held, list) else [held]:
        if not change["subject"].startswith("record:"):
            yield from change["said"]


def test_what_cannot_be_said_is_refused_with_the_remedy_and_nothing_is_sent(desk: tuple[Stream, Running]) -> None:
    stream, worker = desk
    refused(stream.run("verdict", "claim", "zz"), "no claim begins with 'zz'", "claimwire claims")
    refused(stream.run("verdict", "undo", "zz"), "no verdict begins with 'zz'", "verdict list")
    refused(stream.run("verdict", "merge", ONE, ONE), "under itself")
    refused(stream.run("verdict", "import", "none.jsonl"), "none.jsonl")
    assert stream.run("verdict", "status", ONE, "refuted").code == 2, "a status has a reason"
    assert stream.run("verdict", "statement", ONE, TWO, "asserts").code == 2
    assert "there is no verdict yet" in verdict(stream, "list").err
    assert stream.records("claims.verdicts") == []
    verdict(stream, "merge", ONE, TWO)
    verdict(stream, "merge", TWO, THREE)
    claims(stream, worker)
    refused(stream.run("verdict", "merge", THREE, ONE), "in a ring")
    refused(stream.run("verdict", "status", ONE, "refuted", "--reason", "x"), f"goes on as {THREE}")


def test_name_comes_from_the_option_else_the_setting_and_one_who_does_not_count_is_warned(
    desk: tuple[Stream, Running],
) -> None:
    stream, _ = desk
    stream.settings |= {"CLAIMWIRE_VERDICTS_BY": "Anna", "CLAIMWIRE_VERDICTS_FROM": "person:Anna"}
    first, second = verdict(stream, "claim", ONE), verdict(stream, "claim", TWO, "--by", "Ben")
    assert "person Anna" in first.text
    assert "do not count" not in first.err
    assert "person Ben" in second.text
    assert "verdicts of person Ben do not count here" in second.err
    assert "not counted" in verdict(stream, "list", TWO).text
