"""Progress: a bar with the rate and the time left at a terminal; elsewhere a line now and then."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.text import Text

REPORT_EVERY = 3.0


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f}/s" if task.speed else "")


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[], None]]:
    """A bar on standard error, if that is a terminal. Yields a function that advances it by one."""
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with _shown(columns, total) as advance:
        yield lambda: advance(1)


@contextmanager
def counter(what: str) -> Iterator[Callable[[], None]]:
    """A counter on standard error, if that is a terminal. Yields a function that counts one more."""
    columns = (SpinnerColumn(), TextColumn(f"{{task.completed}} {what}"), TimeElapsedColumn())
    with _shown(columns, None) as advance:
        yield lambda: advance(1)


@contextmanager
def downloading(what: str, total: int, say: Callable[[str], None]) -> Iterator[Callable[[int], None]]:
    """A bar of bytes on standard error; if that is no terminal, a line now and then.

    Parameters
    ----------
    total
        About how many bytes there are.
    say
        Takes a line.

    Yields
    ------
    Callable
        Takes the size of each piece.
    """
    fetched, reported = 0, time.monotonic()

    def count(size: int) -> None:
        nonlocal fetched, reported
        fetched += size
        if time.monotonic() - reported > REPORT_EVERY:
            reported = time.monotonic()
            say(f"{what}: {fetched / 1e6:.0f} of {total / 1e6:.0f} MB")

    columns = (TextColumn(what), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with _shown(columns, total) as advance:
        yield advance if _terminal().is_terminal else count


@contextmanager
def _shown(columns: Iterable[ProgressColumn], total: int | None) -> Iterator[Callable[[int], None]]:
    console = _terminal()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total)
        yield lambda amount: bar.advance(task, amount)


def _terminal() -> Console:
    return Console(stderr=True)
