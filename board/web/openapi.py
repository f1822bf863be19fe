"""OpenAPI: the document that describes the interface, and the responses that each address adds to it."""

from copy import deepcopy
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from board.web.answer_shapes import ANSWERS, Refusal
from streams.exports.schemas import Schema, components

Responses = dict[int | str, dict[str, Any]]

REFERENCE = "#/components/schemas/"
JSON = "application/json"
NO_CLAIM = "there is no such claim"
NO_PLACE = "`after` names no place in this list"
SENT_VERDICT = "SentVerdict"
IDS = frozenset({"claim", "into", "statement", "verdict"})
BEGINNING_OF_ID = "^[0-9a-fA-F]{4,32}$"
MAY_BE_LEFT_OUT = frozenset({"carried", "version"})
"""What the board or the reader of a verdict fills in."""


def with_schema(description: str, *kinds: type) -> dict[str, Any]:
    """A response whose JSON is one of some shapes."""
    shapes: list[Schema] = [{"$ref": f"{REFERENCE}{kind.__name__}"} for kind in kinds]
    schema = shapes[0] if len(shapes) == 1 else {"anyOf": shapes}
    return {"description": description, "content": {JSON: {"schema": schema}}}


def answering(*kinds: type, **refusals: str) -> Responses:
    """The responses of an address whose JSON is one of some shapes.

    Parameters
    ----------
    refusals
        Why it refuses requests beyond those that it cannot read, by status: ``_404="..."``.
    """
    return {200: with_schema("what the page shows", *kinds), **refusing(**refusals)}


def refusing(**refusals: str) -> Responses:
    """The responses of refusals, by status: ``_404="..."``."""
    whys = {"_422": "a parameter is not understood", "_503": "the store can't be read now", **refusals}
    return {int(status[1:]): with_schema(why, Refusal) for status, why in whys.items()}


def holding(media_type: str, **refusals: str) -> Responses:
    """The responses of an address that gives something other than JSON."""
    return {200: {"description": "the list", "content": {media_type: {}}}, **refusing(**refusals)}


def sending_verdict() -> dict[str, Any]:
    """What a request holds that gives a verdict."""
    schema = {"$ref": f"{REFERENCE}{SENT_VERDICT}"}
    return {"requestBody": {"required": True, "content": {JSON: {"schema": schema}}}}


def described(application: FastAPI) -> Schema:
    """The description of an application."""
    if not application.openapi_schema:
        made = get_openapi(
            title=application.title,
            version=version("claimwire"),
            description=application.description,
            routes=application.routes,
            servers=application.servers,
        )
        shapes = components(*ANSWERS)
        made.setdefault("components", {}).setdefault("schemas", {}).update(shapes, **{SENT_VERDICT: _sent(shapes)})
        application.openapi_schema = made
    return application.openapi_schema


def _sent(shapes: Schema) -> Schema:
    """A verdict as it may be sent: only what it says must be there, and ids may be short."""
    verdict = deepcopy(shapes["Verdict"])
    kinds = [deepcopy(shapes[kind["$ref"].removeprefix(REFERENCE)]) for kind in verdict["properties"]["says"]["anyOf"]]
    for kind in (*kinds, verdict):
        for name in IDS & kind["properties"].keys():
            kind["properties"][name]["pattern"] = BEGINNING_OF_ID
        kind["required"] = [name for name in kind["required"] if name not in MAY_BE_LEFT_OUT]
    verdict["properties"]["says"] = {"anyOf": kinds}
    return {**verdict, "required": ["says"]}
