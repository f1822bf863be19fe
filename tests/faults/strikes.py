"""Named points at which a worker is killed, by a plugin in its process (`tests/faults/striker.py`).

Random kills seldom hit the moment between two steps of an agent. A strike names the step, and is sure to come there.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Strike:
    """A SIGKILL at a point that a worker comes to.

    Attributes
    ----------
    when
        ``before`` the step, ``after`` it (the broker has answered), or ``midway``: of several records, the last is
        not sent and the others are safe. Then only steps with several records count.
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
    """

    when: str
    step: str
    of: str
    time: int = 1
    repeats: bool = False

    def __str__(self) -> str:
        again = ", nothing committed" if self.repeats else ""
        return f"{self.when} {self.step} {self.time} of {self.of}{again}"


UNSENT_EVIDENCE = Strike("before", "send", "claims.evidence")
UNSENT_STATEMENTS = Strike("before", "send", "news.statements")
TORN_ROWS = Strike("midway", "write", "subjects")
REPEATED_EVIDENCE = Strike("after", "ack", "claims.evidence", time=4, repeats=True)

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
    Strike("midway", "write", "claims"),
    *(Strike("after", "write", table) for table in ("items", "subjects", "claims")),
    *(Strike("after", "ack", topic) for topic in ("news.items", "news.statements", "claims.evidence")),
    REPEATED_EVIDENCE,
)
"""Of them, `make test` has the first."""
