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
"""The side behind an implied claim, which only its answer made known."""

RECORD = "record:"
"""Prefix of the subject of an outlet's remark on a side's record. Nothing is linked there."""

UNNAMED = "unnamed"
"""The side of a speaker whose side the item does not show."""


class Part(StrEnum):
    """The part of an item that holds a statement."""

    HEADLINE = "headline"
    BODY = "body"


class Act(StrEnum):
    """What a speaker does with the words."""

    ASSERTS = "asserts"
    """Says them as fact, or as an opinion."""
    DENIES = "denies"
    """Says that what was said is not so."""
    CONFIRMS = "confirms"
    """Says that what was said is so."""
    CONCEDES = "concedes"
    """Says that it is so, to the speaker's own cost."""
    RETRACTS = "retracts"
    """Takes back the speaker's own words."""
    DECLINES = "declines"
    """Says nothing on the matter: no comment, neither confirmed nor denied, did not say."""
    REFUSES = "refuses"
    """Turns down an offer, an application or a demand. This answers no claim."""
    ASKS = "asks"
    """Asks, urges or demands."""
    PLANS = "plans"
    """Says what is to come: plans, promises, predicts."""
    HEDGES = "hedges"
    """Thinks it possible or likely, hopes, fears or believes it, without saying that it is a fact."""
    APPRAISES = "appraises"
    """Says how a side's claims have turned out so far. This concerns its track record and no single claim."""


class Relation(StrEnum):
    """How a statement bears on its claim."""

    ASSERTS = "asserts"
    REPEATS = "repeats"
    DENIES = "denies"
    CONTRADICTS = "contradicts"
    CONFIRMS = "confirms"
    CORROBORATES = "corroborates"
    PARTLY = "partly"
    RETRACTS = "retracts"
    NO_COMMENT = "no_comment"


AGAINST = frozenset({Relation.DENIES, Relation.CONTRADICTS})
"""Relations of a statement that says that the claim is not so."""

IN_FAVOUR = frozenset({Relation.CONFIRMS, Relation.CORROBORATES})
"""Relations of a later statement that says that the claim is so."""

FORETOLD = frozenset({Act.PLANS, Act.HEDGES})
"""Acts that say what is to come or may be. They report no event, and a later report of the event is no repetition."""

CLAIMING = FORETOLD | {Act.ASSERTS}
"""Acts that put something forward of the speaker's own accord. In plans and warnings, only intentions are coded."""

ANSWERS = frozenset({Act.DENIES, Act.CONFIRMS, Act.CONCEDES, Act.RETRACTS, Act.DECLINES})
"""Acts whose verb answers something."""

PUT_FORWARD = CLAIMING | {Act.CONFIRMS, Act.CONCEDES}
"""Acts that put forward what somebody may answer."""

MAY_ANSWER = 0.1
"""The reader's chance of answering from which a statement may answer some claim. On the development threads the
statements above it hold 50 of 52 answers of the war stream and 328 of 385 of general news, in two fifths of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """An event or an intention that a statement reports, coded.

    Attributes
    ----------
    code
        A key of `claimwire.outcomes.OUTCOMES`.
    actor, target
        The side that did it and the side it was done to; empty where the text doesn't say.
    place
        Key of the place, empty where there is none.
    partial
        Whether only a part is meant ("much of the city").
    negated
        Whether the statement says that it did not happen.
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
        Hash of uri, act, normalised quote and its occurrence. It is the same in every version of the
        item that holds the sentence, and in every release that finds it.
    start, end
        The statement's quote in its part of the item: ``text[start:end] == quote``.
    cue, source, content
        Spans in the same part. A statement in the outlet's own voice has no cue.
    proposition
        What the statement says or answers, in words.
    speaker, side
        Who speaks, as the item names them, and for which side. If a claim or an answer names nobody ("the ministry"),
        the name that the item gives elsewhere stands beside it in [brackets].
    about
        Sides that the proposition concerns.
    outcome
        The coded event, where the proposition is one.
    answers
        Whether the words are about somebody else's words ("denied the report").
    corrects
        Whether its item is the outlet's correction of another item.
    negative
        Whether the proposition itself says that something is not so ("that no ship was hit").
    recalled
        Whether the item only recalls the words as said earlier ("had denied"), so that they are not the latest.
    worth
        How much its claim is worth following: 2 for an editor's board, 1 for a minor one, 0 for none. An answer puts
        forward the claim that it answers.
    relation
        How it answers a claim, or None.
    answering
        The reader's chance that it answers some claim, to two places. `relation` is set only where it is high.
    target
        Id of the statement in the same item that this one answers, or empty.
    subjects
        Keys at which it meets other statements. It opens a claim only at the first.
    reported
        Whether its own sentence reports the words of others that it answers: "denied reports that ...".
    terms
        Words of the proposition that linking compares, in normal form.
    names
        The terms that name somebody or something other than a side.
    context
        Words that show what the item is about, in the same form.
    figures
        What the proposition counts, as "number unit".
    times
        The days and periods that it names, as "first/last".
    deeds
        Its verbs, in the form of the terms.
    urgency
        The item's, from 1 (most urgent) to 9, or None.
    sentence, headline, lead
        Its whole sentence, and the beginning of the item's headline and body, if the statement opens or may answer a
        claim; else empty.
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
    answering: float = 0.0
    subjects: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()
    urgency: int | None = None
    sentence: str = ""
    headline: str = ""
    lead: str = ""

    @property
    def is_answer(self) -> bool:
        """Whether it answers a claim, by its act or in the view of the reader."""
        return self.act in ANSWERS or self.relation not in (None, Relation.ASSERTS, Relation.REPEATS)

    @property
    def may_answer(self) -> bool:
        """Whether it may answer a claim. The outlet's own corrections answer nobody."""
        return not self.corrects and (self.is_answer or self.answering >= MAY_ANSWER)

    @property
    def place_in_stream(self) -> tuple[datetime, str, bool, int, int, str]:
        """Sorts statements as a reader meets them: by publication, item, position.

        Words reported inside other words come first, since the outer words may answer them.
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
        How many statements before it in the item have the same act and normal quote.
    """
    key = "\0".join((uri, act, quote, str(occurrence)))
    return hashlib.blake2b(key.encode(), digest_size=10).hexdigest()
