"""The extractor: a process that extracts for a worker, which is at the other end of standard input and output."""

import pickle
import signal
import sys

from streams.codecs import Undecodable
from streams.extraction import LENGTH_BYTES, Extracted
from streams.intake import statements_or_reason, take_in
from streams.settings import Settings, load_settings


def extracted(key: bytes | None, value: bytes | None, settings: Settings) -> Extracted | str:
    """What a record says, or why it holds no item."""
    try:
        item = take_in(key, value, settings)
    except Undecodable as error:
        return str(error)
    except Exception as error:  # a fault of ours must not stop the wire
        return f"{type(error).__name__}: {error}"
    return Extracted(item, *statements_or_reason(item, settings))


def main() -> None:
    """Answer what comes in, until its end."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)  # they are meant for the worker
    source, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    settings = load_settings()
    while length := source.read(LENGTH_BYTES):
        request = source.read(int.from_bytes(length))
        key, value = pickle.loads(request)  # noqa: S301 - the worker wrote it
        answer = pickle.dumps(extracted(key, value, settings))
        answers.write(len(answer).to_bytes(LENGTH_BYTES) + answer)
        answers.flush()


if __name__ == "__main__":
    main()
