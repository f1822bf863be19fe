"""What a feed gives: documents in ninjs 3, and what could not be read."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Document:
    """A news item in ninjs 3, and where it stood: file and line (0 for a file that is one item)."""

    ninjs: dict[str, Any]
    source: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Bytes that no item could be made of."""

    raw: bytes
    reason: str
    source: str
    line: int = 0

    @property
    def where(self) -> str:
        """File and line, for people."""
        return f"{self.source}:{self.line}" if self.line else self.source
