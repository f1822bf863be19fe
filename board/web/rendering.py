"""Rendering: makes pages of answers. It escapes all words that others have written, and shows invisible characters."""

import re
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import quote as percent_encoded

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from board.web.asked import address
from board.web.sentences import DOES, LEFT, capital, speaker, timeline, who
from claimwire.places import name_of
from claimwire.status_events import Gone
from claimwire.statuses import STATUSES, Status
from claimwire.times import parse_time
from streams.escaping import shown
from streams.exports.names import is_url

SHORT_ID = 8
LONG_ID = re.compile(rf"\b([0-9a-f]{{{SHORT_ID}}})[0-9a-f]{{12,24}}\b")
"""The id of a claim or a verdict."""

MOST_NAMED = 6
"""A quote of more than twice as many words is named by so many at each of its ends."""


def page(template: str, **told: Any) -> str:
    """Render the template with this name."""
    return _environment().get_template(template).render(**told)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("board.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(address=address, does=DOES, statuses=list(Status), left=list(Gone))
    made.globals.update(status_table=STATUSES, why_left=LEFT)
    made.filters.update(
        who=who,
        place=name_of,
        subject=_subject,
        speaker=speaker,
        moment=_moment,
        short=lambda text: text[:SHORT_ID],
        counted=_counted,
        is_url=is_url,
        marking=_marking,
        timeline=timeline,
        percent=lambda share: f"{share:.0%}",
        plain=_plain,
        capital=capital,
        brief_ids=_brief_ids,
    )
    return made


def _visible(value: Any) -> Any:
    """A value as a template shows it. Text has its invisible characters written out."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return shown(value, lines=True)
    return value


def _moment(text: str) -> Markup:
    """A moment for people and programs to read."""
    moment = parse_time(text)
    return Markup('<time datetime="{}">{}</time>').format(text, _said(moment))


def _said(moment: datetime) -> str:
    return f"{moment.day} {moment:%b %Y, %H:%M}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _brief_ids(text: str) -> str:
    """A text with the beginnings of the ids in it."""
    return LONG_ID.sub(r"\1…", text)


def _marking(url: str, quote: str) -> str:
    """The address of an item, with a text fragment by which a browser marks the quote on the outlet's page."""
    words = quote.split()
    ends = [words] if len(words) <= 2 * MOST_NAMED else [words[:MOST_NAMED], words[-MOST_NAMED:]]
    # A hyphen and a comma have a meaning of their own in a text fragment.
    named = ",".join(percent_encoded(" ".join(end), safe="").replace("-", "%2D") for end in ends)
    return f"{url}{'' if '#' in url else '#'}:~:text={named}"


def _subject(key: str) -> str:
    """A subject as people write it: ``Pokrovsk`` for ``place:pokrovsk.ua``."""
    kind, _, rest = key.partition(":")
    return name_of(rest) if kind == "place" else rest or key


def _plain(word: str) -> str:
    """A name from the tables as plain words: ``set aside``."""
    return word.replace("_", " ")
