import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from streams.alerting.delivery import AT_ONCE
from streams.alerting.outbox import RETRY_AFTER
from streams.alerting.settling import SETTLES_IN
from streams.exports.schemas import asyncapi
from tests.stream.harness import PATH_OF_ITEMS, SEEDS, Running, Stream, paths_of_claims, seeds, until, write_lines
from tests.stream.receivers import Received, Receiver, mailbox
from tests.stream.test_commands import refused

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ALL = (*PATH_OF_ITEMS, "claims.status", "claims.matches")
REFUTED = 'to = ["refuted"]\nwords = ["Kupyansk"]'
TOLD_SECONDS = 60.0
SETTLED_SECONDS = SETTLES_IN.total_seconds() + TOLD_SECONDS
ENDED = Draft202012Validator(asyncapi()["components"]["schemas"]["Ended"])


@pytest.fixture
def stream(stream: Stream) -> Stream:
    """One whose alerts go at once, but where a test is about that."""
    stream.alerts_at_once()
    return stream


def rules(stream: Stream, text: str) -> None:
    path = stream.folder / "rules.toml"
    path.write_text(text, "utf8")
    stream.settings["CLAIMWIRE_ALERT_RULES"] = str(path)


def tries_quickly(stream: Stream) -> None:
    """Have a worker make the pauses between the tries of an alert in the wink of an eye; no setting does so."""
    stream.patched(
        "from streams.alerting import outbox\n"
        "outbox.RETRY_AFTER = tuple(pause / 10**6 for pause in outbox.RETRY_AFTER)\n"
    )


def through(stream: Stream, *paths: Path) -> Running:
    """A worker that everything has gone through, but what it still has to deliver.

    The seeds go in as they came: a claim that comes after its denial has other status changes.
    """
    worker = stream.worker()
    for path in paths or in_order(stream):
        stream.ingest(path)
        stream.settled(worker, topics=ALL)
    return worker


def in_order(stream: Stream) -> list[Path]:
    """The seeds as two files: those that claim, and those that deny it later."""
    parts = {"claimed": seeds()[:11], "denied": seeds()[11:]}
    return [write_lines(stream.folder / f"{name}.jsonl", some) for name, some in parts.items()]


def alerts(stream: Stream) -> list[dict[str, Any]]:
    """How deliveries ended, each as the schema says."""
    found = [json.loads(record.value) for record in stream.records("claims.alerts")]
    for alert in found:
        ENDED.validate(alert)
    return found


def told(stream: Stream, worker: Running, number: int, seconds: float = TOLD_SECONDS) -> list[dict[str, Any]]:
    """What has ended, once it is so many."""
    until(lambda: len(alerts(stream)) >= number, f"{number} alerts", seconds, worker.said)
    return alerts(stream)


def changes(stream: Stream, **wanted: object) -> dict[str, dict[str, Any]]:
    """The status changes that hold these values, by id; none of claims that nobody has taken back."""
    paths = paths_of_claims(stream.records("claims.status")).values()
    found = (event for path in paths for event in path if event["gone"] not in ("superseded", "dropped"))
    return {e["id"]: e for e in found if all(e[name] == value for name, value in wanted.items())}


def refuted(stream: Stream) -> list[dict[str, Any]]:
    """The status changes that `REFUTED` asks for."""
    return [e for e in changes(stream, status="refuted").values() if "Kupyansk" in e["claim"]["text"]]


def events_in(received: list[Received]) -> list[str]:
    """Ids of the status changes in bodies, in order."""
    return [event["id"] for r in received for event in json.loads(r.body)["data"]["events"]]


def tries_of_first(receiver: Receiver) -> list[Received]:
    """The tries to deliver the first message that came."""
    return [r for r in receiver.received if r.id == receiver.received[0].id]


def test_webhook_is_told_each_matching_change_once_signed_and_a_feed_anew_tells_nobody(stream: Stream) -> None:
    with Receiver().listening() as receiver:
        rules(
            stream,
            f"""
            [[rule]]
            name = "denied"
            from = ["unverified"]
            to = ["disputed"]
            side = "Russia"
            webhook = "{receiver.url}"
            secret = "{SECRET}"

            [[rule]]
            name = "logged only"
            to = ["confirmed"]
            """,
        )
        worker = through(stream)
        denied = {
            id: event
            for id, event in changes(stream, previous="unverified", status="disputed").items()
            if event["claim"]["side"] == "Russia"
        }
        confirmed = changes(stream, status="confirmed")
        assert denied
        assert confirmed
        ended = told(stream, worker, len(denied) + len(confirmed))

        stream.ingest(SEEDS)
        stream.settled(worker, topics=ALL)
        assert worker.terminate().code == 0
        worker = stream.worker()
        stream.ingest(write_lines(stream.folder / "again.jsonl", reversed(seeds())))
        stream.settled(worker, topics=ALL)
        assert worker.terminate().code == 0
    assert len(alerts(stream)) == len(ended)
    bodies = [r.verified(SECRET) for r in receiver.received]
    assert [body["type"] for body in bodies] == ["org.claimwire.alert.v1"] * len(denied)
    assert {body["data"]["events"][0]["id"]: body["data"]["events"] for body in bodies} == {
        id: [event] for id, event in denied.items()
    }
    assert len({r.id for r in receiver.received}) == len(denied)
    assert {(a["rule"], *a["events"], a["channel"], a["outcome"]) for a in ended} == {
        *(("denied", id, "webhook", "delivered") for id in denied),
        *(("logged only", id, "log", "delivered") for id in confirmed),
    }
    claims = {id: event["claim"]["id"] for id, event in (denied | confirmed).items()}
    for record in stream.records("claims.alerts"):
        assert record.key.decode() == claims[json.loads(record.value)["events"][0]]


