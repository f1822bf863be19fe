"""second: puts candidates to a language model, if one is configured, and sends its verdicts to ``claims.verdicts``."""

from streams.engine.app import Streams
from streams.kafka.topics import CANDIDATES


def second(streams: Streams) -> None:
    """Register the agent. Without a configured model nothing of it is imported."""
    settings = streams.settings
    if not settings.second_url:
        return
    from streams.second.asking import Asker
    from streams.second.endpoint import Endpoint

    endpoint = Endpoint(settings.second_url, settings.second_model, settings.key_of_second())
    asker = Asker(streams, endpoint, settings.second_model)
    streams.background(asker.run, asker.halt)
    streams.agent("second", CANDIDATES, asker.take)
