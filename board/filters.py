"""Filters: which claims and changes somebody asks for, as conditions in SQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, false, func, or_, select

from board.claim_rows import ABOUT, OUTLET, PLACE, SIDE, SUBJECT, WORD, Facet, milliseconds, name
from board.full_text import FullText, Phrase, phrases_in
from board.tables import claims, facets, tallies

FEW = 5_000
"""Up to this many claims, looking them up by number is faster than walking past all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What claims must be like. A filter that is left out lets all claims through.

    Attributes
    ----------
    status
        The claim has one of these statuses, or left the ledger for one of these reasons: withdrawn, superseded,
        dropped or set_aside. If it is empty, only claims in the ledger pass.
    side, about, subject, place, outlet
        Who claims it, whom it concerns, its subject, where it is said to have happened, and which outlet reports it, as
        the ledger writes them.
    words
        The claim, or what is said of it, holds these words. Words in quotation marks must follow one another.
    since, until
        The last word on the claim was published between them. A change happened between them.
    as_of
        The claim is shown as it stood by what was published until then.
    """

    status: tuple[str, ...] = ()
    side: str = ""
    about: str = ""
    subject: str = ""
    place: str = ""
    outlet: str = ""
    words: str = ""
    since: datetime | None = None
    until: datetime | None = None
    as_of: datetime | None = None

    def facets(self) -> list[Facet]:
        """The facets by which the claims must be listed. Each is a way to find them."""
        named = ((SIDE, self.side), (ABOUT, self.about), (SUBJECT, self.subject), (PLACE, self.place))
        return [(kind, name(text)) for kind, text in (*named, (OUTLET, self.outlet)) if text]

    def phrases(self) -> list[Phrase] | None:
        """The words that claims must hold; None if no words are asked for."""
        return phrases_in(self.words) if self.words.strip() else None


def of_claims(filters: Filters, walked: Facet | None = None) -> Iterator[ColumnElement[bool]]:
    """The conditions for the rows of claims, without those for words and for `as_of`.

    Parameters
    ----------
    walked
        The facet whose list the query walks, so that no condition is needed for it.
    """
    yield standing(filters)
    yield from of_time(filters)
    for facet in filters.facets():
        if facet != walked:
            yield listed_by(facet)


def of_time(filters: Filters) -> Iterator[ColumnElement[bool]]:
    """The conditions for when the last word on a claim was published."""
    if filters.since:
        yield claims.c.updated >= milliseconds(filters.since)
    if filters.until:
        yield claims.c.updated <= milliseconds(filters.until)


def standing(filters: Filters) -> ColumnElement[bool]:
    """The condition for the claims' present status. With `as_of`, every claim of the ledger may have had the status."""
    if not filters.status or filters.as_of:
        return claims.c.present
    here = claims.c.present & claims.c.status.in_(filters.status)
    return or_(here, ~claims.c.present & claims.c.gone.in_(filters.status))


def listed_by(facet: Facet) -> ColumnElement[bool]:
    """The condition that a claim is listed by a facet.

    The offset, which leaves nothing out, makes PostgreSQL look at each claim that is walked to. Otherwise it may first
    join the whole lists of two facets, since it underrates how many claims they have in common.
    """
    kind, named = facet
    if kind in (SIDE, SUBJECT, PLACE):
        return claims.c[kind] == named
    beside = facets.alias()
    there = select(beside.c.claim).where(
        beside.c.kind == kind,
        beside.c.name == named,
        beside.c.changed == claims.c.changed,
        beside.c.claim == claims.c.number,
    )
    return there.offset(0).exists()


def ways(filters: Filters) -> list[list[Facet]]:
    """The ways to walk to the claims by facets. Each way is one list, or several lists together."""
    found = [[facet] for facet in filters.facets()]
    if filters.status and not filters.as_of:
        found.append([(WORD, status) for status in dict.fromkeys(filters.status)])
    return found


def narrowed(connection: Connection, full_text: FullText, filters: Filters) -> Iterator[ColumnElement[bool]]:
    """The conditions for facets and words, for queries whose rows have an order of their own.

    The query looks up few claims by their numbers. For many claims it walks the rows and looks at each.
    """
    for facet in filters.facets():
        few = tally_of(connection, facet) <= FEW
        numbers = select(facets.c.claim).where(facets.c.kind == facet[0], facets.c.name == facet[1])
        yield claims.c.number.in_(numbers) if few else listed_by(facet)
    phrases = filters.phrases()
    if phrases is not None:
        found = select(full_text.number).select_from(full_text.found).where(full_text.holds(phrases))
        yield claims.c.number.in_(found) if phrases else false()


def tally_of(connection: Connection, facet: Facet) -> int:
    """How many claims are listed by a facet."""
    asked = select(func.sum(tallies.c.claims)).where(tallies.c.kind == facet[0], tallies.c.name == facet[1])
    return int(connection.execute(asked).scalar() or 0)
