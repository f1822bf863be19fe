"""alert: status changes to the rules that ask for them."""

from datetime import UTC, datetime

from streams.alerting.rules import load_rules
from streams.alerting.settling import OVERTAKES, Newcomers, settling_headers
from streams.alerting.sides import Sides
from streams.codecs import STATUS_CHANGED, Undecodable, decode, event_headers
from streams.engine.app import Event, Record, Streams
from streams.kafka.ledger_pointer import Readers
from streams.kafka.topics import MATCHES, STATUS


def alert(streams: Streams) -> None:
    """Register the agent."""
    rules = load_rules(streams.settings.alert_rules)
    readers = Readers(streams.settings)
    newcomers = Newcomers()
    sides = Sides(streams.settings, rules)

    async def handle(event: Event) -> None:
        try:
            changed = decode(STATUS_CHANGED, event.value)
        except Undecodable as error:
            await streams.reject(event, "alert", str(error))
            return
        record = await sides.record(changed.claim.side)
        settling, overtaking = settling_headers(newcomers.settles(changed, datetime.now(UTC))), [(OVERTAKES, b"")]
        asked = overtaking if newcomers.came_and_went(changed) else settling
        told = {rule.name: overtaking for rule in rules if rule.is_overtaken_by(changed)}
        told |= {rule.name: asked for rule in rules if rule.matches(changed, record)}
        if told and await readers.here():  # a ledger that nobody reads yet alerts nobody
            headers = event_headers(changed)
            await streams.send(
                [Record(MATCHES, name.encode(), event.value, [*headers, *more]) for name, more in told.items()]
            )

    streams.agent("alert", STATUS, handle)
