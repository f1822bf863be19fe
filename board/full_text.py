"""Full text: finds claims by words, in the same way on SQLite's FTS5 and PostgreSQL's tsvector.

This module splits and folds the words, so that both backends find the same, and the text can mark the found words.
Beside its words a claim holds its facets, so that one walk finds the claims of a side that hold a word.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Protocol

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Index,
    MetaData,
    Select,
    Table,
    cast,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.sql.expression import TableClause

from board.claim_rows import Facet

WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
PLAIN_WORD = re.compile(r"[a-z0-9]+")
"""A word in ASCII and small letters."""

QUOTED = re.compile(r'"([^"]*)"|([^"]+)')
LONGEST_WORD = 100
"""How many characters of a word count. PostgreSQL takes no word of 2 kB."""

MOST_WORDS = 16_000
"""How many words of each part of a document can be found. PostgreSQL counts no farther."""

MOST_PLACES = 255
"""How many places of one word in a document are kept. PostgreSQL keeps no more."""

OWN_WORD = "+"
"""Before a word that stands in the claim itself, on PostgreSQL, whose index does not know where words are."""

WALKED = 5_000
"""How many documents PostgreSQL walks through for a page."""

MOST_ASKED = 30
"""How many words of a search count."""


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """The texts by which a claim is found.

    Attributes
    ----------
    number
        Number of the claim's row.
    claim
        The text of the claim and who puts it forward. What is found here comes first.
    said
        Who says what of the claim.
    facets
        By which facets it is listed.
    """

    number: int
    claim: str
    said: str
    facets: frozenset[Facet] = frozenset()


Phrase = tuple[str, ...]
"""Folded words that must follow one another."""


class FullText(Protocol):
    """The full text of one backend."""

    def create(self, connection: Connection) -> None:
        """Make its table."""

    def put(self, connection: Connection, documents: Sequence[ClaimWords]) -> None:
        """Add documents that are not there yet."""

    def remove(self, connection: Connection, numbers: Sequence[int]) -> None:
        """Remove documents, whether they are there or not."""

    @property
    def found(self) -> TableClause:
        """The table in which documents are found."""

    @property
    def number(self) -> ColumnElement[int]:
        """The column with the number of a document."""

    def holds(self, phrases: Sequence[Phrase], ways: Sequence[Collection[Facet]] = ()) -> ColumnElement[bool]:
        """The condition that a document holds all of these phrases, and of each way to list it one of the facets."""

    def newest(self, connection: Connection, asked: Select[int], before: int | None, limit: int) -> list[int]:
        """The highest numbers before a number that a query finds, the highest first."""

    def in_claim(self, phrases: Sequence[Phrase], ways: Sequence[Collection[Facet]] = ()) -> ColumnElement[bool]:
        """The same condition, with all of the phrases in the claim itself."""

    def beside_claim(self, phrases: Sequence[Phrase], ways: Sequence[Collection[Facet]] = ()) -> ColumnElement[bool]:
        """The same condition, with one of the phrases only in what is said of the claim."""


def words_in(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text: start, end, and the folded word that searches compare."""
    for found in WORD.finditer(text):
        yield found.start(), found.end(), folded(found.group())


def folded(word: str) -> str:
    """A word in plain small letters."""
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if c.isalnum())
    return word.casefold()[:LONGEST_WORD]


def phrases_in(asked: str) -> list[Phrase]:
    """The phrases of a search: each word, and each passage in quotation marks as one phrase."""
    found: list[Phrase] = []
    for quoted, bare in QUOTED.findall(asked.replace("“", '"').replace("”", '"')):
        words = tuple(word for _, _, word in words_in(quoted or bare) if word)
        found += [words] if quoted and words else [(word,) for word in words]
    return found[:MOST_ASKED]


def marks(text: str, phrases: Iterable[Phrase]) -> tuple[tuple[int, int], ...]:
    """Where the words of a search are in a text."""
    wanted = {word for phrase in phrases for word in phrase}
    return tuple((start, end) for start, end, word in words_in(text) if word in wanted)


def _words(text: str) -> list[str]:
    """The same words as `words_in` gives, without their places, since finding these takes longer."""
    if text.isascii():
        found = PLAIN_WORD.findall(text.casefold())[:MOST_WORDS]
        return [word[:LONGEST_WORD] for word in found] if len(text) > LONGEST_WORD else found
    return [word for found in WORD.findall(text) if (word := folded(found))][:MOST_WORDS]


@lru_cache(10_000)
def facet_word(facet: Facet) -> str:
    """The word that stands for a facet in a document; no text has such a word."""
    return f"={blake2b(chr(0).join(facet).encode(), digest_size=8).hexdigest()}"


