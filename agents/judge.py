"""judge: evidence to the status of its claim, its events and its snapshot."""

from claimwire.judging import ClaimState, snapshot
from claimwire.judging import judge as judge_change
from streams.app import Event, Record, Streams
from streams.codecs import CLAIM_STATE, CLAIM_STATUS, EVIDENCE_CHANGE, Undecodable, decode, encode, event_headers
from streams.tables import CLAIM_TABLE
from streams.topics import EVIDENCE, SNAPSHOTS, STATUS


def judge(streams: Streams) -> None:
    """Register the agent."""
    table = streams.table(CLAIM_TABLE)

    async def handle(event: Event) -> None:
        try:
            change = decode(EVIDENCE_CHANGE, event.value)
        except Undecodable as error:
            await streams.reject(event, "judge", str(error))
            return
        claim = change.evidence.claim
        key = claim.encode()
        before = table.read(key)
        state = decode(CLAIM_STATE, before) if before else ClaimState(id=claim)
        try:
            judgement = judge_change(state, change)
            claim_now = snapshot(judgement.state)
        except Exception as error:  # a fault of ours must not stop the wire
            await streams.reject(event, "judge", f"{type(error).__name__}: {error}")
            return
        changed = judgement.event
        told = [Record(SNAPSHOTS, key, encode(claim_now) if claim_now else None)]
        if changed:
            told.insert(0, Record(STATUS, key, encode(changed), event_headers(changed)))
        await streams.send(told)
        if judgement.state is not state:
            await table.put(key, encode(judgement.state))
        streams.metrics.judged(state.status, judgement.state.status, changed)

    async def count() -> None:
        """After every rebalance: the claims may be others."""
        streams.metrics.recount_claims([*table.rows().values()], lambda row: decode(CLAIM_STATUS, row).status)

    table.on_recover(count)
    streams.agent("judge", EVIDENCE, handle)
