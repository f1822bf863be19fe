import asyncio
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from streams.kafka.client import ensure_topics
from streams.kafka.connection import broker_answers
from streams.settings import Settings
from tests.stream.harness import ROOT, SEEDS, Stream, assert_paths_end_in
from tests.stream.secured import MARKER, ROLES, Secured, allow, secured_broker

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificates, and is not here")

REFUSED_SECONDS = 15.0
DEBUG = {"CLAIMWIRE_LOG_LEVEL": "DEBUG"}


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    """A Kafka with SASL, TLS and ACLs."""
    with secured_broker(tmp_path_factory.mktemp("secured")) as broker:
        yield broker


@pytest.fixture(scope="module")
def desk(secured: Secured, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stream]:
    """A stream whose commands reach Kafka by SASL_SSL and SCRAM; the tests look at it past the lock."""
    made = Stream(secured.address("PLAINTEXT"), tmp_path_factory.mktemp("desk"))
    made.settings = secured.settings() | DEBUG
    yield made
    made.stop()


def test_seeds_give_their_ledger_over_tls_and_scram_and_the_password_is_told_nowhere(
    desk: Stream, seed_ledger: list[bytes]
) -> None:
    watch = desk.start("watch", "--json")
    watch.has_said("watching")
    worker = desk.worker()
    desk.ingest(SEEDS)
    desk.settled(worker)
    assert desk.claims() == seed_ledger
    assert_paths_end_in(seed_ledger, desk.records("claims.status"))
    watch.has_said(json.loads(seed_ledger[-1])["id"])
    helped = desk.run("worker", "--help")
    shown = [" ".join(psutil.Process(running.process.pid).cmdline()) for running in (watch, worker)]
    ended = worker.terminate()
    watch.terminate()
    assert ended.code == 0, ended.said
    assert helped.code == 0
    assert not [line for line in shown if MARKER in line]
    for file in desk.folder.glob("*.*"):
        assert MARKER not in file.read_text("utf8", "replace"), file


@pytest.mark.parametrize(
    ("protocol", "others"),
    [
        ("SASL_SSL", {"sasl_mechanism": "PLAIN", "password": "", "password_file": "password"}),
        ("SSL", {"ssl_cert": "client.crt", "ssl_key": "client.key"}),
    ],
)
def test_worker_gets_in_by_plain_and_by_a_certificate(
    desk: Stream, secured: Secured, seed_ledger: list[bytes], protocol: str, others: dict[str, str]
) -> None:
    (secured.folder / "password").write_text(MARKER + "\n")
    files = {name: secured.folder / value for name, value in others.items() if (secured.folder / value).is_file()}
    desk.settings = secured.settings(protocol, **{**others, **files}) | DEBUG
    worker = desk.worker()
    assert desk.claims() == seed_ledger
    assert MARKER not in worker.terminate(30).said


@pytest.mark.parametrize(
    ("protocol", "others"),
    [("SASL_SSL", {"sasl_mechanism": "SCRAM-SHA-256"}), ("SASL_PLAINTEXT", {})],
)
def test_readers_get_in_by_the_other_ways(
    desk: Stream, secured: Secured, seed_ledger: list[bytes], protocol: str, others: dict[str, str]
) -> None:
    desk.settings = secured.settings(protocol, **others)
    assert desk.claims() == seed_ledger


@pytest.mark.parametrize("protocol", ["SASL_SSL", "SASL_PLAINTEXT", "SSL", "PLAINTEXT"])
def test_worker_s_lookout_sees_whether_a_secured_broker_answers(secured: Secured, protocol: str) -> None:
    told = {name.removeprefix("CLAIMWIRE_").lower(): value for name, value in secured.settings(protocol).items()}
    if protocol == "SSL":
        told |= {"ssl_cert": str(secured.folder / "client.pem")}
    assert broker_answers(Settings(**told))  # type: ignore[arg-type]
    assert not broker_answers(Settings(**{**told, "broker": "127.0.0.1:1"}))  # type: ignore[arg-type]


def test_doctor_finds_a_secured_stream_well_and_warns_of_a_password_that_others_may_read(
    desk: Stream, secured: Secured
) -> None:
    file = secured.folder / "password"
    file.write_text(MARKER)
    file.chmod(0o644)
    desk.settings = secured.settings(password="", password_file=file) | DEBUG
    ended = desk.run("doctor", "--json")
    assert ended.code == 0, ended.said
    assert f"chmod 600 {file}" in [check["remedy"] for check in ended.lines]
    assert MARKER not in ended.said


