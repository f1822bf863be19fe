"""A worker's endpoints, as whoever watches over it asks them."""

import json
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from prometheus_client.parser import text_string_to_metric_families

from tests.stream.harness import Running, Stream, until

CHANGE_SECONDS = 60.0


def asked(stream: Stream, path: str) -> tuple[int, str]:
    """Status and body; 0 where nobody answers."""
    try:
        with urlopen(f"http://{stream.settings['CLAIMWIRE_HTTP']}{path}", timeout=10) as response:
            return response.status, response.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()
    except (URLError, TimeoutError):
        return 0, ""


def becomes(stream: Stream, worker: Running, ready: bool, reason: str = "", **values: object) -> dict[str, Any]:
    """Wait until the worker is ready, or not ready for that reason, and tells these values; returns what it told."""
    told: dict[str, Any] = {}

    def so() -> bool:
        status, body = asked(stream, "/readyz")
        if not status:
            return False
        told.clear()
        told.update(json.loads(body))
        assert status == (200 if told["ready"] else 503)
        right = all(told[name] == value for name, value in values.items())
        return right and told["ready"] is ready and reason in " ".join(told["reasons"])

    until(so, f"ready: {ready} {reason}", CHANGE_SECONDS, lambda: f"{asked(stream, '/readyz')}\n{worker.said()}")
    return told


def metrics(stream: Stream) -> dict[tuple[str, ...], float]:
    """Values by name and labels, these in the order of their names."""
    status, text = asked(stream, "/metrics")
    assert status == 200
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