def test_receiver_that_fails_is_tried_again_with_the_same_id_and_what_it_never_takes_ends_as_a_dead_letter(
    stream: Stream, seed_ledger: list[bytes]
) -> None:
    with Receiver([503, 503, 200]).listening() as takes_late, Receiver([503]).listening() as never:
        rules(
            stream,
            f'[[rule]]\nname = "late"\n{REFUTED}\nwebhook = "{takes_late.url}"\n'
            f'[[rule]]\nname = "never"\n{REFUTED}\nwebhook = "{never.url}"\nsecret = "{SECRET}"\n'
            f'[[rule]]\nname = "closed"\n{REFUTED}\nwebhook = "http://127.0.0.1:1/hook-SECRETPATH"\n'
            'notify = ["json://me:SECRETPATH@127.0.0.1:1/SECRETPATH"]\n',
        )
        stream.settings["CLAIMWIRE_LOG_LEVEL"] = "DEBUG"
        tries_quickly(stream)
        worker = through(stream)
        assert stream.claims() == seed_ledger
        [event] = refuted(stream)
        made = {(alert["rule"], alert["channel"].split()[0]): alert for alert in told(stream, worker, 4)}
        ended = worker.terminate()
    assert ended.code == 0, ended.said
    late = made["late", "webhook"]
    assert (late["outcome"], late["tries"]) == ("delivered", 3)
    assert [r.status for r in takes_late.received] == [503, 503, 200]
    assert len({r.id for r in takes_late.received}) == 1
    dead = made["never", "webhook"]
    assert (dead["outcome"], dead["reason"], dead["tries"]) == ("dead", "HTTP 503", 7)
    assert len(never.received) == 7
    assert all(json.loads(r.body) == dead["message"] for r in never.received)
    assert dead["message"]["data"]["events"] == [event]
    assert [made["closed", channel]["outcome"] for channel in ("webhook", "notify")] == ["dead", "dead"]
    for secret in ("SECRETPATH", SECRET):
        assert secret not in ended.said
        assert secret not in json.dumps(alerts(stream))


def test_receiver_that_is_down_and_asks_to_be_tried_at_once_gets_the_schedule_all_the_same(stream: Stream) -> None:
    with Receiver([503]).listening() as down:
        rules(stream, f'[[rule]]\nname = "down"\n{REFUTED}\nwebhook = "{down.url}"\n')
        worker = through(stream)
        until(lambda: len(tries_of_first(down)) > 1, "it is tried again", TOLD_SECONDS, worker.said)
        first, second = (r.at for r in tries_of_first(down)[:2])
        assert worker.terminate().code == 0
    assert second - first >= RETRY_AFTER[0].total_seconds()
    assert alerts(stream) == []


def test_mail_arrives_through_apprise(stream: Stream) -> None:
    with mailbox() as (port, mails):
        address = f"mailto://127.0.0.1:{port}?from=claimwire@example.org&to=desk@example.org&mode=insecure"
        rules(stream, f'[[rule]]\nname = "desk"\n{REFUTED}\nnotify = ["{address}"]\n')
        worker = through(stream)
        [event] = refuted(stream)
        [alert] = told(stream, worker, 1)
        assert worker.terminate().code == 0
    assert (alert["channel"], alert["outcome"]) == ("notify 1 (mailto)", "delivered")
    [mail] = mails
    assert "desk@example.org" in mail["To"]
    assert mail["Subject"] == alert["title"]
    body = mail.get_body(("plain",))
    assert body is not None
    assert event["claim"]["text"] in body.get_content()


