from collections.abc import Iterator
from dataclasses import replace

import pytest

from board import recent_changes
from board.change_queries import changes
from board.filters import Filters
from board.following import News
from board.recent_changes import RecentChanges, holding, latest_changes
from board.store import BoardStore
from claimwire.status_events import Gone
from claimwire.statuses import Status
from tests.board.records import Story, take

NEWS, LATER = News("one", 1), News("one", 2)


def filters_of(store: BoardStore) -> Iterator[Filters]:
    """Filters of each kind that let something through, and some of two kinds."""
    yield Filters()
    yield from (Filters(status=(word,)) for word in (*Status, *Gone))
    yield Filters(status=(Status.DISPUTED, Gone.WITHDRAWN))
    rows = changes(store, limit=1000)
    middle = rows[len(rows) // 2].time
    yield from (Filters(since=middle), Filters(until=middle), Filters(as_of=middle))
    for event in {row.claim: row.event for row in rows[::7]}.values():
        claim, outlet = event.claim, event.cause.outlet
        place = claim.place.key if claim.place else ""
        side = Filters(side=claim.side)
        yield from (side, replace(side, status=(str(event.word),)), replace(side, until=middle))
        yield from (Filters(about=about) for about in claim.about)
        yield from (Filters(subject=claim.subject), Filters(place=place), Filters(outlet=outlet))
        first, second, *_ = claim.text.split()
        yield from (
            Filters(words=first),
            Filters(words=f'"{first} {second}"', side=claim.side),
            Filters(words="\u2026"),
        )


def test_filters_let_through_what_they_let_through_in_the_store(store: BoardStore, story: Story) -> None:
    take(store, story.log.records)
    recent = latest_changes(store, NEWS)
    for filters in filters_of(store):
        passing = [change for change in recent.since(0) if change.passes(filters)]
        phrases = filters.phrases()
        if phrases is not None:
            held = holding(store, {change.claim for change in passing}, phrases)
            passing = [change for change in passing if change.claim in held]
        wanted = changes(store, 0, filters, 1000, newest_first=False)
        assert [change.row for change in passing] == wanted, filters


def test_latest_are_kept_in_their_order_and_anew_for_another_store(
    store: BoardStore, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recent_changes, "MOST_KEPT", 3)
    recent = latest_changes(store, NEWS)
    assert recent == RecentChanges(NEWS, after=0, upto=0)
    take(store, story.log.records)
    rows = changes(store, limit=1000, newest_first=False)
    for end in range(3, len(rows) + 1, 3):
        recent = recent.advanced(store, LATER)
        assert [change.row for change in recent.kept] == rows[end - 3 : end]
        assert (recent.after, recent.upto, recent.news) == (end - 3, end, NEWS)
    recent = recent.advanced(store, LATER)
    assert [change.row for change in recent.kept] == rows[-3:]
    assert (recent.upto, recent.news) == (rows[-1].seq, LATER)
    assert recent.place_of(rows[-1].event.id) == rows[-1].seq
    assert recent.place_of(rows[0].event.id) is None
    assert [change.row for change in recent.advanced(store, News("two", 2)).kept] == rows[-3:]
