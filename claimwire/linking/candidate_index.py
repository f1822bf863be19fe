"""The candidate index: finds statements by their rare words, and tells which of these searches a change may stir."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from claimwire.extraction.text.terms import rarest
from claimwire.statements import Statement

LOOKED_UP = 5
"""Rarest terms of a statement by which those like it are looked up."""

MOST_FOUND = 24
"""Statements that one term looks up, the latest of them: with more it tells nothing."""


class CandidateIndex:
    """Statements by their terms, in the order of publication; the last one can be taken away again."""

    def __init__(self) -> None:
        self._by_term: dict[str, list[Statement]] = defaultdict(list)

    def add(self, statement: Statement) -> None:
        """Let a statement, the latest so far, be found."""
        for term in statement.terms:
            self._by_term[term].append(statement)

    def take_back(self, statement: Statement) -> None:
        """Take away the statement that was added last."""
        for term in statement.terms:
            self._by_term[term].pop()

    def like(self, statement: Statement, since: datetime) -> Iterator[Statement]:
        """Statements published since then that share a rare term with this one, each once, of each term the latest."""
        seen: set[str] = set()
        for term in _looked_up(statement.terms):
            for other in reversed(self._by_term.get(term, ())[-MOST_FOUND:]):
                if other.published < since:
                    break
                if other.id not in seen:
                    seen.add(other.id)
                    yield other


class StirredTerms:
    """Terms under which a statement may find what it did not find before, or no longer what it did."""

    def __init__(self) -> None:
        self._latest: dict[str, datetime] = {}
        self._since: dict[str, int] = {}

    def stir(self, statement: Statement) -> None:
        """Take note that a statement is found, or is not, or otherwise than it was."""
        for term in statement.terms:
            self._latest[term] = max(statement.published, self._latest.get(term, statement.published))
            self._since[term] = 0

    def stands(self, statement: Statement) -> None:
        """Take note of one found as before: a term whose stirred ones are no more among its latest is calm again."""
        for term in statement.terms:
            if term in self._latest:
                self._since[term] += 1
                if self._since[term] >= MOST_FOUND:
                    del self._latest[term]

    def reach(self, statement: Statement, since: datetime) -> bool:
        """Whether of what the statement finds, published since then, some may be stirred."""
        return any(term in self._latest and self._latest[term] >= since for term in _looked_up(statement.terms))


@lru_cache(maxsize=200_000)
def _looked_up(terms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(rarest(terms, LOOKED_UP))
