"""`claimwire extract` and `claimwire ledger`: no broker anywhere."""

import json
import lzma
from datetime import timedelta
from pathlib import Path

import pytest

from claimwire import Act
from claimwire.statuses import Status
from claimwire.verdicts import HasStatus, IsNoClaim, IsOneWith, Maker, MakerKind, Verdict, verdict
from streams.terminal.views import LONGEST_TEXT
from streams.verdict_files import line_of
from tests.stream.harness import SEEDS, Stream, lines_of, seeds, write_lines
from tests.stream.test_commands import refused
from tests.unit.builders import NOON, seed_items, written_with

STATUSES = {"unverified", "corroborated", "disputed", "confirmed", "refuted", "contested", "retracted"}


@pytest.fixture
def alone(tmp_path: Path) -> Stream:
    """The command line without a broker."""
    return Stream("127.0.0.1:1", tmp_path)


def parts() -> dict[tuple[str, str, str], str]:
    """The texts of the seeds by item, version and part."""
    return {
        (item["uri"], item.get("version", "0"), part): (item[name] or [{"value": ""}])[0]["value"]
        for item in seeds()
        for part, name in (("headline", "headlines"), ("body", "bodies"))
    }


def test_extract_writes_spans_in_code_points_of_the_part(alone: Stream, tmp_path: Path) -> None:
    packed = tmp_path / "seeds.jsonl.xz"
    packed.write_bytes(lzma.compress("".join(json.dumps(item) + "\n" for item in seeds()).encode()))
    ended = alone.run("extract", packed)
    assert ended.code == 0, ended.said
    texts = parts()
    assert len(ended.lines) > 30
    for statement in ended.lines:
        text = texts[statement["item"], str(statement["order"][0]), statement["part"]]
        assert statement["act"] in set(Act)
        assert text[statement["start"] : statement["end"]] == statement["quote"]
        for name in ("cue", "source", "content"):
            for start, end in statement[name]:
                assert 0 <= start < end <= len(text)
                assert text[start:end].strip() == text[start:end]
    assert {statement["part"] for statement in ended.lines} == {"headline", "body"}
    assert any(statement["cue"] and statement["source"] and statement["content"] for statement in ended.lines)


def test_extract_writes_to_a_file(alone: Stream, tmp_path: Path) -> None:
    ended = alone.run("extract", SEEDS, "-o", tmp_path / "out.jsonl")
    assert ended.code == 0, ended.said
    assert ended.out == b""
    assert (tmp_path / "out.jsonl").read_bytes() == alone.run("extract", SEEDS).out


def test_ledger_writes_claims_and_their_events(alone: Stream, tmp_path: Path) -> None:
    ended = alone.run("ledger", SEEDS, "--out", tmp_path / "out")
    assert ended.code == 0, ended.said
    texts = parts()
    claims = [json.loads(line) for line in (tmp_path / "out" / "claims.jsonl").read_bytes().splitlines()]
    for claim in claims:
        assert claim["status"] in STATUSES
        assert claim["text"]
        assert claim["evidence"]
        for e in claim["evidence"]:
            text = texts[e["item"], str(e["version"]), e["part"]]
            assert text[e["start"] : e["end"]] == e["quote"]
            assert e["side"]
            assert e["relation"]
    events = [json.loads(line) for line in (tmp_path / "out" / "events.jsonl").read_bytes().splitlines()]
    last = {event["claim"]["id"]: event["status"] for event in events}
    assert last == dict.fromkeys(last, "retracted") | {claim["id"]: claim["status"] for claim in claims}


