"""The candidate index finds statements by their rare words; `StirredTerms` knows which searches a change may affect."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from claimwire.extraction.text.terms import rarest
from claimwire.statements import Statement

LOOKED_UP = 5
"""How many of a statement's rarest terms are used to look up statements like it."""

MOST_FOUND = 24
"""How many statements one term finds, the latest first. A term with more statements says little about any of them."""


class CandidateIndex:
    """Statements by their terms, in the order of publication. The last one can be removed again."""

    def __init__(self) -> None:
        self._by_term: dict[str, list[Statement]] = defaultdict(list)

    def add(self, statement: Statement) -> None:
        """Add a statement. It must be the latest so far."""
        for term in statement.terms:
            self._by_term[term].append(statement)

    def take_back(self, statement: Statement) -> None:
        """Remove the statement that was added last."""
        for term in statement.terms:
            self._by_term[term].pop()

    def like(self, statement: Statement, since: datetime) -> Iterator[Statement]:
        """The latest statements since a moment that share a rare term with this one, each once."""
        seen: set[str] = set()
        for term in _looked_up(statement.terms):
            for other in reversed(self._by_term.get(term, ())[-MOST_FOUND:]):
                if other.published < since:
                    break
                if other.id not in seen:
                    seen.add(other.id)
                    yield other


class StirredTerms:
    """Terms for which a search may now find other statements than before."""

    def __init__(self) -> None:
        self._latest: dict[str, datetime] = {}
        self._since: dict[str, int] = {}

    def stir(self, statement: Statement) -> None:
        """Note that a statement was added, removed or changed."""
        for term in statement.terms:
            self._latest[term] = max(statement.published, self._latest.get(term, statement.published))
            self._since[term] = 0

    def stands(self, statement: Statement) -> None:
        """Note a statement that is as before.

        A term is calm again once enough of these push its stirred statements out of its latest ones.
        """
        for term in statement.terms:
            if term in self._latest:
                self._since[term] += 1
                if self._since[term] >= MOST_FOUND:
                    del self._latest[term]

    def reach(self, statement: Statement, since: datetime) -> bool:
        """Whether the statement's search may find a stirred statement that was published since then."""
        return any(term in self._latest and self._latest[term] >= since for term in _looked_up(statement.terms))


@lru_cache(maxsize=200_000)
def _looked_up(terms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(rarest(terms, LOOKED_UP))
