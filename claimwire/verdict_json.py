"""Verdicts as JSON holds them: written, and read with every field checked."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from claimwire.statements import Act, Part, Relation
from claimwire.statuses import Status
from claimwire.times import parse_time
from claimwire.verdicts import (
    Bears,
    CarriedStatement,
    Comments,
    HasStatus,
    IsNoClaim,
    IsOneWith,
    Maker,
    MakerKind,
    Says,
    Undoes,
    UnreadableVerdict,
    Verdict,
    in_utc,
    verdict,
)

MOST = 10**15
"""Every version number and every position in a text is below this."""


def as_json(v: Verdict) -> dict[str, Any]:
    """The verdict as a JSON object."""
    said: dict[str, Any] = json.loads(json.dumps(asdict(v), default=in_utc))
    return said


def from_json(value: Any) -> Verdict:
    """The verdict in a JSON value. The value may leave out the id.

    Raises
    ------
    UnreadableVerdict
        If it holds no verdict, or the id does not match the content.
    """
    said = _object(value, "the verdict")
    maker = _object(_field(said, "maker"), "maker")
    made = verdict(
        _text(said, "claim"),
        _says(_object(_field(said, "says"), "says")),
        Maker(kind=_word(MakerKind, maker, "kind"), name=_text(maker, "name"), version=_text(maker, "version", "")),
        _text(said, "reason", ""),
        _time(said, "time"),
    )
    if said.get("id") not in (None, made.id):
        raise UnreadableVerdict("its id is not the one that is made of what it says")
    return made


def _says(said: Mapping[str, Any]) -> Says:
    match said.get("kind"):
        case "statement":
            relation = None if _field(said, "relation") is None else _word(Relation, said, "relation")
            brought = said.get("carried")
            return Bears(
                statement=_text(said, "statement"),
                relation=relation,
                carried=None if brought is None else carried(_object(brought, "carried")),
            )
        case "merge":
            return IsOneWith(into=_text(said, "into"))
        case "no_claim":
            return IsNoClaim()
        case "status":
            return HasStatus(status=_word(Status, said, "status"))
        case "undo":
            return Undoes(verdict=_text(said, "verdict"))
        case "comment":
            return Comments()
        case other:
            kinds = "statement, merge, no_claim, status, undo or comment"
            raise UnreadableVerdict(f"says.kind is {other!r}: write {kinds}")


def carried(said: Mapping[str, Any]) -> CarriedStatement:
    """The statement in a JSON object, such as the evidence in a snapshot.

    Raises
    ------
    UnreadableVerdict
        If it holds no statement.
    """
    return CarriedStatement(
        statement=_text(said, "statement"),
        item=_text(said, "item"),
        version=_number(said, "version"),
        part=_word(Part, said, "part"),
        start=_number(said, "start"),
        end=_number(said, "end"),
        act=_word(Act, said, "act"),
        speaker=_text(said, "speaker"),
        side=_text(said, "side"),
        outlet=_text(said, "outlet"),
        quote=_text(said, "quote"),
        published=_time(said, "published"),
        recalled=said.get("recalled") is True,
    )


Word = TypeVar("Word", bound=StrEnum)


def _object(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise UnreadableVerdict(f"{name} is no JSON object")
    return value


def _field(said: Mapping[str, Any], name: str) -> Any:
    if name not in said:
        raise UnreadableVerdict(f"{name} is missing")
    return said[name]


def _text(said: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = said.get(name, default) if default is not None else _field(said, name)
    if not isinstance(value, str):
        raise UnreadableVerdict(f"{name} is no text")
    return value


def _number(said: Mapping[str, Any], name: str) -> int:
    value = _field(said, name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < MOST:
        raise UnreadableVerdict(f"{name} is no whole number from 0 to {MOST}")
    return value


def _word(words: type[Word], said: Mapping[str, Any], name: str) -> Word:
    value = _text(said, name)
    if value not in list(words):
        raise UnreadableVerdict(f"{name} is {value[:40]!r}: write one of {', '.join(words)}")
    return words(value)


def _time(said: Mapping[str, Any], name: str) -> datetime:
    try:
        return parse_time(_text(said, name))
    except ValueError as error:
        raise UnreadableVerdict(f"{name}: {error}") from None
