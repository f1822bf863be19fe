"""Corrections: each becomes a verdict, which is checked, sent to Kafka, and awaited in the board's store."""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic
from typing import Any

from aiokafka.errors import KafkaError
from sqlalchemy import select

from board.packing import unpack
from board.queries import claim as whole_claim
from board.store import BoardStore
from board.tables import claims, verdicts
from claimwire.rules import rule
from claimwire.verdict_json import from_json
from claimwire.verdict_weighing import EVERYBODY, Trusted
from claimwire.verdicts import IsOneWith, Maker, Verdict
from streams.desk.ledger_index import LedgerIndex
from streams.desk.requests import Asked, Desk
from streams.errors import KafkaRefuses, KafkaUnreachable, TopicsDiffer, UserError

SEND_SECONDS = 15.0
SHOW_SECONDS = 5.0
"""How long to wait for a verdict to reach the store and to have its effect."""

LOOK_SECONDS = 0.05
MOST_ALIKE = 6
"""Claims that are read where several ids begin alike: enough to say that there are several."""

MOST_ON_THE_WAY = 1_000
BEGINS = rule(r"[0-9a-f]{4,20}", finds="b390de74", passes="b39", where="whole")


class ClaimChanged(Exception):
    """The claim has changed since its page was read."""


class NotSent(Exception):
    """The broker did not acknowledge the verdict; the message says why."""


@dataclass(frozen=True, slots=True)
class Given:
    """A verdict that was sent.

    Attributes
    ----------
    shown
        Whether the board's store has it.
    """

    verdict: Verdict
    shown: bool


@dataclass(slots=True)
class Corrections:
    """Checks corrections and sends them.

    Attributes
    ----------
    send
        Sends a verdict to its topic; on return the broker has acknowledged it.
    trusted
        Whose verdicts count.
    """

    store: BoardStore
    send: Callable[[Verdict], Awaitable[None]]
    trusted: Trusted = EVERYBODY
    _on_the_way: dict[str, Verdict] = field(default_factory=dict)
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def give(self, claim: str, asked: Asked, maker: Maker, seen: str | None = None) -> Given:
        """Make and send a verdict on a claim.

        Parameters
        ----------
        claim
            Id of the claim.
        asked
            The verdict, as in a line of a file of verdicts.
        maker
            The maker, if the verdict names none.
        seen
            The version of the claim that the maker has read; None to skip the check.

        Raises
        ------
        ClaimChanged
            If the claim has another version by now.
        UserError
            If the verdict says nothing that can be done.
        NotSent
            If the broker does not take it.
        """
        async with self._one_at_a_time:
            state = await asyncio.to_thread(whole_claim, self.store, claim)
            if seen is not None and state and seen != version_of(state, self._sent_on(claim)):
                raise ClaimChanged
            ledger = await asyncio.to_thread(self._ledger, claim, asked)
            desk = Desk(ledger, maker)
            if desk.was_made(asked):
                return Given(ledger.verdicts[asked["id"]], True)
            made = desk.verdict(asked, datetime.now(UTC))
            if made.claim != claim:
                raise UserError(f"the verdict speaks of claim {made.claim}, and this is claim {claim}.")
            await self._send(made)
            while len(self._on_the_way) >= MOST_ON_THE_WAY:
                del self._on_the_way[next(iter(self._on_the_way))]
            self._on_the_way[made.id] = made
        return Given(made, await self._comes(made, _state(state)))

    def _sent_on(self, claim: str) -> set[str]:
        return {v.id for v in self._on_the_way.values() if v.claim == claim}

    def _ledger(self, claim: str, asked: Asked) -> LedgerIndex:
        """The claims and verdicts against which the new verdict is checked."""
        says = asked.get("says")
        into = says.get("into") if isinstance(says, Mapping) else None
        begins = [claim, *([into] if isinstance(into, str) else ())]
        shown, given = _around(self.store, begins)
        return LedgerIndex(shown, [*given, *self._on_the_way.values()], self.trusted)

    async def _send(self, made: Verdict) -> None:
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self.send(made)
        except TimeoutError:
            raise NotSent(
                "The broker has not acknowledged the verdict in time. It may arrive all the same: "
                "look before you repeat it."
            ) from None
        except (KafkaUnreachable, KafkaRefuses, TopicsDiffer) as error:
            raise NotSent(str(error)) from None
        except (KafkaError, OSError) as error:
            raise NotSent(f"The broker did not take the verdict: {error or type(error).__name__}") from None

    async def _comes(self, made: Verdict, before: str) -> bool:
        """Wait for a while until the store has a verdict and its effect; returns whether it has the verdict."""
        until = monotonic() + SHOW_SECONDS
        here = False
        while monotonic() < until:
            state = await asyncio.to_thread(whole_claim, self.store, made.claim)
            here = state is not None and made.id in {v.id for v in state["given"]}
            if state and here:
                self._on_the_way.pop(made.id, None)
                folded = made.id in {v["id"] for v in state.get("verdicts", ())}
                if folded or _state(state) != before or not self.trusted.counts(made.maker):
                    return True
            await asyncio.sleep(LOOK_SECONDS)
        return here


def version_of(claim: Mapping[str, Any], sent: Iterable[str] = ()) -> str:
    """The version of a claim, which changes with its status, its evidence and its verdicts.

    Parameters
    ----------
    claim
        The claim whole, as the store has it.
    sent
        Ids of the verdicts that are on their way to the store.
    """
    return _digest([_state(claim), sorted({*(v.id for v in claim["given"]), *sent})])


def _state(claim: Mapping[str, Any] | None) -> str:
    """How a claim stands, but for the verdicts that were given on it."""
    if claim is None:
        return ""
    lines = [[line["statement"], line["relation"]] for line in claim.get("evidence", ())]
    aside = [line["statement"] for line in claim.get("set_aside", ())]
    decider = (claim.get("decided_by") or {}).get("verdict", "")
    return _digest([claim["word"], claim["gone"], claim["superseded_by"], decider, lines, aside])


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:32]


def _around(store: BoardStore, begins: Iterable[str]) -> tuple[list[Any], list[Verdict]]:
    """The claims whose ids begin so, with those under which verdicts have them go on, and all verdicts on them."""
    shown: dict[str, Any] = {}
    given: list[Verdict] = []
    seen, open_ = set[str](), [each.strip().casefold() for each in begins]
    with store.reading() as connection:
        while open_:
            begin = open_.pop()
            if not BEGINS.fullmatch(begin):
                continue
            alike = select(claims.c.id, claims.c.present, claims.c.snapshot).where(
                claims.c.id >= begin, claims.c.id < begin + "g"
            )
            for id, present, snapshot in connection.execute(alike.limit(MOST_ALIKE)):
                if id in seen:
                    continue
                seen.add(id)
                if present:
                    shown[id] = unpack(snapshot)
                kept = connection.execute(select(verdicts.c.json).where(verdicts.c.claim == id)).scalars()
                found = [from_json(unpack(each)) for each in kept]
                given += found
                open_ += [v.says.into for v in found if isinstance(v.says, IsOneWith)]
    return list(shown.values()), given
