"""Output of commands: standard output, or a file that is whole or not there.

All text that a command prints goes through here, through the console of `streams.terminal.views` or through
`streams.logs`, and all three use `shown`.
"""

import io
import sys
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated, Any, cast

import typer

from streams.errors import InputUnreadable
from streams.escaping import shown


def put(text: str, lines: bool = False) -> None:
    """Print a line of a command's output: words, or JSON, whose meaning the escapes do not change.

    Parameters
    ----------
    lines
        Whether the text has line ends of its own.
    """
    typer.echo(shown(text, lines))


def say(line: str) -> None:
    """Tell the user something besides the output, on standard error."""
    typer.echo(shown(line), err=True)


class _Screen(io.RawIOBase):
    """A terminal in place of a file."""

    def __init__(self) -> None:
        self._decoder = getincrementaldecoder("utf8")("backslashreplace")

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        sys.stdout.write(shown(self._decoder.decode(bytes(data)).replace("\r\n", "\n"), lines=True))
        return len(data)


Force = Annotated[bool, typer.Option("--force", help="Overwrite the file, if it exists.")]


@contextmanager
def output(path: Path | None, force: bool = False) -> Iterator[IO[bytes]]:
    """The file to write, which appears whole or not at all. A pipe or a link that exists is written directly.

    Without a path it is standard output; if that is no terminal, bytes stay unchanged.

    Parameters
    ----------
    force
        Whether to replace a file that holds something.

    Raises
    ------
    InputUnreadable
        If the file cannot be written, or holds something already.
    """
    if path is None:
        yield cast(IO[bytes], _Screen()) if sys.stdout.isatty() else sys.stdout.buffer
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
