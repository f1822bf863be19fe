"""Named points at which a worker is killed, by a plugin in its process (`tests/faults/striker.py`).

Random kills seldom hit the moment between two steps of an agent. A strike names the step, and is sure to come there.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Strike:
    """A SIGKILL at a point that a worker comes to.

    Attributes
    ----------
    when
        ``before`` the step, ``after`` it (the broker has answered), or ``midway``: of several records, the first is
        safe and the others are not sent; of several rows, the first of each subject or claim. Then only steps with
        several of them count.
    step
        ``send`` (records that an agent tells), ``write`` (rows to a table's changelog) or ``ack`` (a record counts as
        read).
    of
        The topic that it sends to or acknowledges; the table that it writes, or ``journal``.
    time
        At which of these steps, counted from when the strike was ordered.
    repeats
        Whether no offset is committed from the order on, so that the next process does everything again. Otherwise
        everything that is acknowledged is committed before the kill. These are the two ends of what chance may do.
    gathered
        Whether the agents wait for all that was fed, and take it in as one batch. Otherwise a batch is of as many
        records as happen to wait, which is mostly one.
    """

    when: str
    step: str
    of: str
    time: int = 1
    repeats: bool = False
    gathered: bool = False

    def __str__(self) -> str:
        again = ", nothing committed" if self.repeats else ""
        together = ", in one batch" if self.gathered else ""
        return f"{self.when} {self.step} {self.time} of {self.of}{again}{together}"


UNSENT_EVIDENCE = Strike("before", "send", "claims.evidence")
UNSENT_STATEMENTS = Strike("before", "send", "news.statements")
TORN_ROWS = Strike("midway", "write", "subjects")
REPEATED_EVIDENCE = Strike("after", "ack", "claims.evidence", time=5, repeats=True)
READ_IN_PART = Strike("after", "ack", "news.items", gathered=True)

STRIKES = (
    UNSENT_EVIDENCE,
    UNSENT_STATEMENTS,
    Strike("before", "send", "claims.status"),
    Strike("midway", "send", "claims.status"),
    *(Strike("before", "write", table) for table in ("items", "subjects", "claims")),
    Strike("after", "write", "journal", time=1),
    Strike("after", "write", "journal", time=2),
    TORN_ROWS,
    Strike("after", "write", "journal", time=3),
    *(Strike("after", "write", table) for table in ("items", "subjects", "claims")),
    Strike("after", "write", "claims", time=2),
    *(Strike("after", "ack", topic) for topic in ("news.items", "news.statements", "claims.evidence")),
    REPEATED_EVIDENCE,
    *(Strike("midway", "send", topic, gathered=True) for topic in ("news.statements", "claims.evidence")),
    *(Strike("midway", "write", table, gathered=True) for table in ("items", "subjects")),
    Strike("after", "write", "claims", gathered=True),
    READ_IN_PART,
    *(Strike("after", "ack", topic, gathered=True) for topic in ("news.statements", "claims.evidence")),
    replace(REPEATED_EVIDENCE, gathered=True),
)
"""Of them, `make test` has the first."""
