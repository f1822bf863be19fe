"""What a request asks for: turns the parameters of an address into filters, and filters into addresses of links."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query

from board.claim_rows import LONGEST_NAME
from board.filters import Filters
from claimwire.places import place_named
from claimwire.status_events import Gone
from claimwire.statuses import Status
from claimwire.times import format_time
from streams.terminal.typed_times import parse_moment, parse_start

LONGEST_WORDS = 500
LONGEST_MOMENT = 40
LONGEST_PLACE = 40
MOMENT = "moment"
"""The format of a moment in the interface's description."""

MOST_ROWS = 200
ROWS = 50

Name = Annotated[str, Query(max_length=LONGEST_NAME)]
Moment = Annotated[
    str,
    Query(
        max_length=LONGEST_MOMENT,
        description="a date, a time with its zone, or how long ago: 12h, 3d, 2w",
        json_schema_extra={"format": MOMENT},
    ),
]


@dataclass(frozen=True, slots=True)
class AskedList:
    """A list that somebody asks for.

    Attributes
    ----------
    typed
        The filters as they were typed, without empty ones. Links repeat these.
    after
        Where the page begins; empty for the first page.
    """

    filters: Filters
    typed: tuple[tuple[str, str], ...] = ()
    after: str = ""
    limit: int = ROWS

    def link(self, path: str, without: tuple[str, ...] = (), **added: str) -> str:
        """The address of a list with the same filters, but without some, and with others added or replaced."""
        changed = [pair for pair in self.typed if pair[0] not in without and pair[0] not in added]
        return address(path, *changed, *((name, value) for name, value in added.items() if value))

    def toggled(self, path: str, status: str) -> str:
        """The address of the list with a status added to the filters, or removed if it is there."""
        pair = ("status", status)
        kept = [p for p in self.typed if p != pair]
        return address(path, *kept, *(() if pair in self.typed else (pair,)))

    def next(self, path: str, place: str) -> str:
        """The address of the page that begins after a place; empty where there is none."""
        limit = str(self.limit) if self.limit != ROWS else ""
        return self.link(path, after=place, limit=limit) if place else ""

    def as_json(self) -> dict[str, Any]:
        """The filters as JSON for the answer, so that whoever keeps the answer knows what it shows."""
        asked: dict[str, Any] = {name: value for name, value in self.typed if name != "status"}
        for name in ("since", "until", "as_of"):
            moment: datetime | None = getattr(self.filters, name)
            asked |= {name: format_time(moment)} if moment else {}
        return asked | ({"status": list(self.filters.status)} if self.filters.status else {})


def address(path: str, *pairs: tuple[str, str]) -> str:
    """An address with parameters."""
    return f"{path}?{urlencode(pairs)}" if pairs else path


def asked_filters(
    status: Annotated[list[Status | Gone] | None, Query(description="where it stands, or why it is gone")] = None,
    side: Name = "",
    about: Name = "",
    subject: Name = "",
    place: Annotated[str, Query(max_length=LONGEST_NAME, description="its key, or one of its names")] = "",
    outlet: Name = "",
    words: Annotated[str, Query(max_length=LONGEST_WORDS)] = "",
    since: Moment = "",
    until: Moment = "",
    as_of: Moment = "",
    after: Annotated[str, Query(max_length=LONGEST_PLACE, description="`next` of the page before")] = "",
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = ROWS,
) -> AskedList:
    """The list that a request asks for.

    Raises
    ------
    UserError
        If a moment cannot be read.
    """
    now = datetime.now(UTC)
    statuses = tuple(dict.fromkeys(map(str, status or ())))
    where = place_named(place) if place else None
    names = {
        "side": side,
        "about": about,
        "subject": subject,
        "place": where.key if where else place,
        "outlet": outlet,
    }
    moments = {"since": since.strip(), "until": until.strip(), "as_of": as_of.strip()}
    filters = Filters(
        status=statuses,
        words=words,
        since=parse_start(since, now, "since") if moments["since"] else None,
        until=asked_moment(until, "until", now),
        as_of=asked_moment(as_of, "as_of", now),
        **names,
    )
    told = {**names, "words": words.strip(), **moments}
    typed = (*(("status", s) for s in statuses), *((name, text) for name, text in told.items() if text))
    return AskedList(filters, typed, after, limit)


def asked_moment(text: str, name: str, now: datetime) -> datetime | None:
    """The moment in a parameter; None if it is empty.

    Raises
    ------
    UserError
        If the text is no moment.
    """
    return parse_moment(text, now, name) if text.strip() else None


def only_as_of(asked: AskedList) -> AskedList:
    """The request with `as_of` as its only filter. Pages about one claim keep just that."""
    kept = tuple(pair for pair in asked.typed if pair[0] == "as_of")
    return replace(asked, filters=Filters(as_of=asked.filters.as_of), typed=kept, after="")
