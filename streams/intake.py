"""Intake: reads records of ``news.items``, within limits that keep one item from delaying others."""

import claimwire
from claimwire.extraction.drafting.item_reading import TooManyStatements
from claimwire.extraction.text_size import words
from claimwire.items import Item
from claimwire.statements import Statement
from streams.codecs import Undecodable, decode_item
from streams.settings import Settings


class OverLimit(Undecodable):
    """The item is larger than a setting allows. The message gives its size, the limit and the setting."""

    def __init__(self, size: int, what: str, setting: str, limit: int) -> None:
        super().__init__(
            f"{size:,} {what}; the limit is {limit:,} ({setting}). Raise CLAIMWIRE_{setting.upper()} for all workers, "
            "then `claimwire rejected retry`"
        )


def take_in(key: bytes | None, data: bytes | None, settings: Settings) -> Item:
    """The item version in a record.

    Raises
    ------
    Undecodable
        If the bytes are no item, have another key than its uri, or exceed a limit. This depends only on the record
        and the settings, never on earlier records, so that the ledger depends only on the set of items.
    """
    check_bytes(len(data or b""), settings)
    item = decode_item(data)
    if key != item.uri.encode():
        raise Undecodable("its key is not the item's uri: versions of an item would miss each other")
    return item


def check_bytes(size: int, settings: Settings) -> None:
    """Check that a record is not too large to be read.

    Raises
    ------
    OverLimit
        If it is too large.
    """
    if size > settings.max_item_bytes:
        raise OverLimit(size, "bytes", "max_item_bytes", settings.max_item_bytes)


def statements_of(item: Item, settings: Settings) -> list[Statement]:
    """The statements of an item version.

    Raises
    ------
    OverLimit
        If its text is too long, or makes too many statements.
    """
    if item.speaks:
        size = words(item.headline) + words(item.body)
        if size > settings.max_item_words:
            raise OverLimit(size, "words and marks", "max_item_words", settings.max_item_words)
    most = settings.max_item_statements
    try:
        return claimwire.extract(item, most)
    except TooManyStatements as error:
        raise OverLimit(error.count, "statements or more", "max_item_statements", most) from None


def statements_or_reason(item: Item, settings: Settings) -> tuple[list[Statement], str]:
    """The statements of an item version, and why it could not be read, or empty."""
    try:
        return statements_of(item, settings), ""
    except OverLimit as error:
        return [], str(error)
    except Exception as error:  # a fault of ours must not stop the wire
        return [], f"{type(error).__name__}: {error}"
