"""Stands in for the broker, the worker and the follower of a board that takes corrections."""

from board.store import BoardStore
from claimwire.verdicts import Verdict
from streams.errors import KafkaUnreachable
from tests.board.records import Log, story_of, take
from tests.unit.builders import seed_items

TOKEN = "a token of many characters"


class SeedLedger:
    """The ledger of the seeds; what is sent is in the store at once.

    Attributes
    ----------
    away
        Whether no broker answers.
    lost
        Whether what is sent stays away from the store.
    """

    def __init__(self, store: BoardStore) -> None:
        self._store = store
        self.sent: list[Verdict] = []
        self.away = self.lost = False
        self.arrive()

    def _log(self) -> Log:
        return story_of([*seed_items(), *self.sent]).log

    async def send(self, verdict: Verdict) -> None:
        if self.away:
            raise KafkaUnreachable("nothing answers at 127.0.0.1:9092.")
        self.sent.append(verdict)
        if not self.lost:
            self.arrive()

    def arrive(self) -> None:
        """Bring the store up to date: records that it has are passed over."""
        take(self._store, self._log().records)
