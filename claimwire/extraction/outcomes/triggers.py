"""Triggers: the phrases that name an outcome."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

TRIGGERS_FILE = files("claimwire") / "data" / "triggers.tsv"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A phrase that names an outcome, and where its actor stands.

    Attributes
    ----------
    voice
        Where the actor stands: active (before it), passive (behind "by"), noun (before it, as a possessive or an
        adjective). With lost, the one who suffers it stands before it.
    negated
        Whether the phrase says that it is not so ("no plans to invade").
    """

    code: str
    voice: str
    negated: bool
    pattern: re.Pattern[str]


@cache
def triggers() -> tuple[Trigger, ...]:
    """The rows of the file in order. A "-" before a code negates it."""
    rows, fragments = [], {}
    for line in TRIGGERS_FILE.read_text("utf8").splitlines():
        if line.startswith("="):
            name, fragment = line[1:].split("\t")
            fragments[f"<<{name}>>"] = fragment
        elif line and not line.startswith("#"):
            code, voice, phrase = line.split("\t")
            for name, fragment in fragments.items():
                phrase = phrase.replace(name, fragment)
            pattern = re.compile(rf"(?<![\w-])(?:{phrase})(?![\w-])", re.I)
            rows.append(Trigger(code.lstrip("-"), voice, code.startswith("-"), pattern))
    return tuple(rows)
