"""The processes that extract for a worker."""

import asyncio
import json
from typing import Any

import psutil
import pytest

from claimwire import Item, extract
from streams.codecs import Undecodable
from streams.extraction import PROCESSES, Extracted, Extraction
from tests.stream.harness import seeds


async def read(extraction: Extraction, documents: list[dict[str, Any]]) -> list[Extracted]:
    asked = (extraction.read(d["uri"].encode(), json.dumps(d).encode()) for d in documents)
    return list(await asyncio.gather(*asked))


def extractors() -> list[psutil.Process]:
    return [p for p in psutil.Process().children() if "streams.extractor" in p.cmdline()]


def test_processes_give_what_the_library_extracts_and_end_with_their_worker() -> None:
    async def run() -> None:
        extraction = Extraction()

        for found, document in zip(await read(extraction, seeds()), seeds(), strict=True):
            item = Item.from_ninjs(document)
            assert (found.item, found.statements) == (item, extract(item))
        assert len(extractors()) == PROCESSES
        with pytest.raises(Undecodable, match="no ninjs 3 item"):
            await extraction.read(b"urn:x", b"{}")
        await extraction.close()
        assert not extractors()

    asyncio.run(run())


def test_item_over_a_limit_is_read_says_nothing_and_names_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMWIRE_MAX_ITEM_WORDS", "1")

    async def run() -> None:
        extraction = Extraction()
        [found] = await read(extraction, seeds()[:1])
        assert (found.item, found.statements) == (Item.from_ninjs(seeds()[0]), [])
        assert "max_item_words" in found.reason
        await extraction.close()

    asyncio.run(run())


def test_what_a_process_died_over_is_extracted_by_the_next_one() -> None:
    async def run() -> None:
        extraction = Extraction()

        await read(extraction, seeds()[:PROCESSES])
        again = asyncio.create_task(read(extraction, seeds()))
        await asyncio.sleep(0)
        for process in extractors():
            process.kill()
        assert len(await again) == len(seeds())
        await extraction.close()

    asyncio.run(run())
