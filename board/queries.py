"""Queries: the claims that somebody asks for, page by page, or one claim whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Select, select, tuple_

from board.change_queries import changes_of
from board.claim_rows import Facet, Row, decider, milliseconds, moment, unshown, values, word
from board.filters import Filters, narrowed, of_claims, of_time, tally_of, ways
from board.full_text import FullText, Phrase, marks
from board.packing import unpack
from board.store import BoardStore
from board.tables import claims as claim_table
from board.tables import facets, verdicts
from claimwire.claims import DecidedBy
from claimwire.history import as_of
from claimwire.status_events import Gone
from claimwire.verdict_json import from_json
from claimwire.verdicts import Verdict

SHORTEST_ID = 4
MOST_FEW = 500
"""Up to this many claims with several facets are looked up and sorted. Of more, a walk soon finds a page."""

CHUNK = 200
MOST_LOOKED_AT = 2_000
"""How many claims are taken back to a moment for one page. The page says where the next one goes on."""

Entry = TypeVar("Entry")
OWN = [column for column in claim_table.columns if column.name not in ("snapshot", "tags")]


@dataclass(frozen=True, slots=True)
class ResultPage(Generic[Entry]):
    """Part of a list.

    Attributes
    ----------
    next
        The place after which the next page begins; empty for the last page.
    """

    rows: list[Entry]
    next: str = ""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A text with the places of the words by which it was found: start and end in code points."""

    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A claim in a list.

    Attributes
    ----------
    word
        What has become of it: why it is gone, if nobody has taken it back, and otherwise its status.
    headline
        Of the item that put it forward; may be empty.
    gone
        Why it has left the ledger; empty where it is there.
    sources
        How many sources the status rests on.
    published, updated
        When the claim, and the last word on it, were published; `updated` is None for a claim that is gone.
    changed
        When its status changed last, by the arrival of the event.
    for_, against
        How many statements say that it is so, or that it is not.
    highlight
        Where the words were found; None if no words were asked for.
    """

    id: str
    status: str
    word: str
    gone: str
    text: str
    headline: str
    claimant: str
    side: str
    subject: str
    outcome: str
    place: str
    sources: int
    published: datetime
    updated: datetime | None
    changed: datetime
    decided_by: DecidedBy
    for_: int
    against: int
    highlight: Highlight | None = None


def claims(store: BoardStore, filters: Filters, after: str = "", limit: int = 50) -> ResultPage[ClaimRow]:
    """A page of claims, the last changed first. With words or as of a moment, the newest first.

    Of claims found by words, those that hold the words themselves come before those of which somebody says them.

    Parameters
    ----------
    after
        `next` of the page before.

    Raises
    ------
    ValueError
        If `after` is no place in the list.
    """
    with store.reading() as connection:
        if filters.as_of:
            return _as_of(connection, store.full_text, filters, filters.as_of, after, limit)
        phrases = filters.phrases()
        if phrases is not None:
            return _found(connection, store.full_text, filters, phrases, after, limit)
        return _listed(connection, store.full_text, filters, after, limit)


@dataclass(frozen=True, slots=True)
class LastWord:
    """A claim, and the statement on it that was published last, as its snapshot has it."""

    claim: ClaimRow
    line: dict[str, Any]


def last_words(store: BoardStore, limit: int) -> list[LastWord]:
    """The claims on which somebody spoke last, by publication. Most words change no status, so no event tells them."""
    asked = select(claim_table).where(claim_table.c.present)
    asked = asked.order_by(claim_table.c.updated.desc(), claim_table.c.number.desc()).limit(limit)
    with store.reading() as connection:
        return [LastWord(_row(row), unpack(row["snapshot"])["evidence"][-1]) for row in _rows(connection, asked)]


def claim(store: BoardStore, id: str, as_of: datetime | None = None) -> dict[str, Any] | None:
    """A whole claim: its snapshot, with what has become of it, its changes, and all verdicts on it.

    Parameters
    ----------
    id
        The claim's id, or its beginning if no other id begins so.
    as_of
        Show the claim as it stood by what was published until then.

    Returns
    -------
    dict or None
        The fields of a snapshot, and `word`, `gone`, `superseded_by`, `changes` (`ChangeRow`) and `given` (`Verdict`).
        None if there is no such claim, or was none yet.
    """
    with store.reading() as connection:
        row = _by_id(connection, id.casefold())
        if row is None:
            return None
        told = changes_of(connection, row["number"], as_of)
        whole = _whole(row, as_of)
        if whole is None:
            return None
        here = bool(row["present"])
        return {
            **whole,
            "word": whole["status"] if here else word(row),
            "gone": row["gone"],
            "superseded_by": row["superseded_by"],
            "changes": told,
            "given": _verdicts(connection, row["id"], as_of),
        }


def _whole(row: Row, then: datetime | None) -> dict[str, Any] | None:
    if not row["present"]:
        return unshown(row)
    snapshot: dict[str, Any] = unpack(row["snapshot"])
    return as_of(snapshot, then) if then else snapshot


def _by_id(connection: Connection, id: str) -> Row | None:
    if len(id) < SHORTEST_ID:
        return None
    asked = select(claim_table).where(claim_table.c.id >= id, claim_table.c.id < id + "g").limit(2)
    found = _rows(connection, asked)
    return found[0] if len(found) == 1 else None


def _verdicts(connection: Connection, claim: str, as_of: datetime | None) -> list[Verdict]:
    """The verdicts on a claim, the earliest first."""
    asked = select(verdicts.c.json).where(verdicts.c.claim == claim).order_by(verdicts.c.time, verdicts.c.id)
    if as_of:
        asked = asked.where(verdicts.c.time <= milliseconds(as_of))
    return [from_json(unpack(kept)) for kept in connection.execute(asked).scalars()]


def _listed(
    connection: Connection, full_text: FullText, filters: Filters, after: str, limit: int
) -> ResultPage[ClaimRow]:
    """The claims in the order of the last change: few by their numbers, many along the shortest list with all."""
    known = ways(filters)
    few = _few(connection, full_text, filters)
    if few is not None:
        walks = [_walk(filters, None, few)]
    else:
        way = min(known, key=lambda lists: sum(tally_of(connection, facet) for facet in lists)) if known else []
        walks = [_walk(filters, facet) for facet in way] or [_walk(filters, None)]
    found: list[Row] = []
    for walk, key in walks:
        if after:
            walk = walk.where(key < tuple_(*_place(after)))
        found += _rows(connection, walk.limit(limit + 1))
    found.sort(key=lambda row: (row["changed"], row["number"]), reverse=True)
    rows, more = found[:limit], found[limit:]
    next = f"{rows[-1]['changed']}.{rows[-1]['number']}" if more else ""
    return ResultPage([_row(row) for row in rows], next)


def _few(connection: Connection, full_text: FullText, filters: Filters) -> list[int] | None:
    """All claims that have several facets, if they are few; None if they are many, or on one list alone.

    The full text finds them without a look at any claim. It has no claims that are gone.
    """
    lists = ways(filters)
    if len(lists) < 2 or not set(map(str, Gone)).isdisjoint(filters.status):
        return None
    asked = select(full_text.number).select_from(full_text.found).where(full_text.holds((), lists))
    numbers = list(connection.execute(asked.limit(MOST_FEW + 1)).scalars())
    return numbers if len(numbers) <= MOST_FEW else None


def _walk(filters: Filters, facet: Facet | None, few: list[int] | None = None) -> tuple[Select[Any], Any]:
    """The claims of a list in its order, all or a few of them, and the key by which it is ordered."""
    if facet is None:
        key = tuple_(claim_table.c.changed, claim_table.c.number)
        asked = select(*OWN).where(*of_claims(filters))
        if few is not None:
            asked = select(*OWN).where(claim_table.c.number.in_(few), *of_time(filters))
        return asked.order_by(claim_table.c.changed.desc(), claim_table.c.number.desc()), key
    key = tuple_(facets.c.changed, facets.c.claim)
    listed = (facets.c.kind == facet[0]) & (facets.c.name == facet[1])
    asked = select(*OWN).select_from(facets.join(claim_table, claim_table.c.number == facets.c.claim))
    asked = asked.where(listed, *of_claims(filters, facet))
    return asked.order_by(facets.c.changed.desc(), facets.c.claim.desc()), key


def _place(after: str) -> tuple[int, int]:
    """The place where a page ended.

    Raises
    ------
    ValueError
        If the text is no place.
    """
    first, _, second = after.partition(".")
    return int(first), int(second)


def _found(
    connection: Connection, full_text: FullText, filters: Filters, phrases: list[Phrase], after: str, limit: int
) -> ResultPage[ClaimRow]:
    """The claims that hold the words themselves, and then those of which somebody says them, each the newest first."""
    if not phrases:
        return ResultPage([])
    begins = _place(after) if after else None
    found: list[tuple[int, int]] = []
    for part, holds in enumerate((full_text.in_claim, full_text.beside_claim)):
        if (begins and part < begins[0]) or len(found) > limit:
            continue
        asked = select(full_text.number).select_from(full_text.found).where(holds(phrases, ways(filters)))
        before = begins[1] if begins and part == begins[0] else None
        if filters.since or filters.until:
            asked = asked.join(claim_table, claim_table.c.number == full_text.number).where(*of_time(filters))
        found += [(part, number) for number in full_text.newest(connection, asked, before, limit + 1 - len(found))]
    shown, more = found[:limit], found[limit:]
    asked = select(claim_table).where(claim_table.c.number.in_([number for _, number in shown]))
    by_number = {row["number"]: row for row in _rows(connection, asked)}
    rows = [_row(row, _highlight(row, phrases)) for row in (by_number[number] for _, number in shown)]
    return ResultPage(rows, f"{shown[-1][0]}.{shown[-1][1]}" if more else "")


def _highlight(row: Row, phrases: list[Phrase]) -> Highlight:
    """Where the words were found: in the claim, or else in the first statement on it that holds them."""
    texts = [row["text"], row["headline"]]
    if row["snapshot"]:
        texts += [line["quote"] for line in unpack(row["snapshot"])["evidence"]]
    marked = ((text, found) for text in texts if (found := marks(text, phrases)))
    return Highlight(*next(marked, (row["text"], ())))


def _as_of(
    connection: Connection, full_text: FullText, filters: Filters, then: datetime, after: str, limit: int
) -> ResultPage[ClaimRow]:
    """The claims as they stood at a moment, the newest first."""
    asked = (
        select(claim_table)
        .where(
            claim_table.c.present, claim_table.c.since <= milliseconds(then), *narrowed(connection, full_text, filters)
        )
        .order_by(claim_table.c.since.desc(), claim_table.c.number.desc())
    )
    rows: list[ClaimRow] = []
    place = _place(after) if after else None
    for _ in range(MOST_LOOKED_AT // CHUNK):
        key = tuple_(claim_table.c.since, claim_table.c.number)
        chunk = _rows(connection, (asked.where(key < tuple_(*place)) if place else asked).limit(CHUNK))
        for row in chunk:
            place = (row["since"], row["number"])
            stood = _stood(row, then)
            if stood and _fits(stood, filters):
                rows.append(stood)
            if len(rows) == limit:
                return ResultPage(rows, f"{place[0]}.{place[1]}")
        if len(chunk) < CHUNK:
            return ResultPage(rows)
    return ResultPage(rows, f"{place[0]}.{place[1]}" if place else "")


def _stood(row: Row, then: datetime) -> ClaimRow | None:
    """A claim as it stood at a moment."""
    if row["complete"] < milliseconds(then):
        return _row(row)
    past = as_of(unpack(row["snapshot"]), then)
    return _row(row | values(past)) if past else None


def _fits(row: ClaimRow, filters: Filters) -> bool:
    return (
        (not filters.status or row.status in filters.status)
        and (filters.since is None or row.updated is None or row.updated >= filters.since)
        and (filters.until is None or row.updated is None or row.updated <= filters.until)
    )


def _rows(connection: Connection, asked: Select[Any]) -> list[Row]:
    return [row._asdict() for row in connection.execute(asked)]


def _row(row: Mapping[str, Any], highlight: Highlight | None = None) -> ClaimRow:
    return ClaimRow(
        id=row["id"],
        status=row["status"],
        word=word(row),
        gone=row["gone"],
        text=row["text"],
        headline=row["headline"],
        claimant=row["claimant"],
        side=row["side"],
        subject=row["subject"],
        outcome=row["outcome"],
        place=row["place"],
        sources=row["sources"],
        published=moment(row["published"]),
        updated=moment(row["updated"]) if row["present"] else None,
        changed=moment(row["changed"]),
        decided_by=decider(row),
        for_=row["in_favour"],
        against=row["against"],
        highlight=highlight,
    )
