"""Answers: the content of each page, as its JSON has it. The page itself is made from the same answer."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Query, Request

from board.change_queries import ChangeRow, changes, over_time
from board.claim_rows import name
from board.corrections import version_of
from board.filters import Filters
from board.queries import ClaimRow, Highlight, LastWord, claim, claims, last_words
from board.side_queries import PlaceRow, Tally, outlets, places, sides
from board.store import BoardStore
from board.web.asked import AskedList, Moment, asked_filters, asked_moment
from board.web.sentences import concludes, stands_with, what_happened, would_change
from claimwire.places import name_of
from claimwire.rules import rule
from claimwire.snapshots import headline
from claimwire.times import format_time
from claimwire.verdict_json import as_json
from claimwire.verdict_weighing import weigh
from claimwire.verdicts import in_words, sentence

Answer = dict[str, Any]
Asked = Annotated[AskedList, Depends(asked_filters)]

MOST_DAYS = 366
MOST_WORDS = 5
MOST_SEQ = 10**15
HEX = rule(r"[0-9a-fA-F]{1,20}", finds="b390de74", passes="b390 de74", where="whole")


def store_of(request: Request) -> BoardStore:
    """The store that the application reads."""
    store: BoardStore = request.app.state.store
    return store


Reads = Annotated[BoardStore, Depends(store_of)]


def latest_changes(store: Reads, asked: Asked) -> Answer:
    """The latest changes, the last one first. `after` is the number of a change; the page has the changes before it.

    Without filters the first page also has the last words: the claims on which somebody spoke last.
    """
    found = change_list(store, asked)
    words = [] if asked.typed or asked.after else [word_json(word) for word in last_words(store, MOST_WORDS)]
    return {"filters": asked.as_json(), "words": words, **found}


def change_list(store: BoardStore, asked: AskedList) -> Answer:
    """The changes of a page, the last one first, and the `after` of the next page."""
    before = _number(asked.after)
    found = changes(store, filters=asked.filters, limit=asked.limit + 1, before_seq=before)
    rows, more = found[: asked.limit], found[asked.limit :]
    return {"changes": [change_json(row) for row in rows], "next": str(rows[-1].seq) if more else ""}


def claim_list(store: Reads, asked: Asked) -> Answer:
    """Claims, the last changed first. With words or as of a moment, the newest first.

    For one side, outlet or place, the answer also has the number of its claims, and how they ended.
    """
    try:
        page = claims(store, asked.filters, asked.after, asked.limit)
    except (ValueError, OverflowError):
        raise _no_place() from None
    return {
        "filters": asked.as_json(),
        "of": _whose(store, asked.filters),
        "claims": [row_json(row) for row in page.rows],
        "next": page.next,
    }


def whole_claim(store: Reads, id: str, as_of: Moment = "") -> Answer:
    """A whole claim, by its id, or by the beginning of its id if no other id begins so."""
    moment = asked_moment(as_of, "as_of", datetime.now(UTC))
    found = claim(store, id, moment) if HEX.fullmatch(id) else None
    if found is None:
        then = " as of that moment" if moment else ""
        raise HTTPException(404, f"There is no claim whose id alone begins with {id[:40]!r}{then}.")
    published = found["published"]
    undone = weigh(found["given"]).undone
    counted = {v["id"] for v in found.get("verdicts", ())}
    return {
        **{key: value for key, value in found.items() if key != "given"},
        "headline": headline(found),
        "published": published if isinstance(published, str) else format_time(published),
        "version": version_of(found),
        "concludes": concludes(found),
        "would_change": [{"status": status, "when": when} for status, when in would_change(found)],
        "evidence": [{**line, "stands": stands_with(line["relation"])} for line in found.get("evidence", ())],
        "verdicts": [
            {
                **as_json(v),
                "sentence": sentence(v.maker, in_words(v.says), v.reason),
                "counts": bool(found["gone"]) or v.id in counted,
                "undone": v.id in undone,
            }
            for v in found["given"]
        ],
        "changes": [change_json(row) for row in found["changes"]],
    }


def side_list(store: Reads) -> Answer:
    """The sides that claim most, with their track records."""
    return {"sides": [tally_json(row) for row in sides(store)]}


def outlet_list(store: Reads) -> Answer:
    """The outlets that report most claims, and how these ended."""
    return {"outlets": [tally_json(row) for row in outlets(store)]}


def place_list(store: Reads) -> Answer:
    """The places with most claims, and how these ended."""
    return {"places": [place_json(row) for row in places(store)]}


def days(
    store: Reads,
    asked: Asked,
    days: Annotated[int, Query(ge=2, le=MOST_DAYS)] = 30,
) -> Answer:
    """How many claims were open, disputed and settled at the end of each day, in UTC."""
    found = over_time(store, asked.filters, days)
    told = [{**asdict(day), "day": _iso(day.day)} for day in found]
    return {"filters": asked.as_json(), "days": told}


def change_json(row: ChangeRow) -> Answer:
    """A change as JSON."""
    event, cause = row.event, row.event.cause
    return {
        "seq": row.seq,
        "id": event.id,
        "time": format_time(row.time),
        "arrived": format_time(row.at),
        "claim": row.claim,
        "text": row.text,
        "headline": row.headline,
        "side": row.side,
        "previous": row.previous,
        "word": row.word,
        "sources": row.sources,
        "happened": what_happened(event),
        "superseded_by": event.superseded_by,
        "decided_by": row.decided_by.words,
        "verdict": event.verdict.id if event.verdict else "",
        "cause": {
            "relation": cause.relation,
            "withdrawn": cause.withdrawn,
            "speaker": cause.speaker,
            "side": cause.side,
            "quote": cause.quote,
            "outlet": cause.outlet,
            "item": cause.item,
            "published": format_time(cause.published),
        },
    }


def word_json(word: LastWord) -> Answer:
    """The last word on a claim as JSON."""
    line = word.line
    said = {name: line[name] for name in ("relation", "speaker", "side", "quote", "outlet", "item", "published")}
    row = word.claim
    return {"claim": row.id, "text": row.text, "headline": row.headline, "status": row.status, **said}


def row_json(row: ClaimRow) -> Answer:
    """A claim of a list as JSON."""
    return {
        "id": row.id,
        "status": row.status,
        "word": row.word,
        "gone": row.gone,
        "text": row.text,
        "headline": row.headline,
        "claimant": row.claimant,
        "side": row.side,
        "subject": row.subject,
        "outcome": row.outcome,
        "place": row.place,
        "sources": row.sources,
        "published": format_time(row.published),
        "updated": format_time(row.updated) if row.updated else None,
        "changed": format_time(row.changed),
        "decided_by": row.decided_by.words,
        "for": row.for_,
        "against": row.against,
        "found": _parts(row.highlight) if row.highlight else None,
    }


def tally_json(row: Tally) -> Answer:
    """A side, an outlet or a place as JSON: its claims by status, and how they ended."""
    record = row.record
    told = (
        {"settled": record.settled, **record.endings, "share": record.share and asdict(record.share)}
        if record
        else None
    )
    return {"name": row.name, "claims": row.claims, "statuses": dict(row.statuses), "record": told}


def place_json(row: PlaceRow) -> Answer:
    """A place as JSON."""
    place = row.place
    return {
        **tally_json(row.tally),
        "label": name_of(row.tally.name),
        "country": place.country if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
    }


def _whose(store: BoardStore, filters: Filters) -> Answer:
    """The side, outlet or place whose claims are asked for, with their number by status and how they ended."""
    found: Answer = {}
    if filters.side:
        found["side"] = _first(sides(store, name(filters.side), 1), tally_json)
    if filters.outlet:
        found["outlet"] = _first(outlets(store, name(filters.outlet), 1), tally_json)
    if filters.place:
        found["place"] = _first(places(store, name(filters.place), 1), place_json)
    return {kind: told for kind, told in found.items() if told}


def _first(rows: Iterable[Any], told: Callable[[Any], Mapping[str, Any]]) -> Mapping[str, Any] | None:
    return next((told(row) for row in rows), None)


def _parts(highlight: Highlight) -> list[Answer]:
    """A text in parts. Each part is marked or not."""
    parts, end = [], 0
    for start, stop in highlight.marks:
        parts += [(highlight.text[end:start], False), (highlight.text[start:stop], True)]
        end = stop
    parts.append((highlight.text[end:], False))
    return [{"text": text, "marked": marked} for text, marked in parts if text]


def _number(after: str) -> int | None:
    if not after:
        return None
    if not after.isdecimal() or int(after) > MOST_SEQ:
        raise _no_place()
    return int(after)


def _no_place() -> HTTPException:
    return HTTPException(404, "after names no place in this list: leave it out, or take `next` of a page of it.")


def _iso(day: date) -> str:
    return day.isoformat()
