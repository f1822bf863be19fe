"""Print status changes as they come: ``python examples/events_confluent.py [BROKER [TOPIC]]``."""

import json
import sys

from confluent_kafka import Consumer, KafkaException


def main(broker: str = "127.0.0.1:9092", topic: str = "claims.status") -> None:
    """Print each change once, from where this group left off."""
    seen: set[str] = set()  # delivery is at least once: an event that comes again has the id it had
    consumer = Consumer({"bootstrap.servers": broker, "group.id": "my-desk", "auto.offset.reset": "earliest"})
    consumer.subscribe([topic])
    while True:
        record = consumer.poll(1.0)
        if record and record.error():
            raise KafkaException(record.error())
        event = json.loads(record.value() or "{}") if record else {}
        if event and event["id"] not in seen:
            seen.add(event["id"])
            status = event["gone"] if event["gone"] in ("superseded", "dropped", "set_aside") else event["status"]
            print(event["previous"] or "new", "→", status, event["claim"]["text"], sep="\t", flush=True)


main(*sys.argv[1:])
