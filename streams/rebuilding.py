"""Rebuilding: items to a ledger in memory, their extraction spread over processes."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from functools import partial

import claimwire
from claimwire.arrivals import in_order
from claimwire.items import Item
from claimwire.judging import StatusChanged
from claimwire.statements import Statement
from streams.intake import OverLimit, statements_of
from streams.settings import Settings

CHUNK = 16
"""Items that a process takes at a time."""


def rebuild(
    items: Sequence[Item],
    settings: Settings,
    advance: Callable[[], None],
    *,
    told: Callable[[StatusChanged], None],
    failed: Callable[[int, str], None],
    processes: int = 1,
) -> claimwire.Ledger:
    """The ledger of these items, taken in one after another; where they come far out of their order, by publication.

    Parameters
    ----------
    settings
        Those of the stream: its window, and the limits of an item.
    advance
        Called once an item is through.
    told
        Called with each status change.
    failed
        Called with the place of an item that is over a limit, or that the extractor stumbles over, and why. It is
        left out, as the stream leaves it to ``news.rejected``.
    """
    made = claimwire.Ledger(timedelta(days=settings.window_days))
    order = in_order(items)
    extracted = _extracted([items[number] for number in order], partial(_extract, settings), processes)
    for number, statements in zip(order, extracted, strict=True):
        if isinstance(statements, str):
            failed(number, statements)
        else:
            for event in made.add(items[number], statements):
                told(event)
        advance()
    return made


def _extracted(
    items: Sequence[Item], extract: Callable[[Item], list[Statement] | str], processes: int
) -> Iterator[list[Statement] | str]:
    """The statements of each item, or why there are none."""
    if processes == 1:
        yield from map(extract, items)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(extract, items, chunksize=CHUNK)


def _extract(settings: Settings, item: Item) -> list[Statement] | str:
    """What a worker rejects is in no ledger."""
    try:
        return statements_of(item, settings)
    except OverLimit as error:
        return str(error)
    except Exception as error:  # a fault of ours must not end the whole
        return f"{type(error).__name__}: {error}"
