"""The budget: how many questions one of several workers may ask in a minute and in a day. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

MINUTE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """How many questions of a partition were asked on a day in UTC."""

    day: date
    asked: int

    def by(self, now: datetime) -> int:
        """How many questions were asked today."""
        return self.asked if self.day == _day(now) else 0

    def more(self, now: datetime, more: int = 1) -> "Spent":
        """The count after more questions."""
        return Spent(day=_day(now), asked=max(0, self.by(now) + more))


NOTHING = Spent(day=date.min, asked=0)


def share(per_day: int, partition: int, partitions: int) -> int:
    """How many questions a day one partition may ask. The shares of all partitions add up to the whole."""
    return per_day * (partition + 1) // partitions - per_day * partition // partitions


def pause_between(per_minute: float, own: int, partitions: int) -> float:
    """Seconds between two questions of a worker that has `own` of the partitions."""
    return MINUTE * partitions / (per_minute * own)


def _day(now: datetime) -> date:
    return now.astimezone(UTC).date()
