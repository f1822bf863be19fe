"""Many items at once: what is extracted goes on to its status change while the rest is extracted."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from claimwire.times import format_time
from tests.stream.harness import Stream, seeds

COPIES = 12
APART = timedelta(days=7)
MOST_WAITING = 0.5
"""Share of all records that may wait at a moment: if extracting came first, all of them would wait in the end."""


def copy(item: dict[str, Any], number: int) -> dict[str, Any]:
    """The item, told by the same outlet some weeks later."""
    times = {name: datetime.fromisoformat(item[name]) for name in ("firstCreated", "versionCreated") if name in item}
    later = {name: format_time(time + number * APART) for name, time in times.items()}
    return {**item, **later, "uri": f"{item['uri']}/{number}"}


def test_link_and_judge_keep_up_while_many_items_are_extracted(stream: Stream) -> None:
    items = [copy(item, n) for n in range(COPIES) for item in seeds()]
    worker = stream.worker()
    stream.produce_items(items)
    topics = ("news.items", "news.statements", "claims.evidence")
    lags = [asyncio.run(stream.lag(topics))]
    while lags[-1]["news.items"]:
        lags.append(asyncio.run(stream.lag(topics)))
    stream.settled(worker)
    assert len(lags) > 3, "nothing was waited for"
    for topic in topics[1:]:
        count = len(stream.records(topic))
        assert max(lag[topic] for lag in lags) <= MOST_WAITING * count, (topic, count, lags)
