"""Claimwire's library: news items in, a ledger of claims and their denials out.

It knows no broker, no clock and no files beyond its own data::

    from claimwire import Item, Ledger

    ledger = Ledger()
    for document in ninjs_documents:
        for event in ledger.add(Item.from_ninjs(document)):
            print(event.claim.text, event.previous, "->", event.status)
"""

from typing import TYPE_CHECKING, Any

from claimwire.items import Item, PubStatus, UnreadableItem
from claimwire.statements import Act, Part, Statement
from claimwire.status_events import StatusChanged
from claimwire.statuses import Status

if TYPE_CHECKING:
    from claimwire.extraction.pipeline import extract
    from claimwire.ledger import Ledger
else:

    def __getattr__(name: str) -> Any:
        """Import the reading of text only when asked: its network takes more time and memory than all the rest."""
        if name == "extract":
            from claimwire.extraction.pipeline import extract

            return extract
        if name == "Ledger":
            from claimwire.ledger import Ledger

            return Ledger
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "Act",
    "Item",
    "Ledger",
    "Part",
    "PubStatus",
    "Statement",
    "Status",
    "StatusChanged",
    "UnreadableItem",
    "extract",
]
