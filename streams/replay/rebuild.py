"""Makes a ledger in memory from items and verdicts, with the extraction spread over processes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from functools import partial

import claimwire
from claimwire.items import Item
from claimwire.publication_order import in_order
from claimwire.statements import Statement
from claimwire.status_events import StatusChanged
from claimwire.verdicts import Verdict
from streams.intake import statements_or_reason
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
    verdicts: Iterable[Verdict] = (),
) -> claimwire.Ledger:
    """Make the ledger of these items, one after another. If they are far out of order, go by their publication.

    Verdicts come after the items, the earliest first. The ledger is the same whenever they come. In this order its
    events show what each verdict changes.

    Parameters
    ----------
    settings
        The settings of the stream: its window, the limits of an item, and whose verdicts count.
    advance
        Called after each item.
    told
        Called with each status change.
    failed
        Called with the place of an item that is over a limit or on which the extractor fails, and with the reason.
        Such an item has no statements, and those of its earlier version are withdrawn, as on the stream.
    """
    made = claimwire.Ledger(timedelta(days=settings.window_days), settings.trusted)
    order = in_order(items)
    extracted = _extracted([items[number] for number in order], settings, processes)
    for number, (statements, reason) in zip(order, extracted, strict=True):
        if reason:
            failed(number, reason)
        for event in made.add(items[number], statements):
            told(event)
        advance()
    for verdict in sorted(verdicts, key=lambda v: v.moment):
        for event in made.rule(verdict):
            told(event)
    return made


def _extracted(items: Sequence[Item], settings: Settings, processes: int) -> Iterator[tuple[list[Statement], str]]:
    """The statements of each item, or the reason why there are none."""
    extract = partial(statements_or_reason, settings=settings)
    if processes == 1:
        yield from map(extract, items)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(extract, items, chunksize=CHUNK)
