"""Statements: somebody's words in an item, or the outlet's own voice."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

Span = tuple[int, int]
"""Start and end in code points of a part of the item, end exclusive."""

OUTLET = "outlet:"
"""Prefix of the side that an outlet takes when it speaks in its own voice."""

MEDIA = "media:"
"""Prefix of the side of a country's press, which does not speak for its government."""

REPORTS = "reports"
"""The side behind a claim that is known only from somebody's answer to it."""

RECORD = "record:"
"""Prefix of the subject of an outlet's remark on a side's record. Nothing is linked there."""

UNNAMED = "unnamed"
"""The side of a speaker whom the item does not let us place."""


class Part(StrEnum):
    """Where in an item a statement stands."""

    HEADLINE = "headline"
    BODY = "body"


class Act(StrEnum):
    """What a speaker does with the words."""

    ASSERTS = "asserts"
    """Puts them forward as fact, or as an opinion."""
    DENIES = "denies"
    """Says that what was put forward is not so."""
    CONFIRMS = "confirms"
    """Says that what was put forward is so."""
    CONCEDES = "concedes"
    """Says that it is so, to the speaker's own cost."""
    RETRACTS = "retracts"
    """Takes back words of the speaker's own."""
    DECLINES = "declines"
    """Says nothing on the matter: no comment, neither confirmed nor denied, did not say."""
    REFUSES = "refuses"
    """Turns down an offer, an application or a demand: an answer to no claim."""
    ASKS = "asks"
    """Asks, urges or demands."""
    PLANS = "plans"
    """Says what is to come: plans, promises, predicts."""
    HEDGES = "hedges"
    """Holds it possible or likely, hopes, fears, believes: no fact."""
    APPRAISES = "appraises"
    """Says how claims of a side have turned out so far: a word on its record, on no single claim."""


class Relation(StrEnum):
    """How a statement bears on the claim that it is joined to."""

    ASSERTS = "asserts"
    REPEATS = "repeats"
    DENIES = "denies"
    CONTRADICTS = "contradicts"
    CONFIRMS = "confirms"
    CORROBORATES = "corroborates"
    PARTLY = "partly"
    RETRACTS = "retracts"
    NO_COMMENT = "no_comment"


FORETOLD = frozenset({Act.PLANS, Act.HEDGES})
"""Acts that say what is to come or may be: they tell no event, and who tells that it came about says something else."""

CLAIMING = FORETOLD | {Act.ASSERTS}
"""Acts that put something forward of the speaker's own accord. Of plans and warnings, only what somebody means to do
is coded."""

ANSWERS = frozenset({Act.DENIES, Act.CONFIRMS, Act.CONCEDES, Act.RETRACTS, Act.DECLINES})
"""Acts that answer something, by their verb."""

PUT_FORWARD = CLAIMING | {Act.CONFIRMS, Act.CONCEDES}
"""Acts that put something forward, which somebody may answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is said to have happened, coded.

    Attributes
    ----------
    code
        A key of `claimwire.outcomes.OUTCOMES`.
    actor, target
        The sides that did it and that it was done to; empty where the text doesn't say.
    place
        Key of the place, empty where there is none.
    partial
        Whether it is said of a part only ("much of the city").
    negated
        Whether it is said not to have happened.
    count
        How many, where the outcome counts something.
    """

    code: str
    actor: str = ""
    target: str = ""
    place: str = ""
    negated: bool = False
    partial: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Somebody's words in an item.

    Attributes
    ----------
    id
        Hash of uri, act, normalised quote and its occurrence: the same in every version of the
        item that holds the sentence, and for every release of the extractor that finds it.
    start, end
        The statement's quote in its part of the item: ``text[start:end] == quote``.
    cue, source, content
        Spans in the same part. A statement in the outlet's own voice has no cue.
    proposition
        What is put forward or answered, in words.
    speaker, side
        Who speaks, as the item names them, and the side that they speak for.
    about
        Sides that the proposition concerns.
    outcome
        The coded event, where the proposition is one.
    answers
        Whether the words speak of somebody else's words ("denied the report").
    corrects
        Whether its item is a correction that the outlet sends of another item.
    negative
        Whether the proposition itself says that something is not so ("that no ship was hit").
    recalled
        Whether the item only recalls them as said before ("had denied"): not a latest word.
    worth
        How much the claim that it puts forward is worth following: 2 for an editor's board, 1 for a minor one, 0 for
        none. Who only answers puts forward what others are told to have said.
    relation
        How it answers a claim; None where it answers none.
    target
        Id of the statement of the same item that this one answers; empty where there is none.
    subjects
        Keys at which it meets other statements; it opens a claim at the first only.
    reported
        Whether the words that it answers are words of others that its own sentence tells: "denied
        reports that ...".
    terms
        Words of the proposition that linking compares, in normal form.
    names
        Those of the terms that name somebody or something, other than a side.
    context
        Words that tell what the item is about, in the same form.
    figures
        What the proposition counts, as "number unit".
    times
        The days and periods that it names, as "first/last".
    deeds
        Its verbs, in the form of the terms.
    urgency
        Of the item, from 1 (most urgent) to 9; None where it gives none.
    """

    id: str
    item: str
    order: tuple[int, str, str]
    published: datetime
    outlet: str
    part: Part
    start: int
    end: int
    quote: str
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    act: Act
    proposition: str
    speaker: str
    side: str
    about: tuple[str, ...] = ()
    outcome: Outcome | None = None
    answers: bool = False
    target: str = ""
    corrects: bool = False
    negative: bool = False
    recalled: bool = False
    reported: bool = False
    worth: int = 0
    relation: Relation | None = None
    subjects: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()
    urgency: int | None = None

    @property
    def place_in_stream(self) -> tuple[datetime, str, bool, int, int, str]:
        """Sorts statements as a reader meets them: by publication, item, position.

        Words that are reported inside others come before these, as what these may answer.
        """
        return self.published, self.item, self.part is Part.BODY, self.end, -self.start, self.id


def normal_quote(quote: str) -> str:
    """The words of a quote, without case and punctuation."""
    return " ".join(re.findall(r"\w+", quote.casefold()))


def statement_id(uri: str, act: Act, quote: str, occurrence: int) -> str:
    """Identifier of a statement, 20 hexadecimal digits.

    Parameters
    ----------
    quote
        In its normal form.
    occurrence
        How many statements with the same act and normal quote stand before it in the item.
    """
    key = "\0".join((uri, act, quote, str(occurrence)))
    return hashlib.blake2b(key.encode(), digest_size=10).hexdigest()
