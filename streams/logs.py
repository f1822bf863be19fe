"""Logs on standard error: as text for people, or as JSON for programs, with one object on each line."""

import logging
import sys
import threading
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from streams.escaping import shown

tell = logging.getLogger("claimwire")
"""For what a command says to its user, shown at any level."""

QUIET = ("aiokafka", "apprise", "asyncio", "faust", "mode", "urllib3")
"""Quiet packages. We report a dead broker ourselves, and they log secrets: at DEBUG, aiokafka logs the password of
PLAIN, and Apprise and its urllib3 log the addresses of alerts."""

TEXT = "%(asctime)s %(levelname)s %(name)s %(message)s"
FIELDS = {"asctime": "time", "levelname": "level", "name": "logger", "message": "message"}


class TextLines(logging.Formatter):
    """A record as text, made safe to show: a line, and below it a traceback, if any."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """The line."""
        return shown(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802
        """The traceback."""
        return shown(super().formatException(ei), lines=True)


class JsonLines(JsonFormatter):
    """A record as one line: time, level, logger, message, and extra fields."""

    def __init__(self) -> None:
        super().__init__(list(FIELDS), rename_fields=FIELDS, json_ensure_ascii=False)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        """The time in UTC, to the millisecond."""
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return shown(super().format(record))


def set_up(level: str, format: str) -> None:
    """Log everything from this level on in this format. Another call replaces the setup."""
    as_json = format == "json"
    handlers: dict[logging.Logger, str] = {logging.getLogger(): TEXT, tell: "claimwire: %(message)s"}
    for logger, text in handlers.items():
        handler = logging.StreamHandler()
        handler.setFormatter(JsonLines() if as_json else TextLines(text))
        logger.handlers[:] = [handler]
    logging.getLogger().setLevel(level)
    tell.setLevel(logging.DEBUG)
    tell.propagate = False
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    sys.excepthook = _uncaught
    threading.excepthook = lambda failed: _uncaught(failed.exc_type, failed.exc_value, failed.exc_traceback)
    if as_json:
        logging.captureWarnings(True)


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    tell.critical("a fault of claimwire's", exc_info=(kind, error or kind(), trace))
