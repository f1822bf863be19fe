"""Claimwire's library: news items in, a ledger of claims and their denials out.

It knows no broker, no clock and no files beyond its own data::

    from claimwire import Item, Ledger

    ledger = Ledger()
    for document in ninjs_documents:
        for event in ledger.add(Item.from_ninjs(document)):
            print(event.claim.text, event.previous, "->", event.status)
"""

from claimwire.extraction import extract
from claimwire.items import Item, PubStatus, UnreadableItem
from claimwire.judging import StatusChanged
from claimwire.ledger import Ledger
from claimwire.statements import Act, Part, Statement
from claimwire.statuses import Status

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
