"""Channels: where alerts go. E-mail and chats go through Apprise, webhooks over HTTP, everything else to the log."""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

import aiohttp
from pydantic import HttpUrl, SecretStr

from streams.alerting.messages import payload, text, title
from streams.alerting.outbox import Message
from streams.alerting.rules import Rule
from streams.alerting.signing import signed_headers
from streams.codecs import JSON, encode
from streams.errors import SettingsInvalid
from streams.extras import installing
from streams.retry_after import retry_after

log = logging.getLogger(__name__)

TIMEOUT = aiohttp.ClientTimeout(total=5)


class Undelivered(Exception):
    """The channel did not take the message. The reason holds nothing secret.

    Attributes
    ----------
    after
        How long the channel asks us to wait; zero if it does not ask.
    """

    def __init__(self, reason: str, after: timedelta = timedelta()) -> None:
        super().__init__(reason)
        self.after = after


@dataclass(frozen=True, slots=True)
class Channel:
    """Where a rule's alerts go.

    Attributes
    ----------
    name
        Its name in `claims.alerts`: the kind, and nothing secret.
    deliver
        Sends a message there; raises `Undelivered`.
    """

    name: str
    deliver: Callable[[Message], Awaitable[None]]


def channels_of(rule: Rule) -> list[Channel]:
    """The channels of a rule; the log if it names none.

    Raises
    ------
    SettingsInvalid
        If Apprise does not know one of the addresses, or is not installed.
    """
    found = [_apprise(rule, number, address) for number, address in enumerate(rule.notify, start=1)]
    if rule.webhook:
        found.append(Channel("webhook", partial(_post, rule.webhook, rule.secret)))
    return found or [Channel("log", _log)]


async def _log(message: Message) -> None:
    fields: dict[str, object] = {"rule": message.rule}
    if len(message.events) == 1:
        [event] = message.events
        fields |= {"claim": event.claim.id, "previous": event.previous, "status": event.word}
    log.warning("%s: %s", message.rule, title(message), extra=fields)


async def _post(address: HttpUrl, secret: SecretStr | None, message: Message) -> None:
    """Post a message to a webhook, which must answer with a 2xx."""
    body = encode(payload(message)).decode()
    headers = {"Content-Type": JSON, **signed_headers(secret, message.id, datetime.now(UTC), body)}
    try:
        async with (
            aiohttp.ClientSession(timeout=TIMEOUT) as session,
            session.post(str(address), data=body.encode(), headers=headers, allow_redirects=False) as response,
        ):
            if not response.ok or response.status >= 300:
                asked = retry_after(response.headers.get("Retry-After", ""), datetime.now(UTC))
                raise Undelivered(f"HTTP {response.status}", asked)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise Undelivered(type(error).__name__) from None


def _apprise(rule: Rule, number: int, address: SecretStr) -> Channel:
    where = f"rule {rule.name!r}, notify {number}"
    try:
        import apprise
    except ImportError:
        raise SettingsInvalid(f"{where} needs Apprise: {installing('notify')}") from None
    sender = apprise.Apprise()
    if not sender.add(address.get_secret_value()):
        raise SettingsInvalid(f"{where} is no address that Apprise knows, such as mailto://user:password@example.org")

    def notify(message: Message) -> bool:
        body_format = apprise.NotifyFormat.TEXT
        return bool(sender.notify(body=text(message), title=title(message), body_format=body_format))

    async def deliver(message: Message) -> None:
        if not await _in_a_thread(partial(notify, message)):
            raise Undelivered("Apprise could not deliver it")

    return Channel(f"notify {number} ({urlsplit(address.get_secret_value()).scheme})", deliver)


async def _in_a_thread(work: Callable[[], bool]) -> bool:
    """Do work in a thread of its own; errors count as False.

    The end of the process does not wait for this thread. It would wait for threads of the event loop's pool, even if
    they hang.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[bool] = loop.create_future()

    def finish(result: bool) -> None:
        if not done.done():  # else it was given up meanwhile
            done.set_result(result)

    def run() -> None:
        result = False
        with suppress(Exception):  # each of more than a hundred services raises its own
            result = work()
        with suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(finish, result)

    threading.Thread(target=run, daemon=True).start()
    return await done
