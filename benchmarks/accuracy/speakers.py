"""Speakers: whether a statement is put down to the side that the judge named."""

import re
from collections.abc import Iterator

from benchmarks.accuracy.gold import Development, Label, labels, share
from claimwire.statements import MEDIA, OUTLET, UNNAMED, Span

LEGAL_FORM = re.compile(
    r"(?:,? (?:corp|corporation|inc|incorporated|co|cos|company|ltd|limited|plc|ag|sa|nv|spa|gmbh|ab)\b\.?)+$"
)
POSSESSIVE = re.compile(r"['’]s?$")
AROUND = ' <>.,"“”'
SHORTEST_PART = 4
"""Characters from which on a part of a name stands for all of it."""


class SpeakerLabel(Label):
    """The speaker at a cue.

    Attributes
    ----------
    party, side
        Who speaks, and on whose behalf.
    accept
        Other names of the side that the judge would accept.
    none
        Whether the cue belongs to no statement.
    """

    cue: Span
    party: str
    side: str
    accept: list[str]
    none: bool

    def is_met_by(self, side: str) -> bool:
        """Whether a side is the one that the judge named, or a part of its name."""
        names = {plain(name) for name in (self.side, self.party, *self.accept)}
        if side == UNNAMED:
            return UNNAMED in names
        found = plain(side.removeprefix(MEDIA).removeprefix(OUTLET))
        part = re.compile(rf"\b{re.escape(found)}\b")
        return found in names or (len(found) >= SHORTEST_PART and any(part.search(name) for name in names))


def plain(name: str) -> str:
    """A name without case, article, possessive and legal form."""
    name = POSSESSIVE.sub("", name.casefold().strip(AROUND))
    return LEGAL_FORM.sub("", name.removeprefix("the "))


def measure(data: Development, verbose: bool) -> Iterator[str]:
    """Shares of the statements that are put down to the right side."""
    gold = [label for label in labels(SpeakerLabel, "speakers.jsonl") if not label.none]
    right = missing = 0
    for label in gold:
        story = data.story(label.stream, label.uri)
        statement = story.cued(label.part, label.cue)
        if statement is None:
            missing += 1
        elif label.is_met_by(statement.side):
            right += 1
        elif verbose:
            place = f"{story.item.headline} || {story.around(label.part, label.cue)}"
            yield f"  {label.side} ({label.party}), not {statement.side} ({statement.speaker}): {place}"
    yield f"right, of all labelled        {share(right, len(gold))}"
    yield f"right, where one is found     {share(right, len(gold) - missing)}"
