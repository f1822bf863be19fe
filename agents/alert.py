"""alert: status changes that a rule asks for, to the log, to a webhook and to ``claims.alerts``."""

import asyncio
import logging

import aiohttp

from claimwire.judging import StatusChanged
from streams.alerting import Rule, load_rules
from streams.app import Event, Record, Streams
from streams.codecs import STATUS_CHANGED, Undecodable, decode, encode
from streams.ledgers import Readers
from streams.topics import ALERTS, STATUS

log = logging.getLogger(__name__)

TRIES = 3
TIMEOUT = aiohttp.ClientTimeout(total=2)
PAUSE_SECONDS = 0.25
"""All tries together end within the time in which a worker that is told to stop must have stopped."""


def alert(streams: Streams) -> None:
    """Register the agent."""
    rules = load_rules(streams.settings.alert_rules)
    readers = Readers(streams.settings)

    async def handle(event: Event) -> None:
        try:
            changed = decode(STATUS_CHANGED, event.value)
        except Undecodable as error:
            await streams.reject(event, "alert", str(error))
            return
        for rule in rules:
            if rule.matches(changed) and await readers.here():  # a ledger that nobody reads yet alerts nobody
                claim, step = changed.claim, f"{changed.previous or 'new'} → {changed.status}"
                told = {"rule": rule.name, "claim": claim.id, "previous": changed.previous, "status": changed.status}
                log.warning("%s: %s: %s", rule.name, step, claim.text, extra=told)
                delivery = await _deliver(rule, changed, event.value)
                alerted = {"rule": rule.name, "event": changed.id, "delivery": delivery}
                await streams.send([Record(ALERTS, event.key, encode(alerted))])

    streams.agent("alert", STATUS, handle)


async def _deliver(rule: Rule, changed: StatusChanged, body: bytes) -> str:
    """Post the event to the rule's webhook; returns how that went, in words.

    The receiver tells a repeated delivery by its ``Idempotency-Key``.
    """
    if rule.webhook is None:
        return "logged"
    headers = {"Content-Type": "application/json", "Idempotency-Key": f"{changed.id}/{rule.name}"}
    failed = ""
    async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
        for attempt in range(TRIES):
            try:
                async with session.post(str(rule.webhook), data=body, headers=headers) as response:
                    if response.ok:
                        return "delivered"
                    failed = f"failed: HTTP {response.status}"
            except (aiohttp.ClientError, TimeoutError) as error:
                failed = f"failed: {type(error).__name__}"
            await asyncio.sleep(PAUSE_SECONDS * 2**attempt)
    # The host alone: the path of a webhook is often its password.
    log.warning("%s: %s not delivered to %s: %s", rule.name, changed.id, rule.webhook.host, failed)
    return failed
