"""second: candidates to a language model, where one is configured, and what it says to ``claims.verdicts``."""

from streams.engine.app import Streams
from streams.kafka.topics import CANDIDATES


def second(streams: Streams) -> None:
    """Register the agent; nothing of it is imported where no model is configured."""
    settings = streams.settings
    if not settings.second_url:
        return
    from streams.second.asking import Asker
    from streams.second.endpoint import Endpoint

    endpoint = Endpoint(settings.second_url, settings.second_model, settings.key_of_second())
    asker = Asker(streams, endpoint, settings.second_model)
    streams.background(asker.run, asker.halt)
    streams.agent("second", CANDIDATES, asker.take)
