"""Plain text: a file is an item that begins with its date ("2025-12-02", "date 2025-12-02")."""

import re
from collections.abc import Iterator

from streams.feeds.dates import to_rfc3339
from streams.feeds.documents import Bad, Entry, NotReadable, Slip
from streams.feeds.encodings import to_text
from streams.feeds.ninjs_builder import digest_uri, make

NAME = "text"
DATED = re.compile(
    r"\s*(?:date:?\s+)?(?P<date>\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?)\s+", re.I
)


def read(raw: bytes, charset: str = "") -> Iterator[Entry | Bad | Slip]:
    """The item of a plain text. Its uri is a digest, so that reading it again changes nothing.

    Raises
    ------
    NotReadable
        If the text doesn't begin with a date, or with one that isn't in the calendar.
    """
    text, slips = to_text(raw, charset or "utf-8")
    yield from slips
    dated = DATED.match(text)
    if not dated:
        raise NotReadable("a plain text must begin with its date, such as 2025-12-02 or 2025-12-02T10:00Z", 1)
    if not to_rfc3339(dated["date"]):
        raise NotReadable(f"{dated['date']} is not in the calendar", 1)
    body = text[dated.end() :].strip()
    if not body:
        raise NotReadable("there is no text behind the date", 1)
    yield Entry(
        make(
            uri=digest_uri("text", text), format="plain text", created=dated["date"], type="text", language="en",
            body=body,
        )
    )  # fmt: skip
