"""Full text: claims found by words, the same on SQLite's FTS5 and PostgreSQL's tsvector.

Words are split and folded here, so that both backends find the same, and what is found can be marked in the text.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Index,
    MetaData,
    Table,
    cast,
    column,
    func,
    literal,
    literal_column,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.sql.expression import TableClause

WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
PLAIN_WORD = re.compile(r"[a-z0-9]+")
"""The same in ASCII and small letters."""

QUOTED = re.compile(r'"([^"]*)"|([^"]+)')
LONGEST_WORD = 100
"""Characters of a word that count: PostgreSQL takes no word of 2 kB."""

MOST_WORDS = 16_000
"""Of each part of a document that are found: PostgreSQL counts no farther."""

MOST_PLACES = 255
"""Of one word in a document: PostgreSQL keeps no more."""

MOST_ASKED = 30
"""Words of a question that count."""


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """What a claim is found by.

    Attributes
    ----------
    number
        Of the claim's row.
    claim
        Its text and who puts it forward; what is found here ranks first.
    said
        Who says what of it.
    """

    number: int
    claim: str
    said: str


Phrase = tuple[str, ...]
"""Folded words that stand one after another."""


class FullText(Protocol):
    """The full text of one backend."""

    def create(self, connection: Connection) -> None:
        """Make its table."""

    def put(self, connection: Connection, documents: Sequence[ClaimWords]) -> None:
        """Make documents found that are not yet there."""

    def remove(self, connection: Connection, numbers: Sequence[int]) -> None:
        """Make documents found no longer, whether they are there or not."""

    @property
    def found(self) -> TableClause:
        """The table in which documents are found."""

    @property
    def number(self) -> ColumnElement[int]:
        """The number of a document there."""

    def holds(self, phrases: Sequence[Phrase]) -> ColumnElement[bool]:
        """That a document holds all of these phrases."""

    def rank(self, phrases: Sequence[Phrase]) -> ColumnElement[float]:
        """By what the found are ordered; the best have the lowest."""


def words_in(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text: start, end, and what they are compared by."""
    for found in WORD.finditer(text):
        yield found.start(), found.end(), folded(found.group())


def folded(word: str) -> str:
    """A word in plain small letters."""
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if c.isalnum())
    return word.casefold()[:LONGEST_WORD]


def phrases_in(asked: str) -> list[Phrase]:
    """What a question asks for: each word, and what stands in quotation marks as one."""
    found: list[Phrase] = []
    for quoted, bare in QUOTED.findall(asked.replace("“", '"').replace("”", '"')):
        words = tuple(word for _, _, word in words_in(quoted or bare) if word)
        found += [words] if quoted and words else [(word,) for word in words]
    return found[:MOST_ASKED]


def marks(text: str, phrases: Iterable[Phrase]) -> tuple[tuple[int, int], ...]:
    """Where the words of a question stand in a text."""
    wanted = {word for phrase in phrases for word in phrase}
    return tuple((start, end) for start, end, word in words_in(text) if word in wanted)


def _words(text: str) -> list[str]:
    """The words of a text as `words_in` has them, without their places, which take longer to find."""
    if text.isascii():
        found = PLAIN_WORD.findall(text.casefold())[:MOST_WORDS]
        return [word[:LONGEST_WORD] for word in found] if len(text) > LONGEST_WORD else found
    return [word for found in WORD.findall(text) if (word := folded(found))][:MOST_WORDS]


class Fts5:
    """SQLite's full text."""

    found = table("search", column("rowid", BigInteger))
    number: ColumnElement[int] = found.c.rowid

    def create(self, connection: Connection) -> None:
        """Make its table."""
        connection.execute(text("CREATE VIRTUAL TABLE search USING fts5(claim, said, tokenize='unicode61')"))

    def put(self, connection: Connection, documents: Sequence[ClaimWords]) -> None:
        """Make documents found that are not yet there."""
        rows = [(d.number, " ".join(_words(d.claim)), " ".join(_words(d.said))) for d in documents]
        if rows:
            connection.exec_driver_sql("INSERT INTO search (rowid, claim, said) VALUES (?, ?, ?)", rows)

    def remove(self, connection: Connection, numbers: Sequence[int]) -> None:
        """Make documents found no longer, whether they are there or not."""
        if numbers:
            connection.exec_driver_sql("DELETE FROM search WHERE rowid = ?", [(number,) for number in numbers])

    def holds(self, phrases: Sequence[Phrase]) -> ColumnElement[bool]:
        """That a document holds all of these phrases."""
        asked = " ".join(f'"{" ".join(phrase)}"' for phrase in phrases)
        return literal_column("search").op("MATCH", is_comparison=True)(literal(asked))

    def rank(self, phrases: Sequence[Phrase]) -> ColumnElement[float]:
        """By what the found are ordered; the best have the lowest."""
        return func.bm25(literal_column("search"), 5.0, 1.0)


class TsVector:
    """PostgreSQL's full text."""

    found = Table(
        "search",
        MetaData(),
        Column("claim", BigInteger, primary_key=True, autoincrement=False),
        Column("words", TSVECTOR, nullable=False),
        Index("search_by_word", "words", postgresql_using="gin"),
    )
    number: ColumnElement[int] = found.c.claim

    def create(self, connection: Connection) -> None:
        """Make its table."""
        self.found.create(connection)

    def put(self, connection: Connection, documents: Sequence[ClaimWords]) -> None:
        """Make documents found that are not yet there."""
        if documents:
            connection.execute(
                text("INSERT INTO search SELECT * FROM unnest(CAST(:numbers AS bigint[]), CAST(:words AS tsvector[]))"),
                {"numbers": [d.number for d in documents], "words": [_vector(d) for d in documents]},
            )

    def remove(self, connection: Connection, numbers: Sequence[int]) -> None:
        """Make documents found no longer, whether they are there or not."""
        if numbers:
            connection.execute(text("DELETE FROM search WHERE claim = ANY(:numbers)"), {"numbers": list(numbers)})

    def holds(self, phrases: Sequence[Phrase]) -> ColumnElement[bool]:
        """That a document holds all of these phrases."""
        return self.found.c.words.op("@@", is_comparison=True)(self._asked(phrases))

    def rank(self, phrases: Sequence[Phrase]) -> ColumnElement[float]:
        """By what the found are ordered; the best have the lowest."""
        return -func.ts_rank(self.found.c.words, self._asked(phrases))

    def _asked(self, phrases: Sequence[Phrase]) -> ColumnElement[Any]:
        """The question as PostgreSQL reads it; folded words hold no mark that would have to be escaped."""
        asked = " & ".join("('" + "' <-> '".join(phrase) + "')" for phrase in phrases)
        return cast(literal(asked), TSQUERY)


def _vector(document: ClaimWords) -> str:
    """The words of a document with their places and weights, as PostgreSQL reads them."""
    claim, said = _words(document.claim), _words(document.said)
    places: dict[str, list[str]] = {}
    for place, word in enumerate(claim, start=1):
        places.setdefault(word, []).append(f"{place}A")
    for place, word in enumerate(said, start=len(claim) + 2):
        places.setdefault(word, []).append(f"{place}D")
    return " ".join(f"'{word}':{','.join(at[:MOST_PLACES])}" for word, at in places.items())
