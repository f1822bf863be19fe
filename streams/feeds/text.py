"""Plain text: a file is an item, and begins with its date ("2025-12-02", "date 2025-12-02")."""

import hashlib
import re
from typing import Any

from claimwire.times import format_time, parse_time

DATED = re.compile(
    r"\s*(?:date:?\s+)?(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[T ](?P<time>\d{2}:\d{2}(?::\d{2})?)(?P<zone>Z|[+-]\d{2}:?\d{2})?)?\s+",
    re.I,
)


class Undated(ValueError):
    """The text does not begin with a date."""


def text_to_ninjs3(text: str) -> dict[str, Any]:
    """The item of a plain text; its uri is a digest, so that reading it again changes nothing.

    Raises
    ------
    Undated
        If the text doesn't begin with a date, or with one that isn't in the calendar.
    """
    dated = DATED.match(text)
    if not dated:
        raise Undated("a plain text must begin with its date, such as 2025-12-02 or 2025-12-02T10:00Z")
    try:
        created = parse_time(f"{dated['day']}T{dated['time'] or '00:00'}{dated['zone'] or 'Z'}")
    except ValueError as error:
        raise Undated(str(error)) from None
    body = text[dated.end() :].strip()
    if not body:
        raise Undated("there is no text behind the date")
    digest = hashlib.blake2b(text.encode(), digest_size=10).hexdigest()
    return {
        "uri": f"urn:claimwire:text:{digest}",
        "standard": {"name": "ninjs", "version": "3.0"},
        "type": "text",
        "language": "en",
        "versionCreated": format_time(created),
        "pubStatus": "usable",
        "headlines": [],
        "bodies": [{"role": "main", "contentType": "text/plain", "value": body}],
        "infoSources": [],
    }
