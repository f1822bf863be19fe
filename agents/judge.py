"""judge: evidence to the status of its claim, its events and its snapshot."""

from itertools import islice

from claimwire.judging import ClaimState, snapshot
from claimwire.judging import judge as judge_change
from streams.app import Event, Record, Streams
from streams.codecs import CLAIM_CHANGE, HELD, Undecodable, decode, encode, event_headers, status_in
from streams.recent import Recent
from streams.stores import GROUP_ENDS
from streams.topics import CLAIM_TABLE, EVIDENCE, SNAPSHOTS, STATUS


def judge(streams: Streams) -> None:
    """Register the agent."""
    table = streams.table(CLAIM_TABLE)
    claims: Recent[str, ClaimState] = Recent(streams.settings.cache_statements, lambda state: len(state.held))

    def state_of(claim: str) -> ClaimState:
        state = claims.get(claim)
        if state is None:
            prefix = _key(claim)
            rows = table.group(claim.encode())
            held = {key.removeprefix(prefix).decode(): decode(HELD, row) for key, row in rows.items()}
            state = ClaimState.restored(claim, held)
        return state

    async def handle(event: Event) -> None:
        try:
            change = decode(CLAIM_CHANGE, event.value)
        except Undecodable as error:
            await streams.reject(event, "judge", str(error))
            return
        claim = change.claim
        state = state_of(claim)
        try:
            judgement = judge_change(state, change)
            claim_now = snapshot(judgement.state)
        except Exception as error:  # a fault of ours must not stop the wire
            await streams.reject(event, "judge", f"{type(error).__name__}: {error}")
            return
        changed = judgement.event
        told = [Record(SNAPSHOTS, claim.encode(), encode(claim_now) if claim_now else None)]
        if changed:
            told.insert(0, Record(STATUS, claim.encode(), encode(changed), event_headers(changed)))
        await streams.send(told)
        rows = {_key(claim, key): encode(judgement.state.held[key]) for key in judgement.kept}
        first = dict(islice(rows.items(), 1))  # it has the event: nothing may be kept without it
        await table.put_all(first)
        await table.put_all(rows)
        claims.keep(claim, judgement.state)
        streams.metrics.judged(state.status, judgement.state.status, changed)

    async def forget() -> None:
        """After every rebalance: what is in memory may be another worker's now, and the claims may be others."""
        claims.clear()
        streams.metrics.recount_claims(table.groups(), status_in)

    table.on_recover(forget)
    streams.agent("judge", EVIDENCE, handle)


def _key(claim: str, part: str = "") -> bytes:
    return claim.encode() + GROUP_ENDS + part.encode()
