"""alert: sends status changes to the rules that ask for them."""

from datetime import UTC, datetime

from streams.alerting.rules import load_rules
from streams.alerting.settling import OVERTAKES, Newcomers, settling_headers
from streams.alerting.sides import Sides
from streams.codecs import STATUS_CHANGED, Undecodable, decode, event_headers
from streams.engine.app import Event, Record, Streams
from streams.kafka.ledger_pointer import Readers
from streams.kafka.topics import MATCHES, STATUS


class Alert:
    """The agent."""

    name = "alert"

    def __init__(self, streams: Streams) -> None:
        self._streams = streams
        self._rules = load_rules(streams.settings.alert_rules)
        self._readers = Readers(streams.settings)
        self._newcomers = Newcomers()
        self._sides = Sides(streams.settings, self._rules)

    async def handle(self, event: Event) -> None:
        """Send a change to each rule that asks for it, or that may hold an earlier change of the claim."""
        try:
            changed = decode(STATUS_CHANGED, event.value)
        except Undecodable as error:
            await self._streams.reject(event, self.name, str(error))
            return
        record = await self._sides.record(changed.claim.side)
        settling, overtaking = settling_headers(self._newcomers.settles(changed, datetime.now(UTC))), [(OVERTAKES, b"")]
        asked = overtaking if self._newcomers.came_and_went(changed) else settling
        rules = {rule.name: overtaking for rule in self._rules if rule.is_overtaken_by(changed)}
        rules |= {rule.name: asked for rule in self._rules if rule.matches(changed, record)}
        if rules and await self._readers.here():  # a ledger that nobody reads yet alerts nobody
            headers = event_headers(changed)
            await self._streams.send(
                [Record(MATCHES, name.encode(), event.value, [*headers, *more]) for name, more in rules.items()]
            )


def alert(streams: Streams) -> None:
    """Register the agent."""
    streams.agent(Alert.name, STATUS, Alert(streams).handle)
