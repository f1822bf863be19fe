"""The processes that extract for a worker."""

import asyncio
import pickle
import subprocess
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import psutil
import pytest
import uvloop

from claimwire import Item, extract
from streams.engine import extraction_processes
from streams.engine.extraction_processes import COMMAND, DEATHS, LENGTH_BYTES, PROCESSES, Extraction, Found
from tests.pace import at_most
from tests.stream.harness import seeds

ITEMS = [Item.from_ninjs(document) for document in seeds()]

HANGS = """
from streams.engine import extractor
extractor.LONGEST_SECONDS = {seconds}
def statements_or_reason(item, settings):
    while True:
        pass
extractor.statements_or_reason = statements_or_reason
extractor.main()
"""


def running(use: Callable[[Extraction], Awaitable[Any]]) -> None:
    async def run() -> None:
        made = Extraction()
        try:
            await use(made)
        finally:
            await made.close()

    uvloop.run(run())  # the worker's


async def read(made: Extraction, items: list[Item]) -> list[Found]:
    return list(await asyncio.gather(*map(made.statements, items)))


def extractors() -> list[psutil.Process]:
    return [p for p in psutil.Process().children() if "extractor" in " ".join(p.cmdline())]


def test_processes_give_what_the_library_extracts_and_end_when_they_are_closed() -> None:
    async def use(made: Extraction) -> None:
        assert await read(made, ITEMS) == [(extract(item), "") for item in ITEMS]
        assert len(extractors()) == PROCESSES

    running(use)
    assert not extractors()


def test_item_over_a_limit_says_nothing_and_names_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMWIRE_MAX_ITEM_WORDS", "1")

    async def use(made: Extraction) -> None:
        statements, reason = await made.statements(ITEMS[0])
        assert not statements
        assert "max_item_words" in reason

    running(use)


def test_what_a_process_died_over_is_extracted_by_the_next_one() -> None:
    async def use(made: Extraction) -> None:
        await read(made, ITEMS[:PROCESSES])
        again = asyncio.create_task(read(made, ITEMS))
        await asyncio.sleep(0)
        for process in extractors():
            process.kill()
        assert await again == [(extract(item), "") for item in ITEMS]

    running(use)


def test_item_over_which_processes_die_or_hang_is_given_up_and_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction_processes, "COMMAND", (sys.executable, "-c", HANGS.format(seconds=0.2)))

    async def use(made: Extraction) -> None:
        assert await made.statements(ITEMS[0]) == ([], f"{DEATHS} processes died over it, the last by SIGPROF")
        monkeypatch.undo()
        for process in extractors():
            process.kill()
        assert await made.statements(ITEMS[1]) == (extract(ITEMS[1]), "")

    running(use)


def test_process_ends_with_its_worker_even_amid_an_item() -> None:
    """The worker's end is the end of its input, however it comes about."""
    command = [sys.executable, "-c", HANGS.format(seconds=1000)]
    item = pickle.dumps(ITEMS[0])
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.read(LENGTH_BYTES)
        process.stdin.write(len(item).to_bytes(LENGTH_BYTES) + item)
        process.stdin.close()
        assert process.wait(at_most(30)) == 0


def test_process_whose_worker_ends_while_it_loads_says_nothing() -> None:
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.close()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(at_most(30)) == 0
