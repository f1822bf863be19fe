"""The extractor: a process that extracts for the worker at the other end of its standard input and output."""

import os
import pickle
import signal
import sys
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO

import claimwire
from claimwire.items import Item
from streams.engine.extraction_processes import LENGTH_BYTES
from streams.intake import statements_or_reason
from streams.settings import load_settings

LONGEST_SECONDS = 60.0
"""Processor time for one item. The longest item allowed takes a fortieth of it, so beyond that the process hangs."""

WARM_UP = {
    "uri": "urn:claimwire:warm-up",
    "versionCreated": "2025-01-01T00:00:00Z",
    "headlines": [{"value": "Minister says talks go on"}],
    "bodies": [{"value": "Talks go on, the minister said. The opposition denied it."}],
}
"""An item whose reading loads the network and all tables."""


def main() -> None:
    """Answer items until the input ends."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)  # they are for the worker
    signal.signal(signal.SIGPROF, signal.SIG_DFL)  # ends the process when the time for an item is up
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr
    asked: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_listen, args=(sys.stdin.buffer, asked), daemon=True).start()
    settings = load_settings()
    claimwire.extract(Item.from_ninjs(WARM_UP))
    _write(answers, b"")
    while True:
        item = pickle.loads(asked.get())  # noqa: S301 - the worker wrote it
        signal.setitimer(signal.ITIMER_PROF, LONGEST_SECONDS)
        found = statements_or_reason(item, settings)
        signal.setitimer(signal.ITIMER_PROF, 0)
        _write(answers, pickle.dumps(found))


def _listen(source: BinaryIO, asked: "SimpleQueue[bytes]") -> None:
    """Queue the items, and end the process when the input ends, whatever it is doing."""
    while length := source.read(LENGTH_BYTES):
        asked.put(source.read(int.from_bytes(length)))
    os._exit(0)


def _write(answers: BinaryIO, answer: bytes) -> None:
    """Write an answer, or end if nobody reads it any more."""
    try:
        answers.write(len(answer).to_bytes(LENGTH_BYTES) + answer)
        answers.flush()
    except BrokenPipeError:
        os._exit(0)


if __name__ == "__main__":
    main()
