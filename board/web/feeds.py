"""Feeds: the lists of the board as Atom for feed readers, and as CSV for spreadsheets."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Response

from board.change_queries import changes
from board.store import BoardStore
from board.web.answers import Answer, Asked, Reads, claim_list, latest_changes
from board.web.asked import MOST_ROWS, AskedList
from streams.exports.atom import feed
from streams.exports.tables import to_csv

Answers = Callable[[BoardStore, AskedList], Answer]

MOST_CSV_ROWS = 10_000
"""The most rows of a list as CSV. Filters narrow a longer list."""

CLAIM_COLUMNS = (
    "id", "status", "gone", "sources", "text", "claimant", "side", "subject", "outcome", "place", "published",
    "updated", "changed", "decided_by", "for", "against",
)  # fmt: skip
CHANGE_COLUMNS = (
    "id", "time", "arrived", "claim", "text", "side", "previous", "word", "sources", "happened", "decided_by",
    "superseded_by", "quote", "outlet", "item",
)  # fmt: skip


def router() -> APIRouter:
    """The addresses of the feeds."""
    made = APIRouter()

    @made.get("/now.atom", response_class=Response)
    def atom(store: Reads, asked: Asked) -> Response:
        """The latest changes as an Atom feed."""
        rows = changes(store, filters=asked.filters, limit=asked.limit)
        return Response(feed([row.event for row in reversed(rows)]), media_type="application/atom+xml")

    @made.get("/now.csv", response_class=Response)
    def change_table(store: Reads, asked: Asked) -> Response:
        """The changes of a list as CSV, the last one first; safe to open in a spreadsheet."""
        rows = ({**row, **row["cause"]} for row in _all(latest_changes, "changes", store, asked))
        return _csv(rows, CHANGE_COLUMNS, "changes")

    @made.get("/claims.csv", response_class=Response)
    def claim_table(store: Reads, asked: Asked) -> Response:
        """The claims of a list as CSV; safe to open in a spreadsheet."""
        return _csv(_all(claim_list, "claims", store, asked), CLAIM_COLUMNS, "claims")

    return made


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


def _csv(rows: Iterator[Mapping[str, Any]], columns: tuple[str, ...], name: str) -> Response:
    told = to_csv(({column: row[column] for column in columns} for row in rows), list(columns))
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(told, media_type="text/csv; charset=utf-8", headers=headers)
