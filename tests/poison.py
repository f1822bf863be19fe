"""Poison: records of ``news.items`` that are no news, and such as are, but hostile."""

import json
from datetime import datetime
from typing import Any

from tests.unit.builders import ninjs

GOOD = "Russia said that its forces had taken the city of Pokrovsk."


def document(body: str = GOOD, **fields: Any) -> bytes:
    """A record of an item, as JSON that escapes what is not ASCII."""
    return json.dumps(ninjs(body, **{"uri": "urn:poison", **fields})).encode()


def with_key_twice() -> bytes:
    return document()[:-1] + b', "uri": "urn:poison:last"}'


def nested(depth: int, opens: bytes = b"[", closes: bytes = b"]") -> bytes:
    return opens * depth + closes * depth


UNREADABLE: dict[str, bytes | None] = {
    "not JSON": b"\x00\xff no JSON",
    "empty": b"",
    "null": None,
    "null in JSON": b"null",
    "list": b"[1, 2]",
    "string": b'"item"',
    "number": b"1",
    "cut off": document()[:-20],
    "two documents": document() + document(),
    "byte order mark": b"\xef\xbb\xbf" + document(),
    "UTF-16": document().decode().encode("utf-16"),
    "NUL bytes": b"\0" * 1000,
    "missing uri": json.dumps({"versionCreated": "2025-12-02T10:00:00Z"}).encode(),
    "empty uri": document(uri=" "),
    "uri is a number": document(uri=5),
    "uri holds NUL": document(uri="urn:a\0b"),
    "uri holds a line break": document(uri="urn:a\nb"),
    "uri of 100,000 characters": document(uri="u" * 100_000),
    "outlet of 100,000 characters": document(outlet="o" * 100_000),
    "missing time": json.dumps({"uri": "urn:poison"}).encode(),
    "time is null": document(versionCreated=None),
    "time without a zone": document(versionCreated="2025-12-02T10:00:00"),
    "time is a number": document(versionCreated=1764669600),
    "time is a million digits": document(versionCreated="9" * 1_000_000),
    "no such day": document(versionCreated="2025-02-30T10:00:00Z"),
    "year 9999": document(versionCreated="9999-12-31T23:59:59Z"),
    "year 9999 beyond the calendar": document(versionCreated="9999-12-31T23:59:59-23:59"),
    "first created in year 9999": document(firstCreated="9999-12-31T23:59:59Z"),
    "year 1": document(versionCreated="0001-01-01T00:00:00Z"),
    "year 1 before the calendar": document(versionCreated="0001-01-01T00:00:00+23:59"),
    "year 2100": document(versionCreated="2100-01-01T00:00:00Z"),
    "headlines is a string": document(headlines="x"),
    "bodies holds numbers": document(bodies=[1]),
    "body is a number": document(bodies=[{"value": 5}]),
    "body is an object": document(bodies=[{"value": {"value": "x"}}]),
    "body is HTML only": document(bodies=[{"contentType": "text/html", "value": "<p>x</p>"}]),
    "version is an object": document(version={}),
    "version is a fraction": document(version=1.5),
    "language is a list": document(language=["en"]),
    "status unknown": document(pubStatus="maybe"),
    "status of 100,000 characters": document(pubStatus="x" * 100_000),
    "NaN": document().replace(b'"2025-12-01T12:00:00Z"', b"NaN"),
    "infinity": document().replace(b'"urn:poison"', b"-Infinity"),
    "a number of 10,000 digits": document().replace(b'"headlines"', b'"n": ' + b"9" * 10_000 + b', "headlines"', 1),
    "half a surrogate pair": document(uri="\ud800"),
    "half a surrogate pair in the body": document(body="Russia said \ud800 so."),
    "surrogate as raw bytes": document().replace(b"Pokrovsk", b"\xed\xa0\x80"),
    "not UTF-8": document().replace(b"Pokrovsk", b"Pokrovs\xff"),
    "deep": document().replace(b'"urn:poison"', nested(2000)),
    "100,000 deep": nested(100_000),
    "objects 100,000 deep": nested(100_000, b'{"a":', b"}").replace(b":}", b":1}", 1),
    "a million words": document(body="word " * 200_000),
    "30,000 words": document(body=f"{GOOD} " * 3_000),
    "a word of 500,000 characters": document(body="w" * 500_000),
    "10,000 statements": document(body="A said x. B said y. " * 5_000),
    "1,000 statements": document(body="".join(f"Acme {i} denied it. " for i in range(1_000))),
    "two megabytes beside the text": document(note="x" * 2_000_000),
}
"""What ends in ``news.rejected``."""

HOSTILE: dict[str, bytes] = {
    "key twice, the last of which counts": with_key_twice().replace(b'"urn:poison:last"', b'"urn:poison"'),
    "no text": document(body=""),
    "NUL in the body": document(body=f"{GOOD}\0 \0{GOOD}"),
    "controls in the body": document(body="".join(map(chr, range(32))) + GOOD + "\x7f\x85\u2028\u2029"),
    "directions": document(body=f"\u202e{GOOD}\u202c \u200f{GOOD}\u2066"),
    "noncharacters": document(body=f"\ufffe\uffff{GOOD}\U0010ffff"),
    "combining marks": document(body=f"{GOOD} e" + "\u0301" * 5_000),
    "emoji": document(body="\U0001f469\u200d\U0001f680" * 1_000 + GOOD),
    "quotation marks": document(body='"' * 5_000 + "“" * 500),
    "brackets": document(body="(" * 2_500 + ")" * 2_500),
    "cues": document(body="denied " * 1_000),
    "a word of 40,000 characters": document(body="w" * 40_000),
    "white space": document(body=" \n" * 20_000),
    "unused nesting": document(note=json.loads(nested(200))),
    "unused numbers": document().replace(b'"headlines"', b'"n": ' + b"9" * 300 + b', "headlines"', 1),
    "language that is none": document(language="xx-" * 10_000),
    "version of 1,000 digits": document(version="9" * 1_000),
    "year 1900": document(versionCreated="1900-01-01T00:00:00Z"),
    "year 2099": document(versionCreated=datetime(2099, 12, 31, 23, 59, 59).isoformat() + "Z"),
}
"""What is read."""
