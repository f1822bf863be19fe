"""``POST /items``: news pushed over HTTP. An answer of 202 means that the broker has it."""

import asyncio
import hmac

from aiohttp import web
from aiokafka.errors import KafkaError

from streams.feeds import Document, Format, Hints, Slip, Unreadable, read_bytes
from streams.http_serving import Handler
from streams.ingest.sender import Sender

MAX_BYTES = 16 * 2**20
SCHEME = "Bearer "
BODY_SECONDS = 30.0
"""Time for a body to arrive."""
ACK_SECONDS = 20
"""Time for the broker to acknowledge. After it, the answer asks the sender to try again."""


def application(out: Sender, token: str) -> web.Application:
    """The endpoint, which answers 401 to anybody without the token."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        shown = request.headers.get("Authorization", "").removeprefix(SCHEME)
        if not hmac.compare_digest(shown.encode("utf-8", "surrogateescape"), token.encode()):
            headers = {"WWW-Authenticate": "Bearer"}
            return _error(401, "send the token: Authorization: Bearer TOKEN", headers)
        try:
            return await handler(request)
        except web.HTTPRequestEntityTooLarge:
            return _error(413, f"more than {MAX_BYTES // 2**20} MB")
        except web.HTTPException as error:
            return _error(error.status, error.reason, {"Allow": error.headers["Allow"]} if error.status == 405 else {})

    async def post(request: web.Request) -> web.Response:
        return await _post(request, out)

    made = web.Application(client_max_size=MAX_BYTES, middlewares=[guard])
    made.router.add_post("/items", post)
    return made


async def _post(request: web.Request, out: Sender) -> web.Response:
    """Read the whole body, and send either all of its items or none."""
    asked = request.query.get("format")
    if asked is not None and asked not in tuple(Format):
        return _error(400, f"format is none of {', '.join(Format)}")
    try:
        async with asyncio.timeout(BODY_SECONDS):
            body = await request.read()
    except TimeoutError:
        return _error(408, f"the body had not come in after {BODY_SECONDS:.0f} s")
    if not body.strip():
        return _error(400, "the body is empty")
    hints = Hints(Format(asked) if asked else None, charset=request.charset or "")
    found = await asyncio.to_thread(lambda: list(read_bytes(body, "body", hints)))
    bad = [f for f in found if isinstance(f, Unreadable)]
    if bad:
        errors = [{"where": f.where, "reason": f.reason} for f in bad]
        return web.json_response({"error": "nothing was taken: not all of it can be read", "items": errors}, status=422)
    try:
        async with asyncio.timeout(ACK_SECONDS):
            sent = await out.send([f for f in found if isinstance(f, Document)])
    except (KafkaError, TimeoutError) as error:
        return _error(503, f"the broker has not acknowledged it: {type(error).__name__}", {"Retry-After": "10"})
    if sent.unread:
        return _error(413, sent.unread[0].reason)
    slips = [{"where": f.where, "reason": f.reason} for f in found if isinstance(f, Slip)]
    answer = {"items": sent.items, "held": sent.held, **({"slips": slips} if slips else {})}
    return web.json_response(answer, status=202)


def _error(status: int, reason: str, headers: dict[str, str] | None = None) -> web.Response:
    return web.json_response({"error": reason}, status=status, headers=headers)
