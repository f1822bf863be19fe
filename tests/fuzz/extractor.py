"""Fuzzes extraction: ``python -m tests.fuzz.extractor [SECONDS]``."""

import sys
import time

import atheris

with atheris.instrument_imports(include=["claimwire.extraction", "claimwire.places", "claimwire.sides"]):
    from claimwire.extraction.drafting.item_reading import TooManyStatements
    from claimwire.extraction.pipeline import extract

from claimwire.extraction.text_size import words
from streams.codecs import encode
from tests.fuzz.running import fuzz
from tests.poison import HOSTILE, UNREADABLE, document
from tests.unit.builders import item, seed_items
from tests.unit.claimwire.extraction.test_spans import FRAGMENTS, check_spans

SECONDS_A_WORD = 0.02
"""Far more than reading takes, even with each branch of it watched; less than what grows by the square."""

LONGEST = 600


def one(data: bytes) -> None:
    """Words of a feed and words of our own, as headline and body."""
    provider = atheris.FuzzedDataProvider(data)
    body = provider.ConsumeUnicodeNoSurrogates(provider.ConsumeIntInRange(0, 200))
    while provider.remaining_bytes() and len(body) < LONGEST:
        piece = FRAGMENTS[provider.ConsumeIntInRange(0, len(FRAGMENTS) - 1)]
        body += piece * provider.ConsumeIntInRange(1, 12) + " " * provider.ConsumeBool()
    cut = provider.ConsumeIntInRange(0, 60)
    version = item(body[cut:], body[:cut])
    started = time.process_time()
    try:
        statements = extract(version, 300)
    except TooManyStatements:
        return
    took = time.process_time() - started
    size = words(version.headline) + words(version.body)
    assert took <= 2 + SECONDS_A_WORD * size, f"{size} words took {took:.1f} s"
    check_spans(version, statements)
    assert statements == extract(version)
    encode(statements)


if __name__ == "__main__":
    texts = [version.body.encode() for version in seed_items()]
    fuzz(one, [*texts, *HOSTILE.values(), *filter(None, UNREADABLE.values()), document()], sys.argv)
