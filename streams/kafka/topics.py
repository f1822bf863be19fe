"""The table of topics. Only this table decides a topic's name, key, value and retention."""

from collections.abc import Iterable
from dataclasses import dataclass

FOR_EVER = -1
DAYS_MS = 24 * 60 * 60 * 1000
YEAR = 365 * DAYS_MS
MONTH = 30 * DAYS_MS
MAX_MESSAGE_BYTES = 16 * 1024 * 1024
"""The most bytes of one record, such as a long item or a claim with thousands of statements."""

HEADROOM = 64 * 1024
"""Room for the reason that is added when the largest record is rejected."""

LARGEST = MAX_MESSAGE_BYTES - HEADROOM
"""The most bytes of a key and a value, which leave room for headers and what Kafka adds."""

ITEM_TABLE = "items"
SUBJECT_TABLE = "subjects"
CLAIM_TABLE = "claims"
OUTBOX_TABLE = "outboxes"
QUESTION_TABLE = "questions"
CHANGELOGS = (ITEM_TABLE, SUBJECT_TABLE, CLAIM_TABLE, OUTBOX_TABLE, QUESTION_TABLE)
"""The agents' tables. Their changelog topics are made besides the table of topics."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One row of the table.

    Attributes
    ----------
    key, value
        What a record's key and value are.
    retention_ms
        How long records are kept, in milliseconds; -1 for ever.
    cleanup
        Kafka's cleanup.policy: delete, or compact to keep the last record of each key.
    written_by
        Who writes it.
    keyed
        Whether the key decides the partition. All such topics have the same number of partitions.
    shared
        Whether all ledgers share it, so that a shadow makes none of its own.
    by_arrival
        Whether a record has the broker's time of arrival instead of the sender's time.
    """

    name: str
    key: str
    value: str
    retention_ms: int
    cleanup: str
    written_by: str
    keyed: bool = True
    shared: bool = False
    by_arrival: bool = False

    def config(self) -> dict[str, str]:
        """Kafka's settings of the topic."""
        return {
            "cleanup.policy": self.cleanup,
            "retention.ms": str(self.retention_ms),
            "max.message.bytes": str(MAX_MESSAGE_BYTES + (0 if self.keyed else HEADROOM)),
            "message.timestamp.type": "LogAppendTime" if self.by_arrival else "CreateTime",
        }


ITEMS = Topic("news.items", "item uri", "ninjs 3 JSON", FOR_EVER, "delete", "feeds", shared=True, by_arrival=True)
STATEMENTS = Topic(
    "news.statements", "subject", "what an item version says there, and no longer says", YEAR, "delete", "extract"
)
REMARKS = Topic(
    "news.remarks",
    "record:side, statement id",
    "an outlet's remark on a side's record; null once withdrawn",
    FOR_EVER,
    "compact",
    "extract",
)
CANDIDATES = Topic(
    "claims.candidates",
    "claim id",
    "a statement that may bear on the claim, for a second opinion",
    MONTH,
    "delete",
    "link",
)
EVIDENCE = Topic("claims.evidence", "claim id", "evidence joined and withdrawn by one change", YEAR, "delete", "link")
STATUS = Topic("claims.status", "claim id", "CloudEvents, binary mode: claim status changed", YEAR, "delete", "judge")
SNAPSHOTS = Topic(
    "claims.snapshots", "claim id", "the whole claim; null once nothing asserts it", FOR_EVER, "compact", "judge"
)
VERDICTS = Topic(
    "claims.verdicts",
    "claim id",
    "a person's or a model's word on a claim and its evidence",
    FOR_EVER,
    "delete",
    "people, models",
    shared=True,
    by_arrival=True,
)
MATCHES = Topic(
    "claims.matches",
    "name of the rule",
    "status change that a rule asks for, or that follows upon one",
    MONTH,
    "delete",
    "alert",
)
ALERTS = Topic(
    "claims.alerts",
    "claim id, of a digest the first one's",
    "an alert that was delivered, or is dead after its last try",
    YEAR,
    "delete",
    "deliver",
)
REJECTED = Topic(
    "news.rejected", "as it came", "the bytes as they came, reason in headers", MONTH * 3, "delete", "any", keyed=False
)
LEDGERS = Topic(
    "claims.ledgers",
    "`current`",
    "name of the ledger that readers read, and since when",
    FOR_EVER,
    "compact",
    "replay promote",
    keyed=False,
    shared=True,
)

TOPICS: tuple[Topic, ...] = (
    ITEMS,
    STATEMENTS,
    REMARKS,
    EVIDENCE,
    CANDIDATES,
    STATUS,
    SNAPSHOTS,
    VERDICTS,
    MATCHES,
    ALERTS,
    REJECTED,
    LEDGERS,
)


def as_markdown(topics: Iterable[Topic] = TOPICS) -> str:
    """The table as docs/reference shows it."""
    rows = ["| topic | key | value | kept | cleanup | written by |", "|---|---|---|---|---|---|"]
    for t in topics:
        kept = "for ever" if t.retention_ms == FOR_EVER else f"{t.retention_ms // DAYS_MS} days"
        rows.append(f"| `{t.name}` | {t.key} | {t.value} | {kept} | {t.cleanup} | {t.written_by} |")
    return "\n".join(rows) + "\n"
