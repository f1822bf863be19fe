"""What a feed gives: documents in ninjs 3, and what could not be read."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Document:
    """A news item in ninjs 3, and where it stood.

    Attributes
    ----------
    value
        The same as JSON: what goes onto ``news.items``.
    line
        In its file; 0 for a file that is one item.
    """

    ninjs: dict[str, Any]
    value: bytes
    source: str
    line: int = 0

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
