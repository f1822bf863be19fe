"""A cache of the values used last, up to a bound."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Cache(Generic[K, V]):
    """The values used last, as many as the bound allows by weight, but at least one.

    Parameters
    ----------
    weigh
        Gives the weight of a value. It may change while the value is kept.
    """

    def __init__(self, bound: int, weigh: Callable[[V], int]) -> None:
        self._bound = bound
        self._weigh = weigh
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._total = 0

    def get(self, key: K) -> V | None:
        """The value of a key; None if it is not kept."""
        kept = self._kept.get(key)
        return kept[0] if kept else None

    def keep(self, key: K, value: V) -> None:
        """Keep a value as the last one used, and drop those unused for longest."""
        self.drop(key)
        weight = max(1, self._weigh(value))
        self._kept[key] = value, weight
        self._total += weight
        while self._total > self._bound and len(self._kept) > 1:
            self.drop(next(iter(self._kept)))

    def drop(self, key: K) -> None:
        """Drop a value."""
        _, weight = self._kept.pop(key, (None, 0))
        self._total -= weight

    def clear(self) -> None:
        """Drop all values."""
        self._kept.clear()
        self._total = 0
