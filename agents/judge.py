"""judge: makes evidence and verdicts into the status of their claim, its events and its snapshot."""

from itertools import islice

from claimwire.claim_state import ClaimState
from claimwire.claims import ClaimChange
from claimwire.judging import judge as judge_change
from claimwire.snapshots import snapshot
from claimwire.verdicts import Verdict
from streams.codecs import (
    CLAIM_CHANGE,
    decode,
    decode_keyed_verdict,
    decode_row,
    encode,
    event_headers,
    status_in,
)
from streams.engine.app import Event, Record, Streams
from streams.engine.batches import Agent, Handled, Stumbled, in_step
from streams.engine.cache import Cache
from streams.engine.stores import GROUP_ENDS
from streams.engine.tables import by_partition
from streams.kafka.client import topic_name
from streams.kafka.topics import CLAIM_TABLE, EVIDENCE, SNAPSHOTS, STATUS, VERDICTS

AT_ONCE = 200
"""The most records that are judged together, if many wait."""

Place = tuple[int, str]
"""A partition and one of its claims."""


class Judge(Agent[ClaimChange | Verdict]):
    """The agent."""

    name = "judge"

    def __init__(self, streams: Streams) -> None:
        self._metrics = streams.metrics
        self._verdicts = topic_name(streams.settings, VERDICTS)
        self._trusted = streams.settings.trusted
        self._table = streams.table(CLAIM_TABLE)
        self._claims: Cache[str, ClaimState] = Cache(streams.settings.cache_statements, _size)
        self._new: dict[Place, ClaimState] = {}
        self._writes: dict[Place, list[dict[tuple[int, bytes], bytes]]] = {}
        self._table.on_recover(self._begin)

    async def read(self, event: Event) -> ClaimChange | Verdict:
        """Decode a record."""
        if event.message.topic != self._verdicts:
            return decode(CLAIM_CHANGE, event.value)
        return decode_keyed_verdict(event.key, event.value)

    async def take(self, event: Event, read: ClaimChange | Verdict) -> Handled:
        """Judge a record's claim, and say what to send."""
        claim, partition = read.claim, event.message.partition
        state = self._new.get((partition, claim)) or self._state(partition, claim)
        try:
            judgement = judge_change(state, read)
            claim_now = snapshot(judgement.state)
        except Exception as error:  # a fault of ours must not stop the wire
            raise Stumbled(f"{type(error).__name__}: {error}") from error
        changed = judgement.event
        told = [Record(SNAPSHOTS, claim.encode(), encode(claim_now) if claim_now else None)]
        if changed:
            told.insert(0, Record(STATUS, claim.encode(), encode(changed), event_headers(changed)))
        told += [Record(EVIDENCE, each.claim.encode(), encode(each)) for each in judgement.onward]
        rows = {(partition, _key(claim, key)): encode(judgement.state.row(key)) for key in judgement.kept}
        first = dict(islice(rows.items(), 1))  # it has the event, so it is kept before the rest
        rest = {key: row for key, row in rows.items() if key not in first}
        self._writes.setdefault((partition, claim), []).extend(each for each in (first, rest) if each)
        self._new[partition, claim] = judgement.state
        return Handled(told, lambda: self._metrics.judged(state.status, judgement.state.status, changed))

    async def keep(self) -> None:
        """Keep the claims. Each change of a claim waits until the change before it is safe."""
        for writes in in_step(self._writes.values()):
            await self._table.put_all(by_partition(writes))
        for (_, claim), state in self._new.items():
            self._claims.keep(claim, state)
        self.forget()

    def forget(self) -> None:
        """Forget the changes that are not kept yet."""
        self._new.clear()
        self._writes.clear()

    def _state(self, partition: int, claim: str) -> ClaimState:
        state = self._claims.get(claim)
        if state is None:
            prefix = _key(claim)
            rows = self._table.group(partition, claim.encode())
            names = {key: key.removeprefix(prefix).decode() for key in rows}
            kept = {name: decode_row(name, rows[key]) for key, name in names.items()}
            state = ClaimState.restored(claim, kept, self._trusted)
        return state

    async def _begin(self) -> None:
        """Begin anew after a rebalance: other workers may now have the claims in memory, and this one other claims."""
        self._claims.clear()
        self.forget()
        self._metrics.recount_claims(self._table.groups(), status_in)


def judge(streams: Streams) -> None:
    """Register the agent."""
    streams.batches([EVIDENCE, VERDICTS], Judge(streams), AT_ONCE)


def _size(state: ClaimState) -> int:
    """How many rows of a claim are in memory."""
    return len(state.held) + len(state.verdicts)


def _key(claim: str, part: str = "") -> bytes:
    return claim.encode() + GROUP_ENDS + part.encode()
