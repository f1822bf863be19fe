"""``claimwire schema``: prints the schemas on which consumers may rely."""

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any

import orjson
import typer

from streams.terminal.output import put


class SchemaDocument(StrEnum):
    """The documents that the command can print."""

    EVENT = "event"
    CLAIM = "claim"
    VERDICT = "verdict"
    ASYNCAPI = "asyncapi"


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(schema)


def schema(
    document: Annotated[
        SchemaDocument,
        typer.Argument(
            help="event, claim, verdict: JSON Schema of a status change, a snapshot, a verdict; asyncapi: topics."
        ),
    ],
) -> None:
    """Print the JSON Schema of an event, a claim or a verdict, or the AsyncAPI document of all topics."""
    from streams.exports.schemas import asyncapi, claim_schema, event_schema, verdict_schema

    documents: dict[SchemaDocument, Callable[[], Any]] = {
        SchemaDocument.EVENT: event_schema,
        SchemaDocument.CLAIM: claim_schema,
        SchemaDocument.VERDICT: verdict_schema,
        SchemaDocument.ASYNCAPI: asyncapi,
    }
    put(orjson.dumps(documents[document](), option=orjson.OPT_INDENT_2).decode(), lines=True)
