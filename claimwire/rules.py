"""Rules on words: regular expressions, each with a text that it must find and one that it must pass over."""

import re
from dataclasses import dataclass
from typing import Literal

Where = Literal["anywhere", "start", "whole"]
"""Where a rule looks: anywhere in a text (`search`), at its start (`match`), or the whole of it (`fullmatch`)."""


@dataclass(frozen=True, slots=True)
class WordRule:
    """A rule with its two examples.

    Attributes
    ----------
    finds
        A text in which it must be found.
    passes
        A text, much like the first, in which it must not be found.
    """

    pattern: re.Pattern[str]
    where: Where
    finds: str
    passes: str

    def holds_in(self, text: str) -> bool:
        """Whether the rule finds something where it looks."""
        look = {"anywhere": self.pattern.search, "start": self.pattern.match, "whole": self.pattern.fullmatch}
        return look[self.where](text) is not None


RULES: list[WordRule] = []
"""All rules of the modules that were imported; a test holds each one against its examples."""


def rule(
    pattern: str, flags: re.RegexFlag = re.NOFLAG, *, finds: str, passes: str, where: Where = "anywhere"
) -> re.Pattern[str]:
    """A regular expression, entered in `RULES` with its examples.

    Parameters
    ----------
    pattern, flags
        As for `re.compile`.
    finds, passes
        A text in which it must be found, and one, much like it, in which it must not.
    where
        Where the code that uses it looks.
    """
    compiled = re.compile(pattern, flags)
    RULES.append(WordRule(compiled, where, finds, passes))
    return compiled
