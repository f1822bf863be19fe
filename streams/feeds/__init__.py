"""Feeds: makes ninjs 3 documents of news in any of the formats."""

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
