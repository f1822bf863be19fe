"""Publication order: in which order items come, against that of their publication."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime

from claimwire.items import Item

FAR_BACK = 16
"""Places by which items may go back on the average and still be taken in as they come: it costs a ledger little."""


def places_back(published: Iterable[datetime]) -> int:
    """How far what comes in this order goes back: of each, how many came before it and were published after it."""
    seen: list[datetime] = []
    back = 0
    for moment in published:
        place = bisect_right(seen, moment)
        back += len(seen) - place
        seen.insert(place, moment)
    return back


def in_order(items: Sequence[Item]) -> list[int]:
    """The places of the items, in the order in which they are best taken in all together.

    That is as they come, or by publication where they go far back: each that goes back has all that follows it at its
    subjects linked again, so an archive that comes newest first would cost its square.
    """
    places = range(len(items))
    if places_back(item.published for item in items) <= FAR_BACK * len(items):
        return list(places)
    return sorted(places, key=lambda place: (items[place].published, items[place].uri, items[place].order))
