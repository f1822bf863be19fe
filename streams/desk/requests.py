"""Requests: the desk makes a whole verdict of a request, or says why it cannot."""

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
"""A requested verdict, as a line of a file has it. Ids may be short, and much may be left out."""

MOMENT = timedelta(microseconds=1)
LIST_VERDICTS = "`claimwire verdict list` lists them."


class Desk:
    """Makes verdicts of requests.

    Parameters
    ----------
    ledger
        The index to check requests against. The desk adds each verdict that it makes.
    maker
        The maker of requests that name none.

    Attributes
    ----------
    said
        Statements that no snapshot shows, by their ids. The caller fills in those that `missing` names.
    """

    def __init__(self, ledger: LedgerIndex, maker: Maker) -> None:
        self._ledger = ledger
        self._maker = maker
        self.said: dict[str, CarriedStatement] = {}

    def missing(self, asked: Asked) -> str:
        """The beginning of the requested statement's id, if no claim shows that statement; otherwise empty."""
        says = asked.get("says")
        begins = says.get("statement") if isinstance(says, Mapping) else None
        if asked.get("id") or not isinstance(begins, str) or self._ledger.statements(begins):
            return ""
        return begins.strip().lower()

    def was_made(self, asked: Asked) -> bool:
        """Whether this very verdict was made before."""
        id = asked.get("id")
        return isinstance(id, str) and id in self._ledger.verdicts

    def verdict(self, asked: Asked, now: datetime) -> Verdict:
        """The whole verdict that a request asks for.

        A request with an id is whole, and is taken as it is. For others the desk fills in what they leave out: the
        maker, the time, and the statement if the reading has not joined it to the claim.

        Parameters
        ----------
        now
            The time of the verdict, unless the request gives one. If a verdict on the claim is later, by whatever
            clock, the new one gets the next moment after it, since the latest word counts.

        Raises
        ------
        UserError
            If the request cannot be carried out; the message says what is wrong, and the remedy.
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
        """The verdict whose id begins so. It must not be undone yet."""
        verdict = self._ledger.verdicts[the_one(begins, self._ledger.verdicts, "verdict", LIST_VERDICTS)]
        found = self._ledger.fate(verdict)
        if found.fate is Fate.UNDONE and found.by:
            again = f"`claimwire verdict undo {found.by.id}` makes it hold again."
            raise UserError(f"verdict {verdict.id} is undone already, by {found.by.maker}. {again}")
        return verdict

    def _living(self, begins: str, claim: str) -> str:
        """The claim under which the one whose id begins so goes on. Mostly this is the same claim."""
        path = self._ledger.path(self._ledger.claim_or_gone(begins))
        if claim in path[1:]:
            self._refuse_ring(claim, path[0])
        return self._ledger.claim(path[-1])

    def _statement(self, claim: str, says: Mapping[str, Any]) -> dict[str, Any]:
        """The whole id of a statement, with the statement itself if the verdict must carry it."""
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
        """Check that a verdict speaks of what exists, and makes no ring."""
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
    """A text field without which no id can be looked up."""
    value = said.get(name)
    if not isinstance(value, str) or not value.strip():
        raise UserError(f"{name} is missing, or no text. {EACH_KIND}")
    return value
