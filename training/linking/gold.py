"""The development gold as it lies on the disk."""

import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The JSON values of a file, one a line."""
    data = path.read_bytes()
    yield from map(json.loads, (lzma.decompress(data) if path.suffix == ".xz" else data).splitlines())
