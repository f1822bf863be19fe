"""Stands in for the follower of a store."""

import asyncio

from board.following import News


class Moving:
    """Tells of what it is told."""

    def __init__(self) -> None:
        self.news = News("one", 0)
        self._moved = asyncio.Condition()

    async def tell(self, news: News) -> None:
        async with self._moved:
            self.news = news
            self._moved.notify_all()

    async def moved(self, known: News) -> News:
        async with self._moved:
            await self._moved.wait_for(lambda: self.news != known)
            return self.news
