"""Print status changes as they come: ``python examples/events_aiokafka.py [BROKER [TOPIC]]``."""

import asyncio
import json
import sys

from aiokafka import AIOKafkaConsumer


async def main(broker: str = "127.0.0.1:9092", topic: str = "claims.status") -> None:
    """Print each change once, from where this group left off."""
    seen: set[str] = set()  # delivery is at least once: an event that comes again has the id it had
    options = {"bootstrap_servers": broker, "group_id": "my-desk", "auto_offset_reset": "earliest"}
    async with AIOKafkaConsumer(topic, **options) as records:
        async for record in records:
            event = json.loads(record.value)
            if event["id"] not in seen:
                seen.add(event["id"])
                status = event["gone"] if event["gone"] in ("superseded", "dropped", "set_aside") else event["status"]
                print(event["previous"] or "new", "→", status, event["claim"]["text"], sep="\t", flush=True)


asyncio.run(main(*sys.argv[1:]))
