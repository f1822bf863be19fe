"""Where a command writes what it makes: standard output, or a file that is whole or not there."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import typer

from streams.errors import InputUnreadable


def say(line: str) -> None:
    """Tell the user something beside the output: on standard error."""
    typer.echo(line, err=True)


@contextmanager
def output(path: Path | None) -> Iterator[IO[bytes]]:
    """The file, whole or not at all; what is there and no plain file (a pipe, a link) is written to as it is.

    Raises
    ------
    InputUnreadable
        If it cannot be written.
    """
    if path is None:
        yield sys.stdout.buffer
        return
    as_it_is = path.is_symlink() or (path.exists() and not path.is_file())
    part = path if as_it_is else path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            yield file
        if not as_it_is:
            part.replace(path)
    except OSError as error:
        raise InputUnreadable(f"cannot write {path}: {error.strerror}") from None
    finally:
        if not as_it_is:
            part.unlink(missing_ok=True)
