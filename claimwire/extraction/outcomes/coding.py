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
"""What fills the slots of an outcome, by its field; it gives None if a phrase reports no outcome."""


def code(words: str, reader: ItemContext, nouns: bool = True, foretold: bool = False) -> list[Outcome]:
    """The outcomes that the words report as facts, in the order of the text, one for each code.

    Wishes, plans, questions and suppositions are no facts.

    Parameters
    ----------
    nouns
        Whether nouns report outcomes ("the capture of"). They do in attributed words, but not in passing mentions.
    foretold
        Whether the words are about plans and possibilities, which report only intentions.
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
        outcome = FILL[field](Phrase(words, trigger, match, clause, places, reader))
        if outcome:
            outcomes[trigger.code] = outcome
            read_to = -minus_end
    return list(outcomes.values())
