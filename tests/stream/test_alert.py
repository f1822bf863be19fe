import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.stream.harness import SEEDS, Stream, paths_of_claims
from tests.stream.test_commands import refused


@dataclass
class Receiver:
    """An HTTP server that keeps what it is sent, and answers with a status after a while."""

    status: int = 200
    seconds: float = 0
    url: str = ""
    received: list[tuple[dict[str, str], Any]] = field(default_factory=list)

    @contextmanager
    def listening(self) -> Iterator["Receiver"]:
        receiver, over = self, threading.Event()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.received.append((dict(self.headers.items()), json.loads(body)))
                over.wait(receiver.seconds)
                try:
                    self.send_response(receiver.status)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                except ConnectionError:
                    pass

            def log_message(self, *_: object) -> None:
                pass

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            self.url = f"http://127.0.0.1:{server.server_port}/hook"
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
            thread.start()
            try:
                yield self
            finally:
                over.set()
                server.shutdown()
                thread.join(5)


def rules(stream: Stream, text: str) -> None:
    path = stream.folder / "rules.toml"
    path.write_text(text, "utf8")
    stream.settings["CLAIMWIRE_ALERT_RULES"] = str(path)


def fed_through(stream: Stream, topics: tuple[str, ...] = ("news.items", "news.statements", "claims.evidence")) -> None:
    worker = stream.worker()
    stream.ingest(SEEDS)
    stream.settled(worker, topics=topics)


ALL = ("news.items", "news.statements", "claims.evidence", "claims.status")


def test_webhook_is_told_each_matching_change_once(stream: Stream) -> None:
    with Receiver().listening() as receiver:
        rules(
            stream,
            f"""
            [[rule]]
            name = "denied"
            from = ["unverified"]
            to = ["disputed", "refuted"]
            side = "Russia"
            webhook = "{receiver.url}"

            [[rule]]
            name = "logged only"
            to = ["confirmed"]
            """,
        )
        fed_through(stream, ALL)
    changes = [e for path in paths_of_claims(stream.records("claims.status")).values() for e in path]
    denied = {
        e["id"]: e
        for e in changes
        if e["previous"] == "unverified" and e["status"] in ("disputed", "refuted") and e["claim"]["side"] == "Russia"
    }
    assert denied
    keys = [headers["Idempotency-Key"] for headers, _ in receiver.received]
    assert len(keys) == len(set(keys)) == len(denied)
    for headers, event in receiver.received:
        assert event["id"] in headers["Idempotency-Key"]
        assert headers["Content-Type"] == "application/json"
        assert event == denied[event["id"]]
    alerts = stream.records("claims.alerts")
    told = {(a["rule"], a["event"], a["delivery"]) for a in (json.loads(record.value) for record in alerts)}
    confirmed = {("logged only", e["id"], "logged") for e in changes if e["status"] == "confirmed"}
    assert confirmed
    assert told == confirmed | {("denied", id, "delivered") for id in denied}
    claims = {e["id"]: e["claim"]["id"] for e in changes}
    assert all(record.key.decode() == claims[json.loads(record.value)["event"]] for record in alerts)


def test_failing_webhook_is_tried_again_and_recorded_while_the_worker_goes_on(
    stream: Stream, seed_ledger: list[bytes]
) -> None:
    with Receiver(status=500).listening() as receiver:
        refuted = 'to = ["refuted"]\ntext = "Kupyansk"'
        rules(
            stream,
            f'[[rule]]\nname = "500"\n{refuted}\nwebhook = "{receiver.url}"\n'
            f'[[rule]]\nname = "closed"\n{refuted}\nwebhook = "http://127.0.0.1:1/"\n',
        )
        fed_through(stream, ALL)
    assert stream.claims() == seed_ledger
    alerts = {a["rule"]: a["delivery"] for a in (json.loads(r.value) for r in stream.records("claims.alerts"))}
    assert alerts.keys() == {"500", "closed"}
    assert "failed" in alerts["500"]
    assert "500" in alerts["500"]
    assert "failed" in alerts["closed"]
    keys = [headers["Idempotency-Key"] for headers, _ in receiver.received]
    assert len(keys) > 1, "it is tried again"
    assert len(set(keys)) == 1, "by the same key"


def test_receiver_that_hangs_holds_up_neither_the_ledger_nor_the_end(stream: Stream, seed_ledger: list[bytes]) -> None:
    with Receiver(seconds=60).listening() as receiver:
        rules(stream, f'[[rule]]\nname = "all"\nwebhook = "{receiver.url}"\n')
        worker = stream.worker()
        stream.ingest(SEEDS)
        stream.settled(worker)
        assert stream.claims() == seed_ledger
        assert receiver.received
        began = time.monotonic()
        ended = worker.terminate()
        assert time.monotonic() - began < 10
        assert ended.code == 0, ended.said


@pytest.mark.parametrize(
    "text",
    ["rule = 5", "[[rule", '[[rule]]\nname = "x"\nto = ["nope"]', '[[rule]]\nname = "x"\nwebhook = "y"'],
)
def test_bad_rules_are_told(stream: Stream, text: str) -> None:
    rules(stream, text)
    refused(stream.run("worker"), "rules.toml")


def test_rules_file_that_is_a_folder_is_told(stream: Stream, tmp_path: Path) -> None:
    stream.settings["CLAIMWIRE_ALERT_RULES"] = str(tmp_path)
    refused(stream.run("worker"), str(tmp_path))
