"""Publication order: how far the order of arrival differs from the order of publication."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime

from claimwire.items import Item

FAR_BACK = 16
"""Places by which items may go back on average and still be read as they come: this costs a ledger little."""


def places_back(published: Iterable[datetime]) -> int:
    """Count how far a sequence goes back: for each moment, the later ones that came before it."""
    seen: list[datetime] = []
    back = 0
    for moment in published:
        place = bisect_right(seen, moment)
        back += len(seen) - place
        seen.insert(place, moment)
    return back


def in_order(items: Sequence[Item]) -> list[int]:
    """The places of the items, in the order that costs a ledger least.

    That is the order of arrival, or of publication if items go far back. For each item that goes back, its subjects
    link all later statements again, so an archive that comes newest first would cost its square.
    """
    places = range(len(items))
    if places_back(item.published for item in items) <= FAR_BACK * len(items):
        return list(places)
    return sorted(places, key=lambda place: (items[place].published, items[place].uri, items[place].order))
