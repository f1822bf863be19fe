"""Feeds: what comes in, whatever its format, made into ninjs 3 documents."""

from streams.feeds.documents import Document, Unreadable
from streams.feeds.files import read_paths, read_stream

__all__ = ["Document", "Unreadable", "read_paths", "read_stream"]
