"""Progress at a terminal: a bar with the count, the rate and the time left."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f}/s" if task.speed else "")


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[], None]]:
    """A bar on standard error, where that is a terminal; gives what moves it on by one."""
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with _counting(columns, total) as count:
        yield count


@contextmanager
def counter(what: str) -> Iterator[Callable[[], None]]:
    """The number of things so far on standard error, where that is a terminal; gives what counts one more."""
    columns = (SpinnerColumn(), TextColumn(f"{{task.completed}} {what}"), TimeElapsedColumn())
    with _counting(columns, None) as count:
        yield count


@contextmanager
def _counting(columns: Iterable[ProgressColumn], total: int | None) -> Iterator[Callable[[], None]]:
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)
