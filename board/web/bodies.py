"""Request bodies, read within limits of size and time, and parsed."""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

import orjson
from fastapi import HTTPException, Request
from starlette.requests import ClientDisconnect

MOST_BYTES = 64 * 1024
BODY_SECONDS = 10.0
MOST_FIELDS = 20
FORM = "application/x-www-form-urlencoded"


async def body_of(request: Request) -> bytes:
    """The body of a request.

    Raises
    ------
    HTTPException
        413 if it is too large, 408 if it takes too long.
    """
    found = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for part in request.stream():
                found += part
                if len(found) > MOST_BYTES:
                    raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"That is more than {MOST_BYTES:,} bytes.")
    except TimeoutError:
        raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, "The request took too long to arrive. Send it again.") from None
    except ClientDisconnect:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "The request broke off.") from None
    return bytes(found)


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form.

    Raises
    ------
    HTTPException
        400 if the body is none.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "That is no form of this board.")
    try:
        fields = parse_qsl((await body_of(request)).decode("ascii"), True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "That is no form of this board.") from None
    return dict(fields)


async def object_of(request: Request) -> Mapping[str, Any]:
    """The JSON object of a request.

    Raises
    ------
    HTTPException
        400 if the body is none.
    """
    try:
        value = orjson.loads(await body_of(request))
    except orjson.JSONDecodeError as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"The body is not JSON: {error}.") from None
    if not isinstance(value, dict):
        raise HTTPException(HTTPStatus.BAD_REQUEST, "The body is no JSON object.")
    return value
