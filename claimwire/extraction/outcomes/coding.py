"""Coding: from the words of a proposition to the outcomes that they report."""

from collections.abc import Callable

from claimwire.extraction.outcomes import intentions, losses, meetings, war
from claimwire.extraction.outcomes.item_context import ItemContext, Phrase
from claimwire.extraction.outcomes.triggers import triggers
from claimwire.extraction.text.clauses import clause_before, is_supposed, mask
from claimwire.outcomes import OUTCOMES, Field, Flag, has
from claimwire.statements import Outcome

FILL: dict[Field, Callable[[Phrase], Outcome | None]] = {
    Field.WAR: war.event,
    Field.LOSS: losses.event,
    Field.INTENTION: intentions.event,
    Field.MEETING: meetings.event,
}
"""What fills the slots of an outcome, by its field; None where a phrase tells none."""


def code(words: str, reader: ItemContext, nouns: bool = True, foretold: bool = False) -> list[Outcome]:
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
    found = [
        (m.start(), -m.end(), t, m)
        for t in triggers()
        if (nouns or t.voice != "noun") and (not foretold or has(t.code, Flag.FORETOLD))
        for m in t.pattern.finditer(masked)
    ]
    outcomes: dict[str, Outcome] = {}
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
    return list(outcomes.values())
