"""Options that several commands have."""

from datetime import tzinfo
from typing import Annotated

import typer

from streams.errors import InputUnreadable
from streams.feeds.zones import UnknownZone, zone_named

ZoneOption = Annotated[
    str | None,
    typer.Option("--zone", metavar="NAME", help="Zone of times that name none, such as Europe/Kyiv. UTC if left out."),
]


def parse_zone(name: str | None) -> tzinfo | None:
    """The time zone that a user names.

    Raises
    ------
    InputUnreadable
        If there is no zone of that name.
    """
    try:
        return zone_named(name) if name else None
    except UnknownZone:
        raise InputUnreadable(f"--zone {name} is not a time zone. Write it like Europe/Kyiv, or UTC.") from None