def rights() -> Iterator[tuple[str, str, str, list[str]]]:
    """The table of docs/security.md: who, resource, name, operations."""
    for line in (ROOT / "docs" / "security.md").read_text("utf8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[1] in ("topic", "group"):
            yield cells[0].split()[0].strip(","), cells[1], cells[2].strip("`"), cells[3].split(", ")


def test_rights_that_the_docs_list_suffice_and_reach_no_further(
    secured: Secured, tmp_path: Path, seed_ledger: list[bytes]
) -> None:
    stream = Stream(secured.address("PLAINTEXT"), tmp_path)
    somebody_who_may = Settings(broker=stream.broker, prefix=stream.prefix, partitions=stream.partitions)
    asyncio.run(ensure_topics(somebody_who_may))
    for role, resource, name, operations in rights():
        allow(stream.broker, role, resource, stream.prefix + name, operations)
    as_role = {role: secured.settings(username=role) for role in ROLES}
    stream.settings = as_role["worker"]
    worker = stream.worker()
    stream.settings = as_role["feed"]
    stream.ingest(SEEDS)
    stream.settled(worker)
    refused = stream.run("claims", "--json")
    assert refused.code == 1
    assert "does not show it to the user 'feed'" in refused.err
    stream.settings = as_role["reader"]
    assert stream.claims() == seed_ledger
    watch = stream.start("watch", "--from-beginning", "--json")
    watch.has_said(json.loads(seed_ledger[0])["id"])
    refused = stream.run("ingest", SEEDS)
    assert refused.code == 1
    assert "does not allow the user 'reader'" in refused.err
    assert "Traceback" not in refused.said
    claim = json.loads(seed_ledger[0])["id"]
    refused = stream.run("verdict", "claim", claim)
    assert refused.code == 1
    assert "claims.verdicts" in refused.err
    stream.settings = as_role["editor"]
    refused = stream.run("verdict", "statement", claim, "e3" * 10, "denies")
    assert "no statement begins with" in refused.err, "it may read the topic of statements"
    said = stream.run("verdict", "claim", claim)
    assert said.code == 0, said.said
    assert len(stream.records("claims.verdicts")) == 1
    stream.settings = as_role["board"]
    made = stream.run("board", "rebuild")
    assert made.code == 0, made.said
    stream.settings = as_role["doctor"]
    examined = stream.run("doctor", "--json")
    assert examined.code == 0, examined.said
    assert {check["state"] for check in examined.lines} == {"ok"}, examined.said
    ended = worker.terminate()
    assert ended.code == 0, ended.said
    stream.stop()


REFUSED = {
    "wrong password": ("SASL_SSL", {"password": "not-it"}, "refuses the user 'desk' by SCRAM"),
    "wrong password by PLAIN": (
        "SASL_SSL",
        {"password": "not-it", "sasl_mechanism": "PLAIN"},
        "refuses the user 'desk' by PLAIN",
    ),
    "mechanism": ("SASL_PLAINTEXT", {"sasl_mechanism": "PLAIN"}, "does not take PLAIN"),
    "authority": ("SASL_SSL", {"ssl_ca": "stranger.pem"}, "not trusted (unable to get local issuer certificate)"),
    "host": ("SASL_SSL", {"broker": "localhost:SASL_SSL"}, "another host's"),
    "no certificate": ("SSL", {}, "CLAIMWIRE_SSL_CERT"),
    "plain text to TLS": ("PLAINTEXT", {"broker": "127.0.0.1:SASL_SSL"}, "CLAIMWIRE_SECURITY_PROTOCOL to SSL"),
    "TLS to plain text": ("SASL_SSL", {"broker": "127.0.0.1:PLAINTEXT"}, "CLAIMWIRE_SECURITY_PROTOCOL to SASL_PLAINT"),
    "no user": ("PLAINTEXT", {"broker": "127.0.0.1:SASL_PLAINTEXT"}, "probably asks for a user"),
    "user not asked for": ("SASL_PLAINTEXT", {"broker": "127.0.0.1:PLAINTEXT"}, "asks for no user"),
    "no right": ("SASL_SSL", {"username": "guest"}, "does not show it to the user 'guest'"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refusal_is_told_at_once_with_the_setting_to_change(secured: Secured, tmp_path: Path, case: str) -> None:
    protocol, others, told = REFUSED[case]
    host, _, listener = others.get("broker", "").partition(":")
    changed: dict[str, str | Path] = dict(others)
    if listener:
        changed["broker"] = f"{host}:{secured.ports[listener]}"
    if "ssl_ca" in others:
        changed["ssl_ca"] = secured.folder / others["ssl_ca"]
    refused = Stream(secured.address("PLAINTEXT"), tmp_path, settings=secured.settings(protocol, **changed) | DEBUG)
    ended = refused.start("watch").ended(REFUSED_SECONDS)
    assert ended.code == 1, ended.said
    assert told in ended.err
    assert "Traceback" not in ended.said
    assert MARKER not in ended.said
    assert "not-it" not in ended.said


def test_refused_worker_ends_at_once_and_does_not_wait_for_the_broker(secured: Secured, tmp_path: Path) -> None:
    refused = Stream(secured.address("PLAINTEXT"), tmp_path, settings=secured.settings(password="not-it"))
    ended = refused.start("worker").ended(REFUSED_SECONDS)
    assert ended.code == 1, ended.said
    assert "refuses the user 'desk'" in ended.err
