"""Stretches of ``news.items``: from which record to which in each partition, as users type them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from streams.errors import StretchInvalid, UserError
from streams.terminal.typed_times import parse_moment, parse_start

FROM, TO, AS_KNOWN_AT = "--from", "--to", "--as-known-at"
PAIR = re.compile(r"(\d{1,9}):(\d{1,18})")
NUMBER = re.compile(r"\d{1,18}")


class Edge(StrEnum):
    """An end of what a topic holds."""

    BEGINNING = "beginning"
    END = "end"


@dataclass(frozen=True, slots=True)
class Everywhere:
    """The same offset in every partition. A partition that does not reach so far gives its end."""

    offset: int


@dataclass(frozen=True, slots=True)
class Offsets:
    """An offset in each of some partitions."""

    of: Mapping[int, int]


Bound = Edge | Everywhere | Offsets | datetime
"""Where a stretch begins or ends. A moment is a time of arrival."""

Stretch = dict[int, range]
"""Offsets by partition; partitions that are not named are not read."""


def parse_bound(text: str, option: str, now: datetime) -> Bound:
    """A bound as a user types it: `0:120,1:98`, `120`, `beginning`, `end`, a time, or how long ago.

    A date means its first moment as the start of a stretch, and its last moment as the end.

    Raises
    ------
    StretchInvalid
        If the text is none of these.
    """
    words = text.strip()
    if words in (*Edge,):
        return Edge(words)
    if NUMBER.fullmatch(words):
        return Everywhere(int(words))
    if ":" in words and not {*words} - {*"0123456789:, "}:
        return _pairs(words, option)
    try:
        return parse_start(words, now, option) if option == FROM else parse_moment(words, now, option)
    except UserError:
        raise StretchInvalid(
            f"{option} {text!r} is neither an offset nor a time. Offsets: 0:120,1:98 (partition:offset), or 120 for "
            f"every partition; `beginning` or `end`; a date (2025-12-02), a time with its zone (2025-12-02T14:00Z), "
            f"or how long ago (12h, 3d, 2w, now)."
        ) from None


def _pairs(words: str, option: str) -> Offsets:
    found: dict[int, int] = {}
    for part in words.split(","):
        pair = PAIR.fullmatch(part.strip())
        if not pair:
            raise StretchInvalid(f"{option} {words}: {part.strip()!r} is no partition:offset such as 0:120.")
        partition, offset = int(pair[1]), int(pair[2])
        if partition in found:
            raise StretchInvalid(f"{option} {words}: partition {partition} is named twice.")
        found[partition] = offset
    return Offsets(found)


def first_at(moment: datetime, option: str) -> int:
    """The broker's time, in milliseconds, at which a stretch from this moment begins, or one until it ends.

    Either stretch includes what arrived at the moment itself.
    """
    since_1970 = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return max(0, since_1970 // timedelta(milliseconds=1) + (0 if option == FROM else 1))  # Kafka has no earlier times


def between(start: Bound, end: Bound, held: Mapping[int, range], options: tuple[str, str] = (FROM, TO)) -> Stretch:
    """The stretch between two bounds, of what a topic holds.

    Parameters
    ----------
    start, end
        The bounds, with moments already looked up as offsets.
    held
        The offsets that each partition holds.

    Raises
    ------
    StretchInvalid
        If a partition or an offset is missing, or the end is before the start.
    """
    starts, ends = (_within(b, held, option) for b, option in zip((start, end), options, strict=True))
    if isinstance(start, Offsets) and isinstance(end, Offsets) and starts.keys() != ends.keys():
        one = min(starts.keys() ^ ends.keys())
        where = options if one in starts else options[::-1]
        raise StretchInvalid(f"{where[0]} names partition {one}, and {where[1]} does not. Name the same ones in both.")
    stretch = {}
    for partition in sorted(starts.keys() & ends.keys()):
        first, last = starts[partition], ends[partition]
        if first > last:
            raise StretchInvalid(
                f"partition {partition}: {options[0]} is offset {first}, which is after {options[1]}, offset {last}."
            )
        stretch[partition] = range(first, last)
    return stretch


def _within(bound: Bound, held: Mapping[int, range], option: str) -> dict[int, int]:
    match bound:
        case Edge.BEGINNING:
            return {partition: kept.start for partition, kept in held.items()}
        case Edge():
            return {partition: kept.stop for partition, kept in held.items()}
        case Everywhere(offset):
            return {partition: min(max(offset, kept.start), kept.stop) for partition, kept in held.items()}
        case Offsets(of):
            for partition, offset in of.items():
                _check(partition, offset, held, option)
            return dict(of)
        case moment:
            raise TypeError(f"{moment} has not been looked up")


def _check(partition: int, offset: int, held: Mapping[int, range], option: str) -> None:
    if partition not in held:
        raise StretchInvalid(
            f"{option} {partition}:{offset}: there is no partition {partition}, only {', '.join(map(str, held))}."
        )
    kept = held[partition]
    if offset > kept.stop:
        raise StretchInvalid(f"{option} {partition}:{offset}: partition {partition} ends at offset {kept.stop}.")
    if offset < kept.start:
        raise StretchInvalid(
            f"{option} {partition}:{offset}: partition {partition} begins at offset {kept.start}; "
            f"what came before has been deleted."
        )


def of_every_partition(stretch: Stretch, held: Mapping[int, range], option: str) -> Stretch:
    """The stretch, if it leaves no partition out.

    Raises
    ------
    StretchInvalid
        If it leaves one out.
    """
    missing = held.keys() - stretch.keys()
    if missing:
        raise StretchInvalid(
            f"{option} gives no offset in partition {min(missing)}. Name one in each of the {len(held)}, or a time."
        )
    return stretch


def from_the_first(stretch: Stretch, held: Mapping[int, range]) -> Stretch:
    """The stretch, if it is all that had ever arrived by its end.

    Raises
    ------
    StretchInvalid
        If a partition is left out, or its first records have been deleted.
    """
    for partition, kept in held.items():
        if kept.start:
            raise StretchInvalid(
                f"{AS_KNOWN_AT}: the first {kept.start} records of partition {partition} have been deleted, so what "
                f"was known then is lost. `--from beginning --to …` replays what is left."
            )
    return of_every_partition(stretch, held, AS_KNOWN_AT)


def size(stretch: Stretch) -> int:
    """How many records the stretch holds."""
    return sum(map(len, stretch.values()))
