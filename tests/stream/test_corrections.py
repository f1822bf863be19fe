"""New versions, kills and late old versions of items, on the real broker."""

import json
from typing import Any

from tests.stream.harness import Running, Stream, assert_paths_end_in, lines_of, paths_of_claims, write_lines

TAKEN = "Russian forces have captured Pokrovsk, General Valery Gerasimov said."
ADVANCE = "Russian troops were advancing near Kupyansk, the Kremlin said."
DENIED = "Ukraine denied that Pokrovsk had fallen."

Path = list[dict[str, Any]]


def version(uri: str, number: int, body: str, hour: int, status: str = "usable") -> dict[str, Any]:
    return {
        "uri": uri,
        "standard": {"name": "ninjs", "version": "3.0"},
        "version": str(number),
        "firstCreated": f"2025-12-01T{hour:02}:00:00Z",
        "versionCreated": f"2025-12-01T{hour:02}:{number:02}:00Z",
        "pubStatus": status,
        "headlines": [],
        "bodies": [{"role": "main", "contentType": "text/plain", "value": body}],
        "infoSources": [{"name": f"Outlet of {uri}", "role": "provider"}],
    }


def origin(document: dict[str, Any]) -> dict[str, Any]:
    """A version as events name it."""
    return {
        "item": document["uri"],
        "version": int(document["version"]),
        "pub_status": document["pubStatus"],
        "version_created": document["versionCreated"],
    }


FIRST = version("urn:first", 1, f"{TAKEN}\n\n{ADVANCE}", 10)
SHORTER = version("urn:first", 2, TAKEN, 10)
KILLED = version("urn:first", 3, "", 10, status="canceled")
DENIAL = version("urn:denial", 1, DENIED, 11)
REPEATED = version("urn:second", 1, TAKEN, 12)


def told_after(stream: Stream, worker: Running, *items: dict[str, Any]) -> dict[str, Path]:
    """Feed items in; the changes of each claim's status that follow."""
    before = {event["id"] for path in paths(stream).values() for event in path}
    stream.produce_items(items)
    stream.settled(worker)
    new = {claim: [e for e in path if e["id"] not in before] for claim, path in paths(stream).items()}
    return {claim: path for claim, path in new.items() if path}


def paths(stream: Stream) -> dict[str, Path]:
    return paths_of_claims(stream.records("claims.status"))


def ends(told: dict[str, Path]) -> list[tuple[str, str, str]]:
    """Text, first status before and last status after, of each claim that was told of."""
    return sorted((p[-1]["claim"]["text"], str(p[0]["previous"]), p[-1]["status"]) for p in told.values())


def test_corrections_and_kills_change_what_they_change_and_say_so(stream: Stream) -> None:
    worker = stream.worker()
    taken, advance = "Russian forces have captured Pokrovsk", "Russian troops were advancing near Kupyansk"
    assert ends(told_after(stream, worker, FIRST)) == [(taken, "None", "unverified"), (advance, "None", "unverified")]
    assert ends(told_after(stream, worker, DENIAL)) == [(taken, "unverified", "disputed")]

    dropped = told_after(stream, worker, SHORTER)
    assert ends(dropped) == [(advance, "unverified", "retracted")], "the sentence that stayed must not flicker"
    [[gone]] = dropped.values()
    assert gone["cause"]["withdrawn"]
    assert gone["cause"]["due_to"] == origin(SHORTER)

    assert told_after(stream, worker, FIRST) == {}, "an older version that arrives late changes nothing"
    assert told_after(stream, worker, REPEATED) == {}, "the claimant's own word again"

    killed = told_after(stream, worker, KILLED)
    assert ends(killed) == [(taken, "None", "disputed"), (taken, "disputed", "retracted")]
    [heir] = [claim for claim, path in killed.items() if path[0]["previous"] is None]
    [last] = [path[-1] for path in killed.values() if path[-1]["status"] == "retracted"]
    assert last["superseded_by"] == heir
    assert last["cause"]["due_to"] == origin(KILLED)
    assert all(e["cause"]["due_to"]["item"] == "urn:first" for e in killed[heir] if e["cause"]["item"] != "urn:second")

    [claim] = map(json.loads, stream.claims())
    assert (claim["id"], claim["status"]) == (heir, "disputed")


def test_whatever_the_order_of_versions_the_ledger_is_that_of_the_latest(stream: Stream) -> None:
    worker = stream.worker()
    items = [KILLED, DENIAL, FIRST, REPEATED, SHORTER, DENIAL]
    stream.produce_items(items)
    stream.settled(worker)
    file = write_lines(stream.folder / "latest.jsonl", [DENIAL, REPEATED])
    ended = stream.run("ledger", file, "--out", stream.folder / "out")
    assert ended.code == 0, ended.said
    expected = lines_of((stream.folder / "out" / "claims.jsonl").read_bytes())
    assert len(expected) == 1
    assert stream.claims() == expected
    assert_paths_end_in(expected, stream.records("claims.status"))
