"""Fuzzes what takes a record of ``news.items``: ``python -m tests.fuzz.decoder [SECONDS]``."""

import sys

import atheris

with atheris.instrument_imports(include=["claimwire.items", "claimwire.times", "streams.codecs", "streams.feeds"]):
    from claimwire.items import Item
    from streams.codecs import Undecodable, decode_item, encode
    from streams.feeds.files import read_stream
    from streams.feeds.markup import plain_text

from contextlib import suppress
from io import BytesIO

from tests.fuzz.running import fuzz
from tests.poison import HOSTILE, UNREADABLE


def one(data: bytes) -> None:
    """An item or a reason; a feed gives its documents, and HTML its words."""
    with suppress(Undecodable):
        item = decode_item(data)
        assert isinstance(item, Item)
        assert "\0" not in item.uri
        encode(item)
    for found in read_stream(BytesIO(data), "fuzzed"):
        assert found.where
    plain_text(data.decode("utf8", "replace"))


if __name__ == "__main__":
    fuzz(one, [*HOSTILE.values(), *filter(None, UNREADABLE.values())], sys.argv)
