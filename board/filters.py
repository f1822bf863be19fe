"""Filters: what claims and changes are chosen by, as conditions of SQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, exists, false, func, or_, select

from board.claim_rows import ABOUT, OUTLET, PLACE, SIDE, SUBJECT, WORD, Facet, milliseconds, name
from board.full_text import FullText, Phrase, phrases_in
from board.tables import claims, facets, tallies

FEW = 5_000
"""Claims that are looked up one by one sooner than all others are passed by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What claims must be like. What is left out asks for nothing.

    Attributes
    ----------
    status
        One of these is the status, or why the claim has left the ledger (withdrawn, superseded, dropped, set_aside).
        Where none is named, only claims of the ledger are meant.
    side, about, subject, place, outlet
        Who claims it, whom it concerns, at which subject it is, where it is said to have happened, who tells of it: as
        the ledger writes them.
    words
        It holds these words, itself or what is said of it; those in quotation marks one after another.
    since, until
        The last word on it was published between them; of a change: it happened between them.
    as_of
        The claim is taken as what was published until then makes it.
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
        """What the claims must be listed by, each a way to find them."""
        named = ((SIDE, self.side), (ABOUT, self.about), (SUBJECT, self.subject), (PLACE, self.place))
        return [(kind, name(text)) for kind, text in (*named, (OUTLET, self.outlet)) if text]

    def phrases(self) -> list[Phrase] | None:
        """The words that claims must hold; None where none are asked for."""
        return phrases_in(self.words) if self.words.strip() else None


def of_claims(filters: Filters, walked: Facet | None = None) -> Iterator[ColumnElement[bool]]:
    """What the rows of claims must be like, but for words and for the moment as of which they are taken.

    Parameters
    ----------
    walked
        By what they are listed where they are found, so that it need not be asked.
    """
    yield standing(filters)
    if filters.since:
        yield claims.c.updated >= milliseconds(filters.since)
    if filters.until:
        yield claims.c.updated <= milliseconds(filters.until)
    for facet in filters.facets():
        if facet != walked:
            yield listed_by(facet)


def standing(filters: Filters) -> ColumnElement[bool]:
    """How the claims must stand now; as of a moment every claim of the ledger may have stood so."""
    if not filters.status or filters.as_of:
        return claims.c.present
    here = claims.c.present & claims.c.status.in_(filters.status)
    return or_(here, ~claims.c.present & claims.c.gone.in_(filters.status))


def listed_by(facet: Facet) -> ColumnElement[bool]:
    """That a claim is listed by a facet."""
    kind, named = facet
    if kind in (SIDE, SUBJECT, PLACE):
        return claims.c[kind] == named
    beside = facets.alias()
    return exists().where(
        beside.c.kind == kind,
        beside.c.name == named,
        beside.c.changed == claims.c.changed,
        beside.c.claim == claims.c.number,
    )


def ways(filters: Filters) -> list[list[Facet]]:
    """Ways to walk to the claims by what they are listed by; each is one or several lists, taken together."""
    found = [[facet] for facet in filters.facets()]
    if filters.status and not filters.as_of:
        found.append([(WORD, status) for status in dict.fromkeys(filters.status)])
    return found


def narrowed(connection: Connection, full_text: FullText, filters: Filters) -> Iterator[ColumnElement[bool]]:
    """That a claim is listed by all that is asked for, and holds the words: for rows in an order of their own.

    Few claims are looked up by their numbers; of many, the rows are walked and looked at one by one.
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
