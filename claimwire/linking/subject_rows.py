"""Subject rows: what is kept of each statement of a subject, so that its links go on after a restart."""

from dataclasses import dataclass, field

from claimwire.items import Order
from claimwire.linking.decisions import Decision
from claimwire.statements import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRow:
    """A statement at a subject. A withdrawn or pruned statement leaves a stub, so that no old record brings it back.

    Attributes
    ----------
    order
        That of the last item version that said anything of it.
    statement, decision
        The statement, and what it does to the claims before it; None in a stub. A statement without a decision is
        decided when the links are restored.
    revisions
        How often its part in each claim has changed, as reported.
    left
        Claims that it still bears on, but that are too old to be linked here any more.
    pruned
        Whether this is the stub of a statement that was too old to be kept.
    """

    order: Order
    statement: Statement | None = None
    decision: Decision | None = None
    revisions: dict[str, int] = field(default_factory=dict)
    left: tuple[str, ...] = ()
    pruned: bool = False
