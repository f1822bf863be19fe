"""Claim rows: what the store keeps of a claim, from its snapshot or from its last status event. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import orjson

from board.packing import pack
from claimwire.claims import DecidedBy
from claimwire.snapshots import all_evidence, decided_by, headline
from claimwire.statements import AGAINST, IN_FAVOUR
from claimwire.status_events import NOT_TAKEN_BACK, StatusChanged
from claimwire.statuses import Status
from claimwire.times import parse_time
from streams.codecs import Undecodable

Row = dict[str, Any]
Facet = tuple[str, str]
"""A kind and a name by which claims are listed."""

SIDE, ABOUT, SUBJECT, PLACE, OUTLET, WORD = "side", "about", "subject", "place", "outlet", "word"
SAID_ONCE = (SIDE, SUBJECT, PLACE)
"""Kinds of facets of which a claim has only one, in a column of that name."""

LONGEST_NAME = 200
"""The most characters of a name by which claims are listed. PostgreSQL sorts by no names longer than 2 kB."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
DAY_MS = 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot that was read.

    Attributes
    ----------
    at
        When it arrived.
    values
        Its values for the row of the claim.
    tags
        Facets of kinds of which a claim may have many.
    words
        The texts by which the claim is found: its own, and what is said of it.
    """

    at: int
    values: Row
    tags: frozenset[Facet]
    words: tuple[str, str]


def milliseconds(moment: datetime) -> int:
    """A moment as the store keeps it, rounded down."""
    return (moment - EPOCH) // MILLISECOND


def moment(kept: int) -> datetime:
    """The moment that the store keeps as this number."""
    return EPOCH + kept * MILLISECOND


def plain(text: str) -> str:
    """A text that every backend accepts."""
    return text.replace("\0", "\ufffd")


def name(text: str) -> str:
    """A name by which claims are listed, not too long."""
    return plain(text)[:LONGEST_NAME]


def empty_row(number: int, id: str) -> Row:
    """The row of a claim before anything is known of it."""
    return {
        "number": number, "id": id, "present": False, "status": "", "gone": "", "superseded_by": "", "sources": 0,
        "text": "", "headline": "", "claimant": "", "side": "", "subject": "", "outcome": "", "place": "",
        "published": 0, "since": 0, "updated": 0, "complete": 0, "in_favour": 0, "against": 0, "decider_kind": "",
        "decider_name": "", "decider_reason": "", "sequence": 0, "told": "", "tags": "[]", "changed": 0,
        "snapshot": None,
    }  # fmt: skip


def read_snapshot(id: str, value: bytes, at: int) -> Snapshot:
    """The snapshot of a claim.

    Raises
    ------
    Undecodable
        If the value is no snapshot of that claim.
    """
    try:
        claim = orjson.loads(value)
        if claim["id"] != id:
            raise Undecodable("its claim is not that of its key")
        return Snapshot(at, values(claim) | {"snapshot": pack(value)}, tags(claim), words(claim))
    except orjson.JSONDecodeError as error:
        raise Undecodable(f"not JSON: {error}") from None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Undecodable(f"no snapshot of a claim: {type(error).__name__}: {error}") from None


def shown(row: Row, snapshot: Snapshot) -> Row:
    """The row of a claim that the ledger shows."""
    return row | snapshot.values | {"changed": row["changed"] if row["sequence"] else snapshot.at}


def values(claim: Mapping[str, Any]) -> Row:
    """A snapshot's values for the row of its claim."""
    evidence = claim["evidence"]
    relations = [line["relation"] for line in evidence]
    decided = decided_by(claim)
    outcome = claim["outcome"] or {"code": "", "place": ""}
    return {
        "present": True,
        "status": str(Status(claim["status"])),
        "gone": "",
        "superseded_by": "",
        "sources": int(claim["sources"]),
        "text": plain(claim["text"]),
        "headline": plain(headline(claim)),
        "claimant": plain(claim["claimant"]),
        "side": name(claim["side"]),
        "subject": name(claim["subject"]),
        "outcome": name(outcome["code"]),
        "place": name(outcome["place"]),
        "published": _time(claim["published"]),
        "since": _time(claim["since"]),
        "updated": _time(claim["updated"]),
        "complete": max(map(_time, _times(claim))),
        "in_favour": sum(relation in IN_FAVOUR for relation in relations),
        "against": sum(relation in AGAINST for relation in relations),
        **_decider(decided),
    }


def told(row: Row, event: StatusChanged, at: int) -> Row:
    """The row after a status event. The event orders the claims, and is all that is known of a claim not shown."""
    if event.sequence <= row["sequence"]:
        return row
    now = standing(str(event.status), str(event.gone or ""))
    row = row | {"sequence": event.sequence, "changed": at, "told": now}
    return row if row["present"] else left(row, event)


