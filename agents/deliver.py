"""deliver: sends alerts to people and programs, and their outcome to ``claims.alerts``."""

from streams.alerting.delivery import Deliverer
from streams.alerting.rules import load_rules
from streams.engine.app import Streams
from streams.kafka.topics import MATCHES


def deliver(streams: Streams) -> None:
    """Register the agent."""
    deliverer = Deliverer(streams, load_rules(streams.settings.alert_rules))
    streams.background(deliverer.run, deliverer.halt)
    streams.agent("deliver", MATCHES, deliverer.take)
