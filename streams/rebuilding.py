"""Rebuilding: items to a ledger in memory, their extraction spread over processes."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta

import claimwire
from claimwire.items import Item
from claimwire.judging import StatusChanged
from claimwire.linking import WINDOW
from claimwire.statements import Statement

CHUNK = 16
"""Items that a process takes at a time."""


def rebuild(
    items: Sequence[Item],
    advance: Callable[[], None],
    *,
    told: Callable[[StatusChanged], None],
    failed: Callable[[int, str], None],
    window: timedelta = WINDOW,
    processes: int = 1,
) -> claimwire.Ledger:
    """The ledger of these items, taken in one after another.

    Parameters
    ----------
    advance
        Called once an item is through.
    told
        Called with each status change.
    failed
        Called with the place of an item that the extractor stumbles over, and why. It is left out, as
        the stream leaves it to ``news.rejected``.
    """
    made = claimwire.Ledger(window)
    for number, statements in enumerate(_extracted(items, processes)):
        if isinstance(statements, str):
            failed(number, statements)
        else:
            for event in made.add(items[number], statements):
                told(event)
        advance()
    return made


def _extracted(items: Sequence[Item], processes: int) -> Iterator[list[Statement] | str]:
    """The statements of each item, or why there are none."""
    if processes == 1:
        yield from map(_extract, items)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(_extract, items, chunksize=CHUNK)


def _extract(item: Item) -> list[Statement] | str:
    try:
        return claimwire.extract(item)
    except Exception as error:  # a fault of ours must not end the whole
        return f"{type(error).__name__}: {error}"
