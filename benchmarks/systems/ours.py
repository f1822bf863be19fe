"""Claimwire as it is."""

from collections.abc import Iterator
from pathlib import Path

import claimwire
from benchmarks.attributions import Attribution
from benchmarks.systems.system import System
from claimwire import Item, extract

DATA = Path(claimwire.__file__).parent / "data"


def load() -> System:
    """Load it; its data is read at the first text."""
    return System("claimwire", _read, [DATA])


def _read(text: str) -> Iterator[Attribution]:
    """The attributions of the statements that the text makes, as an item without a headline."""
    ninjs = {"uri": "benchmark", "versionCreated": "2017-01-01T00:00:00Z", "language": "en"}
    item = Item.from_ninjs(ninjs | {"bodies": [{"contentType": "text/plain", "value": text}]})
    yield from (Attribution.of(statement) for statement in extract(item))
