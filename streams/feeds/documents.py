"""What feeds yield: documents in ninjs 3, and what could not be read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


class NotReadable(ValueError):
    """The bytes make no item. The message says why, and `line` says where (0: unknown)."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True, slots=True)
class Entry:
    """A ninjs 3 document from a format's reader, and the line where it begins (0: the whole file)."""

    ninjs: dict[str, Any]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Slip:
    """An error in a document that was read all the same, for people."""

    reason: str
    line: int = 0
    source: str = ""

    @property
    def where(self) -> str:
        """File and line, for people."""
        return f"{self.source}:{self.line}" if self.line else self.source


@dataclass(frozen=True, slots=True)
class Bad:
    """An item that can't be read in a file with others: why, and its bytes."""

    reason: str
    raw: bytes | None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A news item in ninjs 3, and where it came from.

    Attributes
    ----------
    uri
        The identifier that all versions of the item share.
    value
        The same as JSON, for ``news.items``.
    line
        Its line in the file; 0 if the file is one item.
    embargoed
        The moment before which it must not be published, if any.
    """

    uri: str
    ninjs: dict[str, Any]
    value: bytes
    source: str
    line: int = 0
    embargoed: datetime | None = None

    @property
    def where(self) -> str:
        """File and line, for people."""
        return f"{self.source}:{self.line}" if self.line else self.source


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What made no item; `raw` is None if there are no bytes to keep."""

    raw: bytes | None
    reason: str
    source: str
    line: int = 0

    @property
    def where(self) -> str:
        """File and line, for people."""
        return f"{self.source}:{self.line}" if self.line else self.source