def test_alerts_outlive_a_rebalance_and_a_kill_and_none_is_repeated_under_another_id(stream: Stream) -> None:
    with Receiver(seconds=3).listening() as receiver:  # so slow that much is left when the other worker has started
        rules(stream, f'[[rule]]\nname = "all"\nwebhook = "{receiver.url}"\n')
        stream.ingest(SEEDS)
        worker = stream.start("worker")
        until(lambda: bool(receiver.received), "it delivers", TOLD_SECONDS, worker.said)
        other = stream.worker()
        for process in reversed(worker.family()):
            process.kill()
        worker.kill()
        before = len(receiver.received)
        stream.settled(other, topics=ALL)
        every = changes(stream)
        until(lambda: {*events_in(receiver.received)} == {*every}, "all is delivered", TOLD_SECONDS, other.said)
        until(lambda: {e for a in alerts(stream) for e in a["events"]} == {*every}, "all is told", TOLD_SECONDS)
        assert other.terminate().code == 0
    ids: dict[str, set[str]] = {}
    for request in receiver.received:
        for event in events_in([request]):
            ids.setdefault(event, set()).add(request.id)
    assert all(len(under) == 1 for under in ids.values()), "a change went out under two ids"
    assert before < len(every), "it was killed in the middle"
    most = len(every) + 2 * AT_ONCE
    assert len(receiver.received) <= most, "of what was sent, only what was on its way is sent again"


def test_what_the_hour_and_quiet_hours_hold_back_outlives_the_worker_and_goes_in_one_digest(stream: Stream) -> None:
    with Receiver().listening() as few, Receiver().listening() as night:
        now = datetime.now(UTC)
        hours = f"{now - timedelta(hours=2):%H:%M}-{now + timedelta(hours=2):%H:%M}"
        limited = '[[rule]]\nname = "few"\nwebhook = "{}"\nat_most = {}\n[[rule]]\nname = "night"\nwebhook = "{}"\n'
        rules(stream, limited.format(few.url, 1, night.url) + f'quiet = "{hours}"\n')
        worker = through(stream)
        told(stream, worker, 1)
        assert worker.terminate().code == 0
        every = changes(stream)
        assert [len(events_in([r])) for r in few.received] == [1]
        assert night.received == []

        rules(stream, limited.format(few.url, 2, night.url))
        worker = stream.worker()
        told(stream, worker, 3)
        assert worker.terminate().code == 0
    assert [len(events_in([r])) for r in few.received] == [1, len(every) - 1]
    assert [len(events_in([r])) for r in night.received] == [len(every)]
    assert {*events_in(few.received)} == {*events_in(night.received)} == {*every}


def test_rule_on_the_track_record_knows_how_the_claims_of_a_side_ended(
    stream: Stream, seed_ledger: list[bytes]
) -> None:
    assert through(stream).terminate().code == 0
    settled = {"confirmed", "corroborated", "refuted", "retracted"}
    number = sum(c["side"] == "Russia" and c["status"] in settled for c in map(json.loads, seed_ledger))
    assert number
    rules(
        stream,
        f'[[rule]]\nname = "known"\nrecord = {{ settled = {number} }}\n'
        f'[[rule]]\nname = "unknown"\nrecord = {{ settled = {number + 1} }}\n',
    )
    said = "Russian forces have captured Izyum, the Russian Defence Ministry said."
    body = {"role": "main", "contentType": "text/plain", "value": said}
    item = {**seeds()[0], "uri": "urn:new", "headlines": [], "bodies": [body]}
    worker = through(stream, write_lines(stream.folder / "new.jsonl", [item]))
    assert {alert["rule"] for alert in told(stream, worker, 1)} == {"known"}


def test_receiver_that_hangs_holds_up_neither_the_ledger_nor_other_rules_nor_the_end(
    stream: Stream, seed_ledger: list[bytes]
) -> None:
    with Receiver(seconds=60).listening() as hangs, Receiver().listening() as takes:
        rules(
            stream,
            f'[[rule]]\nname = "hangs"\nwebhook = "{hangs.url}"\n[[rule]]\nname = "takes"\nwebhook = "{takes.url}"\n',
        )
        worker = through(stream)
        assert stream.claims() == seed_ledger
        every = changes(stream)
        until(lambda: {*events_in(takes.received)} == {*every}, "the other rule is told", TOLD_SECONDS, worker.said)
        assert hangs.received
        ended = worker.terminate()
        assert ended.code == 0, ended.said


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("rule = 5", ""),
        ("[[rule", ""),
        ('[[rule]]\nname = "x"\nto = ["nope"]', "rule 1, to"),
        ('[[rule]]\nname = "x"\nwebhook = "y"', "rule 1, webhook"),
    ],
)
def test_bad_rules_are_told(stream: Stream, text: str, where: str) -> None:
    rules(stream, text)
    refused(stream.run("worker"), "rules.toml", where)


