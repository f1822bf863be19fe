"""Feeds: the lists of the board as Atom for feed readers, and as CSV for spreadsheets."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from board.change_queries import changes
from board.store import BoardStore
from board.web.answers import (
    Answer,
    Asked,
    Reads,
    change_list,
    claim_list,
    days,
    outlet_list,
    place_list,
    side_list,
)
from board.web.asked import MOST_ROWS, AskedList
from board.web.openapi import NO_PLACE, holding
from board.web.security import address_of
from claimwire.statuses import Status
from claimwire.track_records import Ending
from streams.exports.atom import feed
from streams.exports.tables import to_csv

Answers = Callable[[BoardStore, AskedList], Answer]
CsvRow = Mapping[str, Any]

ATOM_TYPE = "application/atom+xml"
CSV_TYPE = "text/csv; charset=utf-8"

MOST_CSV_ROWS = 10_000
"""The most rows of a list as CSV. Filters narrow a longer list."""

CLAIM_COLUMNS = (
    "id", "status", "gone", "sources", "text", "headline", "claimant", "side", "subject", "outcome", "place",
    "published", "updated", "changed", "decided_by", "for", "against",
)  # fmt: skip
CHANGE_COLUMNS = (
    "id", "time", "arrived", "claim", "text", "headline", "side", "previous", "word", "sources", "happened",
    "decided_by", "superseded_by", "quote", "outlet", "item",
)  # fmt: skip
RECORD_COLUMNS = ("claims", *Ending, "settled", "share", "share_low", "share_high", *Status)
NAME_COLUMNS = ("name", *RECORD_COLUMNS)
PLACE_COLUMNS = ("name", "label", "country", "latitude", "longitude", *RECORD_COLUMNS)
DAY_COLUMNS = ("day", "open", "disputed", "settled")


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A list as CSV.

    Attributes
    ----------
    path
        Address of the list's page.
    name
        Name of the file.
    rows
        Gives the rows for a request. A row may hold more than the columns, and lacks what does not apply to it.
    paged
        Whether the list has pages, so that `after` can name a place in it.
    """

    path: str
    name: str
    columns: tuple[str, ...]
    rows: Callable[..., Iterable[CsvRow]]
    paged: bool = False


def router() -> APIRouter:
    """The addresses of the feeds."""
    made = APIRouter()

    @made.get("/now.atom", response_class=Response, responses=holding(ATOM_TYPE))
    def atom(request: Request, store: Reads, asked: Asked) -> Response:
        """The latest changes as an Atom feed."""
        rows = changes(store, filters=asked.filters, limit=asked.limit)
        board = address_of(request)
        told = feed([row.event for row in reversed(rows)], board, f"{board}{asked.link('/now.atom')}")
        return Response(told, media_type=ATOM_TYPE)

    for table in TABLES:
        _add_csv(made, table)
    return made


def _add_csv(to: APIRouter, table: CsvTable) -> None:
    """Add the address of a list's CSV: that of its page, with `.csv`."""

    def as_csv(rows: Annotated[Any, Depends(table.rows)]) -> Response:
        cells = ({column: row.get(column) for column in table.columns} for row in rows)
        headers = {"Content-Disposition": f'attachment; filename="{table.name}.csv"'}
        return Response(to_csv(cells, list(table.columns)), media_type=CSV_TYPE, headers=headers)

    to.add_api_route(
        f"{table.path}.csv",
        as_csv,
        name=f"{table.name}_csv",
        description=f"{table.rows.__doc__} As CSV, safe to open in a spreadsheet.",
        response_class=Response,
        responses=holding(CSV_TYPE, **({"_404": NO_PLACE} if table.paged else {})),
    )


def _change_rows(store: Reads, asked: Asked) -> Iterable[CsvRow]:
    """The changes of a list, the last one first."""
    return ({**row["cause"], **row} for row in _all(change_list, "changes", store, asked))


def _claim_rows(store: Reads, asked: Asked) -> Iterable[CsvRow]:
    """The claims of a list."""
    return _all(claim_list, "claims", store, asked)


def _side_rows(found: Annotated[Answer, Depends(side_list)]) -> Iterable[CsvRow]:
    """The sides that claim most, with their track records."""
    return map(_with_record, found["sides"])


def _outlet_rows(found: Annotated[Answer, Depends(outlet_list)]) -> Iterable[CsvRow]:
    """The outlets that report most claims, and how these ended."""
    return map(_with_record, found["outlets"])


def _place_rows(found: Annotated[Answer, Depends(place_list)]) -> Iterable[CsvRow]:
    """The places with most claims, and how these ended."""
    return map(_with_record, found["places"])


def _with_record(row: CsvRow) -> CsvRow:
    """A row with the number of claims of each status, and how they ended.

    An unknown side lacks the latter, and where no claim is settled there is no share.
    """
    record = row["record"] or {}
    share = record.get("share") or {}
    bounds = {"share": share.get("borne_out"), "share_low": share.get("low"), "share_high": share.get("high")}
    return {**row, **{status: row["statuses"].get(status, 0) for status in Status}, **record, **bounds}


def _day_rows(found: Annotated[Answer, Depends(days)]) -> Iterable[CsvRow]:
    """How many claims were open, disputed and settled at the end of each day, in UTC."""
    rows: list[CsvRow] = found["days"]
    return rows


TABLES = (
    CsvTable("/now", "changes", CHANGE_COLUMNS, _change_rows, paged=True),
    CsvTable("/claims", "claims", CLAIM_COLUMNS, _claim_rows, paged=True),
    CsvTable("/sides", "sides", NAME_COLUMNS, _side_rows),
    CsvTable("/outlets", "outlets", NAME_COLUMNS, _outlet_rows),
    CsvTable("/places", "places", PLACE_COLUMNS, _place_rows),
    CsvTable("/over-time", "over-time", DAY_COLUMNS, _day_rows),
)


def _all(
    answer: Callable[[BoardStore, AskedList], Answer], name: str, store: BoardStore, asked: AskedList
) -> Iterator[Answer]:
    """The rows of all pages of a list, up to `MOST_CSV_ROWS`."""
    number, asked = 0, replace(asked, limit=MOST_ROWS)
    while number < MOST_CSV_ROWS:
        page = answer(store, asked)
        yield from page[name]
        number += MOST_ROWS
        if not page["next"]:
            return
        asked = replace(asked, after=page["next"])