def left(row: Row, event: StatusChanged | None) -> Row:
    """The row of a claim that the ledger does not show. It keeps no more than the claim's last event says."""
    row = row | {"present": False, "since": 0, "updated": 0, "complete": 0, "in_favour": 0, "against": 0}
    row["snapshot"] = None
    if event is None:
        return row
    claim = event.claim
    return row | {
        "status": str(event.status),
        "gone": str(event.gone or ""),
        "superseded_by": name(event.superseded_by),
        "sources": event.sources,
        "text": plain(claim.text),
        "headline": plain(claim.headline),
        "claimant": plain(claim.claimant),
        "side": name(claim.side),
        "subject": name(claim.subject),
        "outcome": name(claim.outcome),
        "place": name(claim.place.key) if claim.place else "",
        "published": milliseconds(claim.published),
        **_decider(event.decided_by),
    }


def word(row: Mapping[str, Any]) -> str:
    """What has become of a claim, in the word that events use."""
    return str(row["gone"] if row["gone"] in NOT_TAKEN_BACK else row["status"])


def standing(status: str, gone: str) -> str:
    """The status of a claim, or why it is gone. Unlike in events, this includes withdrawn."""
    return gone or status


def tags(claim: Mapping[str, Any]) -> frozenset[Facet]:
    """The facets of a claim of which it may have many."""
    outlets = {line["outlet"] for line in claim["evidence"]}
    about = {(ABOUT, name(side)) for side in claim["about"]}
    return frozenset(about | {(OUTLET, name(outlet)) for outlet in outlets if outlet})


def tags_left(event: StatusChanged) -> frozenset[Facet]:
    """The same facets for a claim that the ledger does not show."""
    return frozenset((ABOUT, name(side)) for side in event.claim.about)


def with_tags(row: Row, tagged: Iterable[Facet]) -> Row:
    """The row with these facets of kinds of which a claim may have many."""
    return {**row, "tags": orjson.dumps(sorted(tagged)).decode()}


def tags_of(row: Mapping[str, Any]) -> frozenset[Facet]:
    """These facets in a row."""
    return frozenset((kind, named) for kind, named in orjson.loads(row["tags"]))


def facets(row: Mapping[str, Any], tagged: Iterable[Facet]) -> frozenset[Facet]:
    """All facets by which a claim is listed."""
    once = {(kind, row[kind]) for kind in SAID_ONCE if row[kind]}
    return frozenset({(WORD, standing(row["status"], row["gone"])), *once, *tagged})


def counted(row: Mapping[str, Any], listed: Iterable[Facet]) -> set[tuple[str, str, str]]:
    """Where a claim counts: kind, name and status. A claim that is gone counts only among those that are gone."""
    stands = standing(row["status"], row["gone"])
    if row["present"]:
        return {(kind, named, stands) for kind, named in listed}
    return {(WORD, stands, stands)} if row["gone"] else set()


def words(claim: Mapping[str, Any]) -> tuple[str, str]:
    """The texts by which a claim is found: its own, and what is said of it."""
    said = " ".join(f"{line['speaker']} {line['quote']}" for line in claim["evidence"])
    own = (claim["text"], headline(claim), claim["claimant"], claim["side"])
    return " ".join(filter(None, own)), said


def unshown(row: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a snapshot that a claim has which the ledger does not show."""
    return {
        "id": row["id"],
        "status": row["status"],
        "sources": row["sources"],
        "text": row["text"],
        "headline": row["headline"],
        "claimant": row["claimant"],
        "side": row["side"],
        "subject": row["subject"],
        "published": moment(row["published"]),
        "decided_by": asdict(decider(row)),
    }


def decider(row: Mapping[str, Any]) -> DecidedBy:
    """Whose word decides what a claim is."""
    return DecidedBy(kind=row["decider_kind"], name=row["decider_name"], reason=row["decider_reason"])


def _decider(decided: DecidedBy) -> dict[str, str]:
    return {
        "decider_kind": plain(decided.kind),
        "decider_name": plain(decided.name),
        "decider_reason": plain(decided.reason),
    }


@lru_cache(10_000)
def _time(text: str) -> int:
    return milliseconds(parse_time(text))


def _times(claim: Mapping[str, Any]) -> set[str]:
    """The times of everything in a snapshot. Most stand there several times, and reading one takes a while."""
    said = {line["published"] for line in all_evidence(claim)}
    return {claim["since"], *said, *(verdict["time"] for verdict in claim.get("verdicts", ()))}