class Fts5:
    """SQLite's full text."""

    found = table("search", column("rowid", BigInteger))
    number: ColumnElement[int] = found.c.rowid

    def create(self, connection: Connection) -> None:
        """Make its table."""
        how = "unicode61 tokenchars '='"  # of the words for facets
        connection.exec_driver_sql(f'CREATE VIRTUAL TABLE search USING fts5(claim, said, facets, tokenize="{how}")')

    def put(self, connection: Connection, documents: Sequence[ClaimWords]) -> None:
        """Add documents that are not there yet."""
        rows = [
            (d.number, " ".join(_words(d.claim)), " ".join(_words(d.said)), " ".join(map(facet_word, d.facets)))
            for d in documents
        ]
        if rows:
            connection.exec_driver_sql("INSERT INTO search (rowid, claim, said, facets) VALUES (?, ?, ?, ?)", rows)

    def remove(self, connection: Connection, numbers: Sequence[int]) -> None:
        """Remove documents, whether they are there or not."""
        if numbers:
            connection.exec_driver_sql("DELETE FROM search WHERE rowid = ?", [(number,) for number in numbers])

    def holds(self, phrases: Sequence[Phrase], ways: Sequence[Collection[Facet]] = ()) -> ColumnElement[bool]:
        """The condition that a document holds all of these phrases, and of each way to list it one of the facets."""
        return self._matches(_all([*_quoted(phrases), *_listed(ways)]))

    def in_claim(self, phrases: Sequence[Phrase], ways: Sequence[Collection[Facet]] = ()) -> ColumnElement[bool]:
        """The same condition, with all of the phrases in the claim itself."""
        return self._matches(_all([_claim_holds(phrases), *_listed(ways)]))

    def beside_claim(self, phrases: Sequence[Phrase], ways: Sequence[Collection[Facet]] = ()) -> ColumnElement[bool]:
        """The same condition, with one of the phrases only in what is said of the claim."""
        return self._matches(f"{_all([*_quoted(phrases), *_listed(ways)])} NOT {_claim_holds(phrases)}")

    def newest(self, connection: Connection, asked: Select[int], before: int | None, limit: int) -> list[int]:
        """The highest numbers before a number that a query finds, the highest first. FTS5 finds them in that order."""
        if before is not None:
            asked = asked.where(self.number < before)
        return list(connection.execute(asked.order_by(self.number.desc()).limit(limit)).scalars())

    def _matches(self, asked: str) -> ColumnElement[bool]:
        return literal_column("search").op("MATCH", is_comparison=True)(literal(asked))


def _quoted(phrases: Iterable[Phrase]) -> Iterator[str]:
    return (f'"{" ".join(phrase)}"' for phrase in phrases)


def _listed(ways: Iterable[Collection[Facet]]) -> Iterator[str]:
    return ("(" + " OR ".join(f'"{facet_word(facet)}"' for facet in way) + ")" for way in ways)


def _all(conditions: Iterable[str]) -> str:
    return "(" + " AND ".join(conditions) + ")"


def _claim_holds(phrases: Iterable[Phrase]) -> str:
    return f"({{claim}} : {_all(_quoted(phrases))})"


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
        """Add documents that are not there yet."""
        if documents:
            connection.execute(
                text("INSERT INTO search SELECT * FROM unnest(CAST(:numbers AS bigint[]), CAST(:words AS tsvector[]))"),
                {"numbers": [d.number for d in documents], "words": [_vector(d) for d in documents]},
            )

    def remove(self, connection: Connection, numbers: Sequence[int]) -> None:
        """Remove documents, whether they are there or not."""
        if numbers:
            connection.execute(text("DELETE FROM search WHERE claim = ANY(:numbers)"), {"numbers": list(numbers)})

    def holds(self, phrases: Sequence[Phrase], ways: Sequence[Collection[Facet]] = ()) -> ColumnElement[bool]:
        """The condition that a document holds all of these phrases, and of each way to list it one of the facets."""
        return self.found.c.words.op("@@", is_comparison=True)(self._asked(phrases, ways))

    def in_claim(self, phrases: Sequence[Phrase], ways: Sequence[Collection[Facet]] = ()) -> ColumnElement[bool]:
        """The same condition, with all of the phrases in the claim itself."""
        marked = [tuple(OWN_WORD + word for word in phrase) for phrase in phrases]
        return self.found.c.words.op("@@", is_comparison=True)(self._asked(marked, ways))

    def beside_claim(self, phrases: Sequence[Phrase], ways: Sequence[Collection[Facet]] = ()) -> ColumnElement[bool]:
        """The same condition, with one of the phrases only in what is said of the claim."""
        return self.holds(phrases, ways) & ~self.in_claim(phrases)

    def newest(self, connection: Connection, asked: Select[int], before: int | None, limit: int) -> list[int]:
        """The highest numbers before a number that a query finds, the highest first.

        PostgreSQL cannot know how rare most words are. It would walk through all documents for a rare one, so it walks
        through the next ones only, and then finds all others by the index of words: the sum keeps it from walking.
        """
        if before is None:
            before = int(connection.execute(select(func.max(self.number))).scalar() or 0) + 1
        near = asked.where(self.number < before, self.number >= before - WALKED)
        found = list(connection.execute(near.order_by(self.number.desc()).limit(limit)).scalars())
        if len(found) < limit:
            rest = asked.where(self.number < before - WALKED)
            rest = rest.order_by((self.number + 0).desc()).limit(limit - len(found))
            found += connection.execute(rest).scalars()
        return found

    def _asked(self, phrases: Sequence[Phrase], ways: Sequence[Collection[Facet]] = ()) -> ColumnElement[Any]:
        """The search as PostgreSQL reads it. Folded words hold nothing that would need escaping."""
        asked = ["('" + "' <-> '".join(phrase) + "')" for phrase in phrases]
        asked += ["(" + " | ".join(f"'{facet_word(facet)}'" for facet in way) + ")" for way in ways]
        return cast(literal(" & ".join(asked)), TSQUERY)


def _vector(document: ClaimWords) -> str:
    """The words of a document with their places, as PostgreSQL reads them. Those of the claim are there once more."""
    claim, said = _words(document.claim), _words(document.said)
    places: dict[str, list[str]] = {}
    for place, word in enumerate(claim, start=1):
        places.setdefault(word, []).append(str(place))
        places.setdefault(OWN_WORD + word, []).append(str(place))
    for place, word in enumerate(said, start=len(claim) + 2):
        places.setdefault(word, []).append(str(place))
    words = [f"'{word}':{','.join(at[:MOST_PLACES])}" for word, at in places.items()]
    return " ".join([*words, *(f"'{facet_word(facet)}'" for facet in document.facets)])
