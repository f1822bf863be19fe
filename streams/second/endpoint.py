"""The endpoint: a server with OpenAI's interface, ``POST …/chat/completions``. The edge."""

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self

import aiohttp

from streams.retry_after import retry_after
from streams.second.question import SCHEMA

TIMEOUT_SECONDS = 120.0
"""A model on one's own machine may think for a while."""

CONNECT_SECONDS = 10.0
MOST_BYTES = 256 * 1024
"""The most bytes of an answer. A longer one counts as no answer."""

MOST_TOKENS = 300
"""The most tokens that the model may write."""

NOT_UNDERSTOOD = (400, 404, 415, 422, 501)
"""The statuses with which servers refuse a form of answer that they do not know."""

TOO_MANY = 429


class Unanswered(Exception):
    """The endpoint gave no answer; the message says why, and holds no secret.

    Attributes
    ----------
    away
        Whether the question is surely not the reason: the server is away, or wants to be left alone.
    after
        How long the server asks to be left alone.
    """

    def __init__(self, reason: str, *, away: bool = False, after: timedelta = timedelta()) -> None:
        super().__init__(reason)
        self.away, self.after = away, after


class Endpoint:
    """A model at an endpoint.

    Parameters
    ----------
    url
        Base address, such as ``http://127.0.0.1:8080/v1``.
    key
        Sent as the bearer token; empty for none.
    seconds
        How long to wait for an answer.
    """

    def __init__(self, url: str, model: str, key: str = "", seconds: float = TIMEOUT_SECONDS) -> None:
        self._url, self._model = f"{url.rstrip('/')}/chat/completions", model
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._timeout = aiohttp.ClientTimeout(total=seconds, connect=CONNECT_SECONDS)
        self._by_schema = True
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Open the session."""
        self._session = aiohttp.ClientSession(timeout=self._timeout, headers=self._headers)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the session."""
        if self._session:
            await self._session.close()

    async def ask(self, messages: Sequence[dict[str, str]]) -> str:
        """What the model says.

        If the server does not know schemas, it is asked again without one, and from then on always without.

        Raises
        ------
        Unanswered
            If the endpoint gives no answer.
        """
        if self._by_schema:
            try:
                return await self._post({**self._body(messages), "response_format": _FORMAT})
            except _NotUnderstood:
                said = await self._post(self._body(messages))
                self._by_schema = False  # only this answer shows that the form was the reason
                return said
        return await self._post(self._body(messages))

    def _body(self, messages: Sequence[dict[str, str]]) -> dict[str, Any]:
        return {
            "model": self._model,
            "messages": list(messages),
            "temperature": 0,
            "seed": 0,
            "max_tokens": MOST_TOKENS,
            "stream": False,
        }

    async def _post(self, body: dict[str, Any]) -> str:
        assert self._session, "it is not open"
        try:
            async with self._session.post(self._url, json=body, allow_redirects=False) as response:
                if response.status != 200:
                    raise _refusal(response)
                return _said(await _read(response))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Unanswered(f"it is away: {type(error).__name__}", away=True) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unanswered(type(error).__name__) from None


class _NotUnderstood(Unanswered):
    """The server refused the request, perhaps because of the form of answer that it asks for."""


_FORMAT = {"type": "json_schema", "json_schema": {"name": "second_opinion", "strict": True, "schema": SCHEMA}}


def _refusal(response: aiohttp.ClientResponse) -> Unanswered:
    told = f"HTTP {response.status}"
    if response.status in NOT_UNDERSTOOD:
        return _NotUnderstood(told)
    after = retry_after(response.headers.get("Retry-After", ""), datetime.now(UTC))
    return Unanswered(told, away=response.status < 500, after=after)


async def _read(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for piece in response.content.iter_any():
        body += piece
        if len(body) > MOST_BYTES:
            raise Unanswered(f"an answer of more than {MOST_BYTES:,} bytes")
        await asyncio.sleep(0)  # a server that never stops must not hold up other tasks
    return bytes(body)


def _said(body: bytes) -> str:
    """The model's words in an answer."""
    try:
        said = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise Unanswered("its answer is no chat completion") from None
    if not isinstance(said, str):
        raise Unanswered("its answer has no words")
    return said
