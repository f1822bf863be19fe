"""Files of verdicts: JSON Lines that `claimwire verdict export` writes, and `verdict import` and `ledger` read."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from claimwire.verdict_json import as_json
from claimwire.verdicts import Verdict
from streams.codecs import Undecodable, decode_verdict, encode
from streams.errors import InputUnreadable, VerdictsUnfit

STANDARD_INPUT = "-"
A_LINE = "Write one verdict a line, as `claimwire verdict export` does."
EACH_KIND = "docs/reference.md shows each kind of verdict."


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """A line of a file of verdicts.

    Attributes
    ----------
    where
        File and line.
    value
        The JSON object on the line; empty if there is none.
    fault
        What is wrong with the line itself, and the remedy; empty if nothing is.
    """

    where: str
    value: Mapping[str, Any]
    fault: str = ""


def line_of(verdict: Verdict) -> bytes:
    """A verdict as a line of a file, without the line's end. A record of the topic holds the same bytes."""
    return encode(as_json(verdict))


def lines_in(source: str) -> Iterator[VerdictLine]:
    """The lines of a file of verdicts, or of standard input (-), without empty ones.

    Raises
    ------
    InputUnreadable
        If the file cannot be read.
    """
    name = "standard input" if source == STANDARD_INPUT else source
    for number, line in enumerate(_lines(source), start=1):
        if not line.strip():
            continue
        where = f"{name}:{number}"
        try:
            value = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            yield VerdictLine(where, {}, f"not JSON: {error}. {A_LINE}")
            continue
        if isinstance(value, dict):
            yield VerdictLine(where, value)
        else:
            yield VerdictLine(where, {}, f"no JSON object. {A_LINE}")


def verdicts_in(source: str, tell: Callable[[str], None]) -> list[Verdict]:
    """The verdicts of a file, each with its maker and its time.

    Parameters
    ----------
    tell
        Receives a message for each bad line: where it is, and what is wrong with it.

    Raises
    ------
    InputUnreadable
        If the file cannot be read.
    VerdictsUnfit
        If lines hold no whole verdict.
    """
    found, wrong = [], 0
    for line in lines_in(source):
        try:
            found.append(decode_verdict(encode(line.value)))
        except Undecodable as error:
            wrong += 1
            tell(f"{line.where}: {line.fault or f'{error}. {EACH_KIND}'}")
    if wrong:
        raise VerdictsUnfit(source, wrong)
    return found


def _lines(source: str) -> Iterable[bytes]:
    if source == STANDARD_INPUT:
        return sys.stdin.buffer.read().splitlines()
    try:
        with open(source, "rb") as file:
            return file.read().splitlines()
    except OSError as error:
        raise InputUnreadable(
            f"cannot read {source}: {error.strerror}. `claimwire verdict export` writes such files."
        ) from None