def test_address_that_apprise_does_not_know_is_told_by_rule_and_number_without_its_secret(stream: Stream) -> None:
    rules(stream, '[[rule]]\nname = "x"\nnotify = ["mailto://a:b@example.org", "nothing://SECRETPATH"]')
    for command in ("worker", "doctor"):
        ended = stream.run(command)
        assert ended.code == 1
        assert "rule 'x', notify 2" in ended.said
        assert "SECRETPATH" not in ended.said


def test_rules_file_that_is_a_folder_is_told(stream: Stream, tmp_path: Path) -> None:
    stream.settings["CLAIMWIRE_ALERT_RULES"] = str(tmp_path)
    refused(stream.run("worker"), str(tmp_path))


def test_rehearsal_tells_what_rules_would_have_sent_and_sends_nothing(fed: Stream, tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    with Receiver().listening() as receiver:
        asked = f'[[rule]]\nname = "denied"\nto = ["disputed"]\nwebhook = "{receiver.url}"\n'
        path.write_text(asked + '[[rule]]\nname = "few"\nat_most = 1\n[[rule]]\nname = "none"\nwords = ["zeppelin"]\n')
        made = fed.run("alerts", "test", path, "--json").lines
        shown = fed.run("alerts", "test", path)
        later = fed.run("alerts", "test", path, "--since", "2999-01-01", "--json")
    changed = len({json.loads(record.value)["id"] for record in fed.records("claims.status")})
    last = {path[-1]["id"]: path[-1] for path in paths_of_claims(fed.records("claims.status")).values()}
    standing = [id for id, event in last.items() if event["gone"] is None]
    disputed = {id for id in standing if last[id]["status"] == "disputed"}
    assert {e for alert in made if alert["rule"] == "denied" for e in alert["events"]} == disputed
    assert [(alert["digest"], len(alert["events"])) for alert in made if alert["rule"] == "few"] == [
        (False, 1),
        (True, len(standing) - 1),
    ], "each claim once, as its first minute left it"
    assert shown.code == 0
    for line in (f"denied: {len(disputed)} alerts", "few: 2 alerts", "none: 0 alerts", f"of {changed} status"):
        assert line in shown.text
    assert (later.code, later.out) == (0, b"")
    assert receiver.received == []


def test_rehearsal_of_a_ledger_s_files_goes_by_publication_and_names_what_is_wrong_with_rules(tmp_path: Path) -> None:
    offline = Stream("127.0.0.1:1", tmp_path)
    assert offline.run("ledger", SEEDS, "--out", tmp_path / "out").code == 0
    path = tmp_path / "rules.toml"
    path.write_text('[[rule]]\nname = "failed"\nto = ["refuted"]\nrecord = { settled = 1 }\n')
    made = offline.run("alerts", "test", path, "--from", tmp_path / "out", "--json").lines
    events = [json.loads(line) for line in (tmp_path / "out" / "events.jsonl").read_bytes().splitlines()]
    published = {e["id"]: e["cause"]["published"] for e in events if e["status"] == "refuted"}
    assert made
    assert all(alert["made"] == published[alert["events"][0]] for alert in made)
    last = max(alert["made"] for alert in made)
    since = offline.run("alerts", "test", path, "--from", tmp_path / "out", "--since", last, "--json").lines
    assert {alert["made"] for alert in since} == {last}
    path.write_text('[[rule]]\nname = "x"\nnear = { latitude = 100, longitude = 0, km = 1 }\n')
    refused(offline.run("alerts", "test", path, "--from", tmp_path / "out"), str(path), "rule 1, near, latitude")


def test_same_items_in_another_order_over_other_partitions_alert_the_same_once_each_claim_has_settled(
    kafka: str, tmp_path: Path, seed_ledger: list[bytes]
) -> None:
    expected = sorted((claim["id"], claim["status"]) for claim in map(json.loads, seed_ledger))
    streams, workers = [], []
    try:
        for n in range(2):
            streams.append(Stream(kafka, tmp_path / f"{n}", partitions=1 + 7 * n))
            streams[n].folder.mkdir()
            rules(streams[n], '[[rule]]\nname = "all"\n[[rule]]\nname = "disputed"\nto = ["disputed"]\n')
            items = random.Random(n).sample(seeds() * 2, 2 * len(seeds())) if n else seeds()
            workers.append(streams[n].worker())
            streams[n].produce_items(items)
        for each, worker in zip(streams, workers, strict=True):
            each.settled(worker, topics=ALL)
            disputed = [claim for claim in expected if claim[1] == "disputed"]
            made = told(each, worker, len(expected) + len(disputed), SETTLED_SECONDS)
            events = changes(each)
            for rule, claims in (("all", expected), ("disputed", disputed)):
                of = [events[id] for alert in made if alert["rule"] == rule for id in alert["events"]]
                assert sorted((event["claim"]["id"], event["status"]) for event in of) == claims
    finally:
        for each in streams:
            each.stop()
