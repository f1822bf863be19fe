"""Coding: from the words of a proposition to the outcomes that they report."""

from collections.abc import Callable

from claimwire.extraction import deals, intentions, losses, measures, meetings, offices, policy, war
from claimwire.extraction.clauses import clause_before, is_supposed, mask
from claimwire.extraction.readers import Phrase, Reader
from claimwire.extraction.triggers import triggers
from claimwire.outcomes import OUTCOMES, Field
from claimwire.statements import Outcome

Fill = Callable[[Phrase], list[Outcome]]


def _one(event: Callable[[Phrase], Outcome | None]) -> Fill:
    """Of a field in which a phrase tells one event, if any."""
    return lambda phrase: [found] if (found := event(phrase)) else []


FILL: dict[Field, Fill] = {
    Field.WAR: _one(war.event),
    Field.LOSS: _one(losses.event),
    Field.INTENTION: _one(intentions.event),
    Field.DEAL: _one(deals.event),
    Field.OFFICE: _one(offices.event),
    Field.POLICY: policy.events,
    Field.MEASURE: _one(measures.event),
    Field.MEETING: _one(meetings.event),
}
"""What fills the slots of an outcome, by its field."""


def code(words: str, reader: Reader, nouns: bool = True, foretold: bool = False) -> list[Outcome]:
    """The outcomes that the words report as facts, in the order of the text, of each code those of one phrase.

    What is wished, planned, asked or supposed is no fact.

    Parameters
    ----------
    nouns
        Whether a noun reports ("the capture of"): in attributed words, not in a passing mention.
    foretold
        Whether the words are of plans and possibilities: these tell intentions only.
    """
    if words.rstrip("\"”'’ ").endswith("?"):
        return []
    places = war.places_in(words, reader)
    masked = mask(words, [(start, end) for start, end, _ in places])
    measured = measures.are_named(masked)
    found = [
        (m.start(), -m.end(), t, m)
        for t in triggers()
        if (nouns or t.voice != "noun")
        and (not foretold or OUTCOMES[t.code].foretold)
        and (measured or OUTCOMES[t.code].field is not Field.MEASURE)
        for m in t.pattern.finditer(masked)
    ]
    outcomes: dict[str, list[Outcome]] = {}
    read_to = 0
    for start, minus_end, trigger, match in sorted(found, key=lambda f: f[:2]):
        clause = clause_before(words, start)
        field = OUTCOMES[trigger.code].field
        if (
            start < read_to
            or trigger.code in outcomes
            or (field in (Field.WAR, Field.LOSS, Field.MEETING) and is_supposed(clause))
        ):
            continue
        told = FILL[field](Phrase(words, trigger, match, clause, places, reader))
        if told:
            outcomes[trigger.code] = told
            read_to = -minus_end
    return [outcome for told in outcomes.values() for outcome in told]
