"""JSON Lines: files with one JSON value a line, as they are or compressed (.xz)."""

import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The values of a file."""
    data = path.read_bytes()
    whole = lzma.decompress(data) if path.suffix == ".xz" else data
    yield from map(json.loads, filter(bytes.strip, whole.splitlines()))
