"""``claimwire schema``: what consumers may rely on, for programs."""

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any

import orjson
import typer

from streams.terminal.output import put


class SchemaDocument(StrEnum):
    """What can be printed."""

    EVENT = "event"
    CLAIM = "claim"
    ASYNCAPI = "asyncapi"


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(schema)


def schema(
    document: Annotated[
        SchemaDocument,
        typer.Argument(help="event, claim: JSON Schema of a status change, of a snapshot; asyncapi: topics."),
    ],
) -> None:
    """Print the JSON Schema of an event or a claim, or the AsyncAPI document of all topics."""
    from streams.exports.schemas import asyncapi, claim_schema, event_schema

    documents: dict[SchemaDocument, Callable[[], Any]] = {
        SchemaDocument.EVENT: event_schema,
        SchemaDocument.CLAIM: claim_schema,
        SchemaDocument.ASYNCAPI: asyncapi,
    }
    put(orjson.dumps(documents[document](), option=orjson.OPT_INDENT_2).decode(), lines=True)
