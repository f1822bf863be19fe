"""Rules on words: regular expressions, each with a text that must match and one that must not."""

import re
from dataclasses import dataclass
from typing import Literal

Where = Literal["anywhere", "start", "whole"]
"""Where a rule must match: anywhere in a text (`search`), at its start (`match`), or all of it (`fullmatch`)."""


@dataclass(frozen=True, slots=True)
class WordRule:
    """A rule with its two examples.

    Attributes
    ----------
    finds
        A text that it must match.
    passes
        A text, much like the first, that it must not match.
    """

    pattern: re.Pattern[str]
    where: Where
    finds: str
    passes: str

    def holds_in(self, text: str) -> bool:
        """Whether the rule matches the text."""
        look = {"anywhere": self.pattern.search, "start": self.pattern.match, "whole": self.pattern.fullmatch}
        return look[self.where](text) is not None


RULES: list[WordRule] = []
"""All rules of the imported modules. A test checks each against its examples."""


def rule(
    pattern: str, flags: re.RegexFlag = re.NOFLAG, *, finds: str, passes: str, where: Where = "anywhere"
) -> re.Pattern[str]:
    """Compile a regular expression and enter it in `RULES` with its examples.

    Parameters
    ----------
    pattern, flags
        As for `re.compile`.
    finds, passes
        A text that it must match, and one, much like it, that it must not.
    where
        Where the code that uses it matches.
    """
    compiled = re.compile(pattern, flags)
    RULES.append(WordRule(compiled, where, finds, passes))
    return compiled
