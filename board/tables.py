"""Tables: the read model, the same on SQLite and on PostgreSQL. Moments are milliseconds since 1970.

Each backend has a table of its own for searches by words: see `board.full_text`.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)

NUMBER = BigInteger().with_variant(Integer, "sqlite")
"""The number of a row. On SQLite only INTEGER is the row's own number."""

metadata = MetaData()

meta = Table("meta", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
"""Facts about the store: the version of its tables, its generation, and its stream."""

offsets = Table(
    "offsets",
    metadata,
    Column("topic", Text, nullable=False),
    Column("partition", Integer, nullable=False),
    Column("next", BigInteger, nullable=False),
    PrimaryKeyConstraint("topic", "partition"),
)
"""The offset of each partition's next record, written together with the rows of the records before it."""

claims = Table(
    "claims",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("present", Boolean, nullable=False),
    Column("status", Text, nullable=False),
    Column("gone", Text, nullable=False),
    Column("superseded_by", Text, nullable=False),
    Column("sources", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("headline", Text, nullable=False),
    Column("claimant", Text, nullable=False),
    Column("side", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("published", BigInteger, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("updated", BigInteger, nullable=False),
    Column("complete", BigInteger, nullable=False),
    Column("in_favour", Integer, nullable=False),
    Column("against", Integer, nullable=False),
    Column("decider_kind", Text, nullable=False),
    Column("decider_name", Text, nullable=False),
    Column("decider_reason", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("told", Text, nullable=False),
    Column("tags", Text, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("snapshot", LargeBinary),
    Index("claims_by_change", "present", "changed", "number"),
    Index("claims_by_beginning", "present", "since", "number"),
    Index("claims_by_last_word", "present", "updated", "number"),
)
"""A row for each claim. Claims that have left the ledger are not `present`; only their events say anything of them.

`complete` is the latest moment in the snapshot. `changed` is when the last status event arrived, and `told` is what
has become of the claim by that event. `tags` are the facets of kinds of which a claim may have many, in JSON. The
snapshot is compressed JSON.
"""

facets = Table(
    "facets",
    metadata,
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("claim", NUMBER, nullable=False),
    PrimaryKeyConstraint("kind", "name", "changed", "claim"),
    sqlite_with_rowid=False,
)
"""The facets by which claims are listed, such as a side, a place or an outlet, each in the order of the last change."""

tallies = Table(
    "tallies",
    metadata,
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("claims", BigInteger, nullable=False),
    PrimaryKeyConstraint("kind", "name", "status"),
    sqlite_with_rowid=False,
)
"""How many claims each facet has, by status. Each change updates the tallies, since counting anew takes seconds."""

changes = Table(
    "changes",
    metadata,
    Column("seq", NUMBER, primary_key=True, autoincrement=False),
    Column("event", Text, nullable=False, unique=True),
    Column("claim", NUMBER, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("time", BigInteger, nullable=False),
    Column("previous", Text, nullable=False),
    Column("word", Text, nullable=False),
    Column("json", LargeBinary, nullable=False),
    Index("changes_by_claim", "claim", "seq"),
    Index("changes_by_time", "time"),
)
"""A row for each status event, numbered by arrival. `at` is when the event arrived, and `time` the event's own time.

`previous` and `word` are a status, or why the claim was not in the ledger. They are empty if it was never there before.
"""

days = Table(
    "days",
    metadata,
    Column("day", Integer, nullable=False),
    Column("previous", Text, nullable=False),
    Column("word", Text, nullable=False),
    Column("changes", BigInteger, nullable=False),
    PrimaryKeyConstraint("day", "previous", "word"),
    sqlite_with_rowid=False,
)
"""How many changes of each kind each day has, by the events' own time. Days are numbered since 1970."""

verdicts = Table(
    "verdicts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("claim", Text, nullable=False),
    Column("time", BigInteger, nullable=False),
    Column("json", LargeBinary, nullable=False),
    Index("verdicts_by_claim", "claim", "time"),
)
"""A row for each verdict, whether it counts or not."""
