"""Mutations: faults that somebody could make in the code, each of which the fault tests must catch.

Each is data: a text that stands once in the tree, what stands there instead, and the strike under which it shows.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.faults.strikes import (
    READ_IN_PART,
    REPEATED_EVIDENCE,
    TORN_ROWS,
    UNSENT_EVIDENCE,
    UNSENT_STATEMENTS,
    Strike,
)

PACKAGES = ("claimwire", "streams", "agents")
"""What a worker runs."""

DATA = Path("claimwire", "data")
"""What of it is too large to be copied each time."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """A fault in a copy of the tree.

    Attributes
    ----------
    breaks
        What it breaks, in words: the name of its test.
    file
        From the root of the tree.
    text, instead
        What stands there once, and what stands there in the copy.
    strike
        The kill under which the verdict must find it.
    """

    breaks: str
    file: str
    text: str
    instead: str
    strike: Strike

    def __str__(self) -> str:
        return self.breaks

    def of(self, source: str) -> str:
        """The file with the fault in it."""
        return source.replace(self.text, self.instead)

    def make(self, root: Path, copy: Path) -> Path:
        """Copy what a worker runs, with the fault in it; returns the copy."""
        for package in PACKAGES:
            shutil.copytree(root / package, copy / package, ignore=shutil.ignore_patterns("__pycache__", "data"))
        (copy / DATA).symlink_to(root / DATA)
        file = copy / self.file
        file.write_text(self.of(file.read_text("utf8")), "utf8")
        return copy


WRITTEN_FIRST = (
    "streams/engine/batches.py",
    "        await self._streams.send_ready(self._agent.together(records))\n        await self._agent.keep()\n",
    "        await self._agent.keep()\n        await self._streams.send_ready(self._agent.together(records))\n",
)
"""All agents have this order from one place. Where `judge` alone errs, its table has the event that it has to tell."""

MUTATIONS = (
    Mutation(
        "an event is not sent",
        "agents/judge.py",
        "        if changed:\n            told.insert(0, ",
        "        if changed and changed.sequence != 2:\n            told.insert(0, ",
        UNSENT_EVIDENCE,
    ),
    Mutation(
        "a record is acknowledged before it is handled",
        "streams/engine/app.py",
        "                    await handle(events)\n",
        "                    for event in events:\n"
        "                        await stream.ack(event)\n"
        "                    await handle(events)\n",
        UNSENT_EVIDENCE,
    ),
    Mutation(
        "extract, as any agent, writes its table before it sends",
        *WRITTEN_FIRST,
        UNSENT_STATEMENTS,
    ),
    Mutation(
        "link, as any agent, writes its table before it sends",
        *WRITTEN_FIRST,
        UNSENT_EVIDENCE,
    ),
    Mutation(
        "of a batch only the first record is handled",
        "streams/engine/batches.py",
        "event) for event in events]",
        "event) for event in events[:1]]",
        READ_IN_PART,
    ),
    Mutation(
        "what came earlier in a batch is forgotten",
        "agents/extract.py",
        "before = new.get(key) or self._known(partition, key)",
        "before = self._known(partition, key)",
        READ_IN_PART,
    ),
    Mutation(
        "link takes a statement that was repeated for a new one",
        "claimwire/subject_updates.py",
        "        if row and row.order > change.order:\n",
        "        if False:\n",
        REPEATED_EVIDENCE,
    ),
    Mutation(
        "judge takes evidence that was repeated for new evidence",
        "claimwire/judging.py",
        "        if known and known.change.revision >= part.revision:\n",
        "        if False:\n",
        REPEATED_EVIDENCE,
    ),
    Mutation(
        "of several rows only the first is in the changelog",
        "streams/engine/tables.py",
        "for k, v in each.items()] for p",
        "for k, v in [*each.items()][:1]] for p",
        UNSENT_EVIDENCE,
    ),
    Mutation(
        "rows that belong together are written without a journal",
        "claimwire/subject_updates.py",
        '    if len(rows) > 1:\n        yield {f"{PAGE}{number}": page for',
        '    if False:\n        yield {f"{PAGE}{number}": page for',
        TORN_ROWS,
    ),
)
