"""The inputs of `tests/cases/feeds`, read as the commands read them."""

from pathlib import Path
from typing import Any

from claimwire import Item, Ledger
from claimwire.items import latest_versions
from streams.feeds import Document, Unreadable, read_paths

CASES = Path(__file__).parents[3] / "cases" / "feeds"


def found(*names: str) -> list[Document | Unreadable]:
    """What the files of that name give."""
    return list(read_paths(CASES / name for name in names))


def documents(*names: str) -> list[dict[str, Any]]:
    """The items that they give."""
    return [f.ninjs for f in found(*names) if isinstance(f, Document)]


def items(*names: str) -> list[Item]:
    """The same, as the ledger reads them."""
    return [Item.from_ninjs(made) for made in documents(*names)]


def counting(*names: str) -> Item:
    """The version that counts of the one item that they give."""
    [item] = latest_versions(items(*names)).values()
    return item


def claims(*names: str) -> list[dict[str, Any]]:
    """The claims of the ledger that they make, the same whatever comes first."""
    ledger, backwards = Ledger(), Ledger()
    for item in items(*names):
        ledger.add(item)
    for item in reversed(items(*names)):
        backwards.add(item)
    assert list(ledger.claims()) == list(backwards.claims())
    return list(ledger.claims())
