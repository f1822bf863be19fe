"""Feeds: what comes in, whatever its format, made into ninjs 3 documents."""

from streams.feeds.documents import Document, Slip, Unreadable
from streams.feeds.files import Hints, read_bytes, read_inputs, read_paths, read_stream
from streams.feeds.formats import Format

__all__ = [
    "Document",
    "Format",
    "Hints",
    "Slip",
    "Unreadable",
    "read_bytes",
    "read_inputs",
    "read_paths",
    "read_stream",
]
