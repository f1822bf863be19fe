"""Requests: what somebody asks for becomes a whole verdict, or the reason why it can't."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from claimwire.times import format_time
from claimwire.verdict_fates import Fate
from claimwire.verdicts import Bears, CarriedStatement, IsOneWith, Maker, Verdict
from streams.codecs import Undecodable, decode_verdict, encode
from streams.desk.ledger_index import LIST_CLAIMS, LedgerIndex, beginning, the_one
from streams.errors import UserError
from streams.verdict_files import EACH_KIND

Asked = Mapping[str, Any]
"""A verdict as a line of a file has it, in which ids may be short and much may be left out."""

MOMENT = timedelta(microseconds=1)
LIST_VERDICTS = "`claimwire verdict list` lists them."


class Desk:
    """Makes verdicts of what is asked for.

    Parameters
    ----------
    ledger
        What they are checked against; each that is made is taken into it.
    maker
        Who makes those that do not say so themselves.

    Attributes
    ----------
    said
        Statements that no snapshot shows, by their ids: those that `missing` has asked for.
    """

    def __init__(self, ledger: LedgerIndex, maker: Maker) -> None:
        self._ledger = ledger
        self._maker = maker
        self.said: dict[str, CarriedStatement] = {}

    def missing(self, asked: Asked) -> str:
        """How the id of the statement begins that is asked for, where no claim shows it; else empty."""
        says = asked.get("says")
        begins = says.get("statement") if isinstance(says, Mapping) else None
        if asked.get("id") or not isinstance(begins, str) or self._ledger.statements(begins):
            return ""
        return begins.strip().lower()

    def was_made(self, asked: Asked) -> bool:
        """Whether this very verdict was made before."""
        return asked.get("id") in self._ledger.verdicts

    def verdict(self, asked: Asked, now: datetime) -> Verdict:
        """The whole verdict that is asked for.

        One that has an id is whole, and taken as it is. What another leaves out is filled in: its maker, its time, and
        the statement where the reading has not joined it to the claim.

        Parameters
        ----------
        now
            When it is made, where it does not say so itself; but later than those on the claim before it, by whatever
            clock these were made, since the latest word counts.

        Raises
        ------
        UserError
            If it says nothing that can be done: what is wrong, and the remedy.
        """
        whole = asked if asked.get("id") else self._filled(asked, now)
        try:
            made = decode_verdict(encode(whole))
        except Undecodable as error:
            raise UserError(f"{error}. {EACH_KIND}") from None
        self._check(made)
        self._ledger.add(made)
        return made

    def _filled(self, asked: Asked, now: datetime) -> dict[str, Any]:
        told = {name: value for name, value in asked.items() if value is not None}
        given = {"time": format_time(now), "maker": self._maker, **told}
        says = told.get("says")
        if not isinstance(says, Mapping):
            return given
        said: dict[str, Any] = {}
        if says.get("kind") == "undo":
            undone = self._standing(_text(says, "verdict"))
            claim, said["verdict"] = undone.claim, undone.id
        else:
            claim = self._ledger.claim(_text(told, "claim"))
        if says.get("kind") == "merge":
            said["into"] = self._living(_text(says, "into"), claim)
        if says.get("kind") == "statement":
            said |= self._statement(claim, says)
        if says.get("kind") == "status" and not str(told.get("reason", "")).strip():
            raise UserError("a status is set with a reason, and this has none: say why.")
        last = self._ledger.last_on(claim)
        if "time" not in told and last:
            given["time"] = format_time(max(now, last + MOMENT))
        return {**given, "claim": claim, "says": {**says, **said}}

    def _standing(self, begins: str) -> Verdict:
        """The verdict that begins so, which is not undone yet."""
        verdict = self._ledger.verdicts[the_one(begins, self._ledger.verdicts, "verdict", LIST_VERDICTS)]
        found = self._ledger.fate(verdict)
        if found.fate is Fate.UNDONE and found.by:
            again = f"`claimwire verdict undo {found.by.id}` makes it hold again."
            raise UserError(f"verdict {verdict.id} is undone already, by {found.by.maker}. {again}")
        return verdict

    def _living(self, begins: str, claim: str) -> str:
        """The claim under which one that begins so goes on: itself, mostly."""
        path = self._ledger.path(self._ledger.claim_or_gone(begins))
        if claim in path[1:]:
            self._refuse_ring(claim, path[0])
        return self._ledger.claim(path[-1])

    def _statement(self, claim: str, says: Mapping[str, Any]) -> dict[str, Any]:
        """The whole id of a statement, and the statement itself where the verdict must carry it."""
        begins = _text(says, "statement")
        out = "relation" in says and says["relation"] is None
        here = beginning(begins, self._ledger.statements_of(claim))
        if out and not here:
            raise UserError(f"no statement of claim {claim} begins with {begins!r}. {HAS_IDS}")
        known = here or self._ledger.statements(begins) or self.said
        statement = the_one(begins, known, "statement", HAS_IDS)
        if out or says.get("carried") or statement in self._ledger.joined(claim):
            return {"statement": statement}
        return {"statement": statement, "carried": known[statement]}

    def _check(self, made: Verdict) -> None:
        """See that it speaks of what there is, and makes no ring."""
        says = made.says
        for claim in (made.claim, *((says.into,) if isinstance(says, IsOneWith) else ())):
            if not self._ledger.is_known(claim):
                raise UserError(f"the ledger holds no claim {claim}. {LIST_CLAIMS}")
        if isinstance(says, IsOneWith) and made.claim in self._ledger.path(says.into):
            self._refuse_ring(made.claim, says.into)
        if isinstance(says, Bears) and not (says.carried or says.statement in self._ledger.statements_of(made.claim)):
            raise UserError(
                f"statement {says.statement} is not among the evidence of claim {made.claim}, and the verdict does not "
                "carry it. Leave out the id of the verdict, and the statement is put in."
            )

    def _refuse_ring(self, claim: str, into: str) -> None:
        raise UserError(
            f"claim {into} itself goes on as {claim}, so that they would go round in a ring. "
            f"`claimwire verdict list {into}` shows by whose word: undo that one before."
        )


HAS_IDS = "`claimwire show CLAIM` and `claimwire extract` tell their ids."


def _text(said: Mapping[str, Any], name: str) -> str:
    """A field that must be there for ids to be looked up."""
    value = said.get(name)
    if not isinstance(value, str) or not value.strip():
        raise UserError(f"{name} is missing, or no text. {EACH_KIND}")
    return value
