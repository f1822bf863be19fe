"""Runs a fuzz target for a bounded time, from a corpus of its own."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import atheris

SECONDS = 60
LARGEST = 16_384
"""Bytes of an input."""


def fuzz(target: Callable[[bytes], None], corpus: Iterable[bytes], arguments: list[str]) -> None:
    """Feed a target inputs that reach new branches of its code; ends with 0 unless one raises.

    Parameters
    ----------
    corpus
        Inputs to begin with.
    arguments
        Of the command line: its name, and the seconds that it is to take.
    """
    seconds = int(arguments[1]) if len(arguments) > 1 else SECONDS
    with tempfile.TemporaryDirectory(prefix="claimwire-fuzz-") as folder:
        for data in corpus:
            if len(data) <= LARGEST:
                (Path(folder) / hashlib.sha256(data).hexdigest()).write_bytes(data)
        options = [f"-max_total_time={seconds}", f"-max_len={LARGEST}", "-timeout=60", "-seed=6", "-rss_limit_mb=4096"]
        options += [f"-artifact_prefix={tempfile.gettempdir()}/claimwire-", "-print_final_stats=1"]
        atheris.Setup([arguments[0], *options, folder], target)
        atheris.Fuzz()
