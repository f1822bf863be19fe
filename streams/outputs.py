"""Where a command writes what it makes: standard output, or a file that is whole or not there."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated

import typer

from streams.errors import InputUnreadable


def say(line: str) -> None:
    """Tell the user something beside the output: on standard error."""
    typer.echo(line, err=True)


Force = Annotated[bool, typer.Option("--force", help="Overwrite the file, if it exists.")]


@contextmanager
def output(path: Path | None, force: bool = False) -> Iterator[IO[bytes]]:
    """The file, whole or not at all; what is there and no plain file (a pipe, a link) is written to as it is.

    Parameters
    ----------
    force
        Whether it may take the place of a file that holds something.

    Raises
    ------
    InputUnreadable
        If it cannot be written, or holds something already.
    """
    if path is None:
        yield sys.stdout.buffer
        return
    if not force and path.is_file() and path.stat().st_size:
        raise InputUnreadable(f"{path} exists already, and is not overwritten. Name another file, or add --force.")
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
