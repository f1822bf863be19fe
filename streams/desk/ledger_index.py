"""The ledger index: looks up claims, statements and verdicts by their ids or by the beginnings of ids."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from claimwire.snapshots import all_evidence, read_as
from claimwire.verdict_fates import Fated, fates
from claimwire.verdict_json import carried
from claimwire.verdict_weighing import EVERYBODY, Rulings, Trusted, rulings
from claimwire.verdicts import Bears, CarriedStatement, IsOneWith, Verdict
from streams.errors import UserError

Claim = Mapping[str, Any]
LIST_CLAIMS = "`claimwire claims` lists them."


class LedgerIndex:
    """The claims of the ledger, and the verdicts so far.

    Parameters
    ----------
    claims
        The snapshots of the ledger.
    verdicts
        All verdicts that were made.
    trusted
        Whose verdicts count.
    """

    def __init__(self, claims: Iterable[Claim], verdicts: Iterable[Verdict], trusted: Trusted = EVERYBODY) -> None:
        self.claims = {str(c["id"]): c for c in claims}
        self.verdicts: dict[str, Verdict] = {}
        self._trusted = trusted
        self._on: dict[str, list[Verdict]] = defaultdict(list)
        self._shown = {line["statement"]: carried(line) for c in self.claims.values() for line in all_evidence(c)}
        self._brought: dict[str, CarriedStatement] = {}
        for v in verdicts:
            self.add(v)

    def add(self, verdict: Verdict) -> None:
        """Add a verdict."""
        if verdict.id not in self.verdicts:
            self.verdicts[verdict.id] = verdict
            self._on[verdict.claim].append(verdict)
            if isinstance(verdict.says, Bears) and verdict.says.carried:
                self._brought[verdict.says.statement] = verdict.says.carried

    def is_known(self, claim: str) -> bool:
        """Whether the ledger shows a claim, or a verdict speaks of it."""
        return claim in self.claims or bool(self._on.get(claim))

    def last_on(self, claim: str) -> datetime | None:
        """When the last verdict on a claim was made; None where there is none."""
        return max((v.time for v in self._on.get(claim, ())), default=None)

    def ruled(self, claim: str) -> Rulings:
        """The verdicts that hold on a claim."""
        return rulings(v for v in self._on.get(claim, ()) if self._trusted.counts(v.maker))

    def fate(self, verdict: Verdict) -> Fated:
        """What has become of a verdict."""
        return next(f for f in fates(self._on[verdict.claim], self._trusted) if f.verdict == verdict)

    def path(self, claim: str) -> list[str]:
        """A claim, then the claims under which it goes on one after another. The last one is still in the ledger."""
        path = [claim]
        while (merged := self.ruled(path[-1]).merged) and isinstance(merged.says, IsOneWith):
            if merged.says.into in path:
                break
            path.append(merged.says.into)
        return path

    def joined(self, claim: str) -> set[str]:
        """Ids of the statements that the reading has joined to a claim, even if verdicts have taken them out."""
        return {line["statement"] for line in all_evidence(self.claims[claim]) if read_as(line)}

    def statements_of(self, claim: str) -> dict[str, CarriedStatement]:
        """The statements of a claim: those that bear on it, those taken out, and those that verdicts have brought."""
        says = [v.says for v in self._on.get(claim, ())]
        brought = {s.statement: s.carried for s in says if isinstance(s, Bears) and s.carried}
        shown = all_evidence(self.claims.get(claim, {}))
        return brought | {line["statement"]: carried(line) for line in shown}

    def statements(self, begins: str) -> dict[str, CarriedStatement]:
        """The statements whose ids begin so, of all claims and verdicts."""
        return beginning(begins, self._brought | self._shown)

    def claim(self, begins: str) -> str:
        """The full id of the claim in the ledger whose id begins so.

        Raises
        ------
        UserError
            If there is none, or several. If a verdict took the claim away, the message says how to bring it back.
        """
        if not beginning(begins, self.claims):
            for gone in beginning(begins, self._on):
                self._tell_where_it_went(gone)
        return the_one(begins, self.claims, "claim", LIST_CLAIMS)

    def claim_or_gone(self, begins: str) -> str:
        """The full id of the claim whose id begins so, in the ledger or taken away by a verdict.

        Raises
        ------
        UserError
            If there is none, or several.
        """
        return the_one(begins, beginning(begins, self.claims) or self._on, "claim", LIST_CLAIMS)

    def _tell_where_it_went(self, claim: str) -> None:
        ruled = self.ruled(claim)
        if ruled.no_claim:
            undo = f"`claimwire verdict undo {ruled.no_claim.id}` brings it back."
            raise UserError(f"claim {claim} was set aside by {ruled.no_claim.maker}. {undo}")
        if ruled.merged:
            undo = f"`claimwire verdict undo {ruled.merged.id}` parts them."
            raise UserError(f"claim {claim} goes on as {self.path(claim)[-1]}: speak of that one. {undo}")


def beginning(begins: str, ids: Mapping[str, Any]) -> dict[str, Any]:
    """The entries whose ids begin so."""
    wanted = begins.strip().lower()
    return {id: value for id, value in ids.items() if id.startswith(wanted)}


def the_one(begins: str, ids: Collection[str], noun: str, remedy: str) -> str:
    """The only id that begins so.

    Raises
    ------
    UserError
        If there is none, or several.
    """
    found = [id for id in ids if id.startswith(begins.strip().lower())]
    if len(found) == 1:
        return found[0]
    some = f"{len(found)} {noun}s begin with {begins!r}: {', '.join(sorted(found)[:5])}{' …' if found[5:] else ''}"
    raise UserError(f"{some if found else f'no {noun} begins with {begins!r}'}. {remedy}")
