"""What is asked of a system that is measured."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.attributions import Attribution


class NotInstalled(Exception):
    """A system cannot run here; the message says what it needs."""


@dataclass(frozen=True, slots=True)
class System:
    """A system, ready to read.

    Attributes
    ----------
    read
        Finds the attributions of a text.
    data
        Files and folders that it reads its model and tables from.
    """

    name: str
    read: Callable[[str], Iterable[Attribution]]
    data: list[Path]

    @property
    def size(self) -> int:
        """Bytes of its data on disk."""
        files = (file for path in self.data for file in (path.rglob("*") if path.is_dir() else [path]))
        return sum(file.stat().st_size for file in files if file.is_file())
