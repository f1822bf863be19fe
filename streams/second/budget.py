"""The budget: how many questions may be asked in a minute and in a day, by one of several workers. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

MINUTE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """How many questions of a partition were asked on a day, by UTC."""

    day: date
    asked: int

    def by(self, now: datetime) -> int:
        """How many of them were asked today."""
        return self.asked if self.day == _day(now) else 0

    def more(self, now: datetime, more: int = 1) -> "Spent":
        """So many more than these."""
        return Spent(day=_day(now), asked=max(0, self.by(now) + more))


NOTHING = Spent(day=date.min, asked=0)


def share(per_day: int, partition: int, partitions: int) -> int:
    """The questions a day of one partition: together they are all of them, whichever workers have which."""
    return per_day * (partition + 1) // partitions - per_day * partition // partitions


def pause_between(per_minute: float, own: int, partitions: int) -> float:
    """Seconds between two questions of a worker that has so many of the partitions."""
    return MINUTE * partitions / (per_minute * own)


def _day(now: datetime) -> date:
    return now.astimezone(UTC).date()
