"""The labels in gold/, and the items of the development streams that they are about."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from benchmarks.shared import Shared
from claimwire import Item, Part, Statement, extract
from claimwire.statements import Span
from training.json_lines import lines

GOLD = Path(__file__).parents[1] / "gold"
STREAMS = ("reuters-1987q1", "ukraine-2022h1")


class Label(BaseModel):
    """What a judge who had not seen the rules said of a place in an item."""

    stream: str
    uri: str
    part: Part


Kind = TypeVar("Kind", bound=Label)


def labels(kind: type[Kind], name: str) -> list[Kind]:
    """The labels in a file of gold/."""
    lines = (GOLD / name).read_text("utf8").splitlines()
    return [kind.model_validate_json(line) for line in lines]


@dataclass(frozen=True, slots=True)
class Story:
    """An item with what is extracted from it."""

    ninjs: dict[str, Any]
    item: Item
    statements: list[Statement]

    def text(self, part: Part) -> str:
        """A part of it."""
        return self.item.headline if part is Part.HEADLINE else self.item.body

    def cued(self, part: Part, cue: Span) -> Statement | None:
        """The first statement whose cue shares a character with a labelled one."""
        for statement in self.statements:
            if statement.part is part and any(a < cue[1] and cue[0] < b for a, b in statement.cue):
                return statement
        return None

    def around(self, part: Part, cue: Span) -> str:
        """A cue between its neighbours, in one line."""
        text, (start, end) = self.text(part), cue
        return " ".join(f"{text[max(0, start - 160) : start]}[{text[start:end]}]{text[end : end + 120]}".split())


class Development:
    """The development data, its streams read when they are asked for."""

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        self._documents: dict[str, dict[str, Any]] = {}
        self._stories: dict[tuple[str, str], Story] = {}

    def items(self, stream: str) -> Path:
        """The file of a stream's items."""
        return self.shared.path(f"gold/{stream}.items.jsonl.xz")

    def threads(self, stream: str) -> Path:
        """The file of its claims, with their answers, and of its hard negatives."""
        return self.shared.path(f"gold/{stream}.threads.jsonl")

    def documents(self, stream: str) -> Iterator[dict[str, Any]]:
        """The item versions of a stream, in order of time, as ninjs."""
        return lines(self.items(stream))

    def story(self, stream: str, uri: str) -> Story:
        """The last version of an item."""
        if stream not in self._documents:
            self._documents[stream] = {document["uri"]: document for document in self.documents(stream)}
        if (stream, uri) not in self._stories:
            document = self._documents[stream][uri]
            item = Item.from_ninjs(document)
            self._stories[stream, uri] = Story(document, item, extract(item))
        return self._stories[stream, uri]


Measure = Callable[[Development, bool], Iterator[str]]
"""Gives the lines of its report; with the disagreements, where the second argument says so."""


def share(part: int, whole: int) -> str:
    """A share with what it is of, "53.1 % (17 of 32)"."""
    return f"{100 * part / max(1, whole):.1f} % ({part} of {whole})"
