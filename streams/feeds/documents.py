"""What a feed gives: documents in ninjs 3, and what could not be read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


class NotReadable(ValueError):
    """No item can be made of the bytes; the message says why, `line` where (0: nowhere in particular)."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True, slots=True)
class Entry:
    """A ninjs 3 document as a format's reader makes it, and the line where it begins (0: the whole file)."""

    ninjs: dict[str, Any]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong in what was read all the same; people are told of it."""

    reason: str
    line: int = 0
    source: str = ""

    @property
    def where(self) -> str:
        """File and line, for people."""
        return f"{self.source}:{self.line}" if self.line else self.source


@dataclass(frozen=True, slots=True)
class Bad:
    """One item of a file that holds others, its own bytes, and why it can't be read."""

    reason: str
    raw: bytes | None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A news item in ninjs 3, and where it stood.

    Attributes
    ----------
    uri
        The identifier that all versions of the item share.
    value
        The same as JSON: what goes onto ``news.items``.
    line
        In its file; 0 for a file that is one item.
    embargoed
        The moment before which it must not be published, if there is one.
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
    """What no item could be made of; `raw` is None where there are no bytes to keep."""

    raw: bytes | None
    reason: str
    source: str
    line: int = 0

    @property
    def where(self) -> str:
        """File and line, for people."""
        return f"{self.source}:{self.line}" if self.line else self.source
