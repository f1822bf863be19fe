"""alert: status changes to the rules that ask for them."""

from streams.alerting.rules import load_rules
from streams.alerting.sides import Sides
from streams.app import Event, Record, Streams
from streams.codecs import STATUS_CHANGED, Undecodable, decode, event_headers
from streams.ledgers import Readers
from streams.topics import MATCHES, STATUS


def alert(streams: Streams) -> None:
    """Register the agent."""
    rules = load_rules(streams.settings.alert_rules)
    readers = Readers(streams.settings)
    sides = Sides(streams.settings, rules)

    async def handle(event: Event) -> None:
        try:
            changed = decode(STATUS_CHANGED, event.value)
        except Undecodable as error:
            await streams.reject(event, "alert", str(error))
            return
        record = await sides.record(changed.claim.side)
        asking = [rule for rule in rules if rule.matches(changed, record)]
        if asking and await readers.here():  # a ledger that nobody reads yet alerts nobody
            headers = event_headers(changed)
            await streams.send([Record(MATCHES, rule.name.encode(), event.value, headers) for rule in asking])

    streams.agent("alert", STATUS, handle)