def test_ledger_is_the_same_whatever_the_number_of_processes_and_the_order(alone: Stream, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "seeds.jsonl", seeds())
    backwards = write_lines(tmp_path / "backwards.jsonl", reversed(seeds()))
    runs = {"one": (path,), "two": (path, "-j", "2"), "back": (backwards, "-j", "2")}
    started = {name: alone.start("ledger", *map(str, how), "--out", name) for name, how in runs.items()}
    for running in started.values():
        ended = running.ended()
        assert ended.code == 0, ended.said
    for name in ("claims.jsonl", "events.jsonl", "remarks.jsonl"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    one, back = ((tmp_path / run / "claims.jsonl").read_bytes() for run in ("one", "back"))
    assert lines_of(one) == lines_of(back)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `claimwire ledger seeds` writes."""
    folder = tmp_path_factory.mktemp("written")
    assert Stream("127.0.0.1:1", folder).run("ledger", SEEDS, "--out", folder / "out").code == 0
    return folder / "out"


def test_ledger_as_of_a_day_is_that_of_the_items_published_until_its_end(
    alone: Stream, written: Path, tmp_path: Path
) -> None:
    items = [item for item in seeds() if item["versionCreated"] < "2025-12-02"]
    write_lines(tmp_path / "until.jsonl", items)
    for source, how in ((SEEDS, ["--as-of", "2025-12-01"]), (tmp_path / "until.jsonl", [])):
        assert alone.run("ledger", source, "--out", tmp_path / f"as-{len(how)}", *how).code == 0
    then, until = (lines_of((tmp_path / name / "claims.jsonl").read_bytes()) for name in ("as-2", "as-0"))
    assert then == until
    ended = alone.run("claims", "--json", "--from", written, "--as-of", "2025-12-01")
    assert set(lines_of(ended.out)) <= set(then)
    assert len(ended.lines) > 5


def test_claims_and_show_read_a_written_ledger(alone: Stream, written: Path) -> None:
    claims = lines_of((written / "claims.jsonl").read_bytes())
    assert lines_of(alone.run("claims", "--json", "--from", written).out) == claims
    one = max(map(json.loads, claims), key=lambda c: len(c["evidence"]))
    assert alone.run("show", one["id"], "--json", "--from", written / "claims.jsonl").lines == [one]
    then = alone.run("show", one["id"], "--from", written, "--as-of", one["published"])
    assert "→ unverified" in then.text
    assert one["evidence"][-1]["quote"] not in then.text
    refused(alone.run("show", one["id"], "--from", written, "--as-of", "2025-11-01"), "as of 2025-11-01")


def test_claims_without_news_for_long_are_marked_and_can_be_left_out(alone: Stream, written: Path) -> None:
    assert "quiet" not in alone.run("claims", "--from", written).text
    late = ("--from", written, "--as-of", "2026-01-01T12:00Z")
    shown, left, all_of_them = (alone.run("claims", *late, *more) for more in ((), ("--no-quiet",), ("--json",)))
    assert "quiet 30 d" in shown.text
    assert 0 < left.text.count("disputed") < shown.text.count("disputed")
    assert all_of_them.out == alone.run("claims", "--json", "--from", written).out
    far = alone.run("claims", "--from", written, "--as-of", "2027-01-01", "--no-quiet")
    assert (far.code, far.text) == (0, "")
    assert "all are quiet. Leave out --no-quiet" in far.err
    alone.settings["CLAIMWIRE_QUIET_DAYS"] = "40"
    assert "quiet" not in alone.run("claims", *late).text


def test_claims_are_chosen_and_told_whole_where_there_is_no_terminal(alone: Stream, written: Path) -> None:
    claims = [json.loads(line) for line in lines_of((written / "claims.jsonl").read_bytes())]
    for options, wanted in (
        (
            ["--status", "disputed", "--status", "refuted"],
            {c["id"] for c in claims if c["status"] in ("disputed", "refuted")},
        ),
        (["--side", "moscow"], {c["id"] for c in claims if c["side"] == "Russia"}),
        (["--search", "bus depot"], {c["id"] for c in claims if "bus depot" in c["text"]}),
    ):
        found = alone.run("claims", "--from", written, "--json", *options)
        assert {c["id"] for c in found.lines} == wanted != set()
    assert len(alone.run("claims", "--from", written, "--json", "--limit", "2").lines) == 2
    longest = max((c["text"] for c in claims), key=len)
    assert "…" not in alone.run("claims", "--from", written).text
    assert len(longest) > LONGEST_TEXT
    none = alone.run("claims", "--from", written, "--search", "no such words")
    assert (none.code, none.text) == (0, "")
    assert "fits" in none.err


def test_what_is_no_written_ledger_and_no_moment_is_told(alone: Stream, written: Path, tmp_path: Path) -> None:
    refused(alone.run("claims", "--from", tmp_path / "none"), str(tmp_path / "none"))
    refused(alone.run("claims", "--from", tmp_path), str(tmp_path / "claims.jsonl"))
    refused(alone.run("claims", "--from", written / "events.jsonl"), "events.jsonl:1")
    for moment in ("yesterday", "3d"):
        refused(alone.run("claims", "--from", written, "--as-of", moment), moment, "date")
        refused(alone.run("ledger", SEEDS, "--out", tmp_path / "out", "--as-of", moment), moment, "date")


def test_record_reads_a_written_ledger_and_the_remarks_beside_it(alone: Stream, written: Path, tmp_path: Path) -> None:
    ended = alone.run("record", "--json", "--from", written)
    assert ended.code == 0, ended.said
    records = {record["side"]: record for record in ended.lines}
    assert [r["item"] for r in records["Russia"]["remarks"]] == ["tag:meridianwire.example,2025:MW1201-0431"]
    assert alone.run("record", "--json", "--from", written / "claims.jsonl").out == ended.out
    shown = alone.run("record", "--from", written).text
    assert all(side in shown for side in records)
    bare = tmp_path / "claims.jsonl"
    bare.write_bytes((written / "claims.jsonl").read_bytes())
    assert [r["claims"] for r in alone.run("record", "--json", "--from", bare).lines] == [
        record["claims"] for record in records.values()
    ]


def verdicts_on(written: Path) -> list[Verdict]:
    """Verdicts on the first three claims of a written ledger, an hour after one another."""
    ids = [json.loads(line)["id"] for line in lines_of((written / "claims.jsonl").read_bytes())]
    anna = Maker(kind=MakerKind.PERSON, name="Anna")
    said = [(ids[0], HasStatus(status=Status.REFUTED)), (ids[1], IsOneWith(into=ids[2])), (ids[3], IsNoClaim())]
    return [verdict(id, says, anna, "asked", NOON + timedelta(hours=n)) for n, (id, says) in enumerate(said)]


def test_ledger_takes_a_file_of_verdicts_in_any_order_and_until_a_moment(
    alone: Stream, written: Path, tmp_path: Path
) -> None:
    ruled = verdicts_on(written)
    for name, given in (("one", ruled), ("back", ruled[::-1]), ("first", ruled[:1])):
        (tmp_path / f"{name}.jsonl").write_bytes(b"".join(line_of(v) + b"\n" for v in given))
        ended = alone.run("ledger", SEEDS, "--out", name, "--verdicts", f"{name}.jsonl")
        assert ended.code == 0, ended.said
        assert f"{len(given)} verdict" in ended.err
    made = {name: lines_of((tmp_path / name / "claims.jsonl").read_bytes()) for name in ("one", "back", "first")}
    assert made["one"] == made["back"] == written_with([*seed_items(), *ruled])
    assert made["first"] == written_with([*seed_items(), ruled[0]])
    then = ("--as-of", "2025-12-01T12:30Z")
    assert alone.run("ledger", SEEDS, "--out", "then", "--verdicts", "one.jsonl", *then).code == 0
    until = [i for i in seed_items() if i.published <= NOON + timedelta(minutes=30)]
    assert lines_of((tmp_path / "then" / "claims.jsonl").read_bytes()) == written_with([*until, ruled[0]])


def test_ledger_names_the_bad_lines_of_a_file_of_verdicts_and_writes_nothing(
    alone: Stream, written: Path, tmp_path: Path
) -> None:
    path = tmp_path / "verdicts.jsonl"
    path.write_bytes(b"\n".join([line_of(verdicts_on(written)[0]), b"{", b'{"claim": "x"}']))
    ended = alone.run("ledger", SEEDS, "--out", tmp_path / "out", "--verdicts", path)
    refused(ended, f"{path}:2: not JSON", f"{path}:3: ", "2 lines", "nothing of it")
    assert not (tmp_path / "out").exists()
    refused(alone.run("ledger", SEEDS, "--out", tmp_path / "out", "--verdicts", "none.jsonl"), "none.jsonl")


@pytest.mark.parametrize("name", ["claims.jsonl", "events.jsonl", "remarks.jsonl"])
def test_ledger_refuses_to_overwrite(alone: Stream, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / name).write_text("mine")
    refused(alone.run("ledger", SEEDS, "--out", out), str(out / name))
    assert [path.name for path in out.iterdir()] == [name]
    assert (out / name).read_text() == "mine"


def test_bad_lines_are_named_and_the_rest_is_used(alone: Stream, tmp_path: Path) -> None:
    good = [json.dumps(item) for item in seeds()[:3]]
    path = tmp_path / "mixed.jsonl"
    path.write_text("\n".join([good[0], "{", good[1], '{"uri": "urn:no:time"}', good[2]]) + "\n", "utf8")
    write_lines(tmp_path / "good.jsonl", seeds()[:3])
    refused(alone.run("ledger", path, "--out", tmp_path / "mixed"), f"{path}:2: ", f"{path}:4: ")
    assert alone.run("ledger", tmp_path / "good.jsonl", "--out", tmp_path / "good").code == 0
    for name in ("claims.jsonl", "events.jsonl"):
        assert (tmp_path / "mixed" / name).read_bytes() == (tmp_path / "good" / name).read_bytes()
    extracted = alone.run("extract", path)
    refused(extracted, f"{path}:2: ", f"{path}:4: ")
    assert extracted.lines


@pytest.mark.parametrize("source", ["bad.jsonl", ""])
def test_ledger_of_nothing_that_can_be_read_writes_nothing(alone: Stream, tmp_path: Path, source: str) -> None:
    (tmp_path / "bad.jsonl").write_text("{\n")
    refused(alone.run("ledger", source, "--out", tmp_path / "out"), "1 item could not be read")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("date", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_item_from_the_ends_of_time_is_named_and_refused(alone: Stream, tmp_path: Path, date: str) -> None:
    item = {**seeds()[0], "versionCreated": date}
    item.pop("firstCreated", None)
    path = write_lines(tmp_path / "old.jsonl", [item])
    refused(alone.run("ledger", path, "--out", tmp_path / "out"), f"{path}:1: ", "not between 1900 and 2100")


def test_files_and_folders_that_cannot_be_used_are_told(alone: Stream, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "packed.jsonl.xz").write_bytes(b"no xz")
    commands = {
        "missing": ["ledger", "missing", "--out", "a"],
        "packed.jsonl.xz": ["ledger", "packed.jsonl.xz", "--out", "b"],
        "file": ["ledger", str(SEEDS), "--out", "file"],
        "file/deeper": ["ledger", str(SEEDS), "--out", "file/deeper"],
        "no/such/folder": ["extract", str(SEEDS), "-o", "no/such/folder/out.jsonl"],
    }
    started = {words: alone.start(*command) for words, command in commands.items()}
    ended = {words: running.ended() for words, running in started.items()}
    for words, end in ended.items():
        refused(end, words)
