"""Headlines: corrects what the tagger finds in them, since it learnt only from prose.

Headlines leave out the verb that marks a passive ("FED SEEN ADDING RESERVES": somebody sees the Fed do
so), and report offers and orders in the same form as words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from claimwire.extraction.acts.acts import knows
from claimwire.extraction.attribution.attributions import WORD, Attribution
from claimwire.rules import rule
from claimwire.statements import Span

HEARSAY = rule(
    r"(?:seen|said|expected|believed|thought|reported|considered)",
    re.I,
    finds="seen",
    passes="sees",
    where="whole",
)
PASSIVE_GOES_ON = rule(
    r"\s+(?:to|as|likely|\w+ing|\w+er|un\w+)\b",
    re.I,
    finds=" adding to its reserves",
    passes=" rates are rising",
    where="start",
)
TOPIC = rule(
    r"\b(?:wars?|crisis|conflict|invasion|talks|summit|live|latest|updates?|explainer|analysis|exclusive"
    r"|factbox|timeline"
    r"|watch|video|breaking|opinion|fact check)$",
    re.I,
    finds="Harbour talks",
    passes="Talks chairman",
)
"""A topic before a colon, which is no speaker: "Ukraine war: Russia says ..."."""

DEED = rule(
    r"\b(?:calls? off|call(?:s|ed) off|offer\w*|adds?|added|extends?|orders?|invites?)\b",
    re.I,
    finds="calls off",
    passes="calls for",
)
PLAIN = rule(
    r"(?P<source>[^:;,]{2,60}?)\s+(?P<cue>(?:says?|said|sees|denies|plans|expects|confirms|urges|seeks|warns|wants"
    r"|calls for|admits|believes|predicts|does not (?:plan|expect|see)))\s+(?P<content>\S.*\S)",
    re.I,
    finds="Acme says profit rose",
    passes="Acme profit rose, it says",
    where="whole",
)
CLOSING = rule(
    r"(?P<content>\S.*\S),\s+(?P<source>[^,]{2,60}?)\s+(?P<cue>says?|said|reports?)\s*",
    re.I,
    finds="Profit rose, Acme reports",
    passes="Acme ends quarterly reports",
    where="whole",
)


def put_right(headline: str, found: Sequence[Attribution]) -> Iterator[Attribution]:
    """The attributions of a headline.

    Parameters
    ----------
    headline
        The headline's text.
    found
        The tagger's attributions.
    """
    kept = [_passive(headline, a) for a in found if knows(words := _words(headline, a.cue)) or not WORD.search(words)]
    kept = [a for a in kept if not DEED.search(_words(headline, a.cue)) and not _names_its_topic(headline, a)]
    yield from kept or _by_its_words(headline)


def _words(text: str, span: Span) -> str:
    return text[slice(*span)]


def _names_its_topic(headline: str, a: Attribution) -> bool:
    """Whether the words before a colon name the topic and not the speaker."""
    return (
        a.source is not None
        and not WORD.search(_words(headline, a.cue))
        and bool(TOPIC.search(_words(headline, a.source)))
    )


def _passive(headline: str, a: Attribution) -> Attribution:
    """Move the source of a passive to the content, since words about somebody are not his own."""
    if not HEARSAY.fullmatch(_words(headline, a.cue)) or a.source is None or a.source[1] > a.cue[0]:
        return a
    if not PASSIVE_GOES_ON.match(headline, a.cue[1]):
        return a
    return replace(a, source=None, content=(a.source, *a.content))


def _by_its_words(headline: str) -> Iterator[Attribution]:
    """The attribution of a headline in the plainest form, where the tagger finds none."""
    match = CLOSING.fullmatch(headline) or PLAIN.fullmatch(headline)
    if match:
        yield Attribution(match.span("cue"), match.span("source"), (match.span("content"),))
