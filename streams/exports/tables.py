"""Tables as CSV or Parquet, with a row for each claim or for each piece of evidence."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import IO, Any

from claimwire.places import place_of
from claimwire.snapshots import decided_by, headline, read_as
from claimwire.statements import Relation
from claimwire.times import parse_time
from streams.errors import UserError
from streams.extras import installing

Row = dict[str, Any]

TIMES = frozenset({"published", "since", "updated"})
BETWEEN = "; "
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What begins a formula in some spreadsheet. The last four are the first four in double width."""


class Table(StrEnum):
    """What a row is."""

    CLAIMS = "claims"
    EVIDENCE = "evidence"


def rows(claims: Iterable[Mapping[str, Any]], table: Table) -> Iterator[Row]:
    """The rows of a ledger's claims, all with the same columns in the same order."""
    for claim in claims:
        if table is Table.CLAIMS:
            yield _claim(claim)
        else:
            yield from (_evidence(claim, line) for line in claim["evidence"])


def to_csv(found: Iterable[Row], columns: list[str], as_it_is: bool = False) -> bytes:
    """The rows as CSV (RFC 4180) in UTF-8 with a header line, safe to open in a spreadsheet.

    Parameters
    ----------
    as_it_is
        Whether to leave words as they are, even if a spreadsheet would run them; for programs.
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(found if as_it_is else ({n: _guarded(cell) for n, cell in row.items()} for row in found))
    return text.getvalue().encode()


def _guarded(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula, as OWASP's page on CSV injection says. Numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def write_parquet(found: Iterable[Row], columns: list[str], file: IO[bytes]) -> None:
    """Write a Parquet file, with its times as timestamps in UTC.

    Raises
    ------
    UserError
        If pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise UserError(f"Parquet needs pyarrow: {installing('parquet')}") from None
    kinds: dict[str, Any] = {name: pyarrow.string() for name in columns}
    typed_columns = (
        (pyarrow.timestamp("us", "UTC"), TIMES),
        (pyarrow.int64(), {"version", "start", "end", "sources", *map(str, Relation)}),
        (pyarrow.bool_(), {"implied", "recalled"}),
        (pyarrow.float64(), {"latitude", "longitude"}),
    )
    for kind, names in typed_columns:
        kinds |= dict.fromkeys(names & kinds.keys(), kind)
    typed = [{name: parse_time(v) if name in TIMES else v for name, v in row.items()} for row in found]
    parquet.write_table(pyarrow.Table.from_pylist(typed, pyarrow.schema(list(kinds.items()))), file)


def columns(table: Table) -> list[str]:
    """The columns of a table."""
    return list(CLAIM_COLUMNS if table is Table.CLAIMS else EVIDENCE_COLUMNS)


CLAIM_COLUMNS = (
    "id", "status", "sources", "text", "headline", "claimant", "side", "about", "subject", "outcome", "place",
    "latitude", "longitude", "implied", "published", "since", "updated", "decided_by", *Relation,
)  # fmt: skip
"""A claim's own fields, and for each relation the number of statements that bear on it so."""

EVIDENCE_COLUMNS = (
    "claim", "statement", "relation", "act", "speaker", "side", "outlet", "published", "recalled", "item", "version",
    "part", "start", "end", "quote", "why", "read_as", "verdict",
)  # fmt: skip


def _claim(claim: Mapping[str, Any]) -> Row:
    outcome = claim["outcome"] or {"code": "", "place": ""}
    place = place_of(outcome["place"])
    relations = [line["relation"] for line in claim["evidence"]]
    own = {name: claim[name] for name in CLAIM_COLUMNS if name in claim}
    made = own | {
        "headline": headline(claim),
        "about": BETWEEN.join(claim["about"]),
        "decided_by": decided_by(claim).words,
        "outcome": outcome["code"],
        "place": outcome["place"],
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        **{str(relation): relations.count(relation) for relation in Relation},
    }
    return {name: made[name] for name in CLAIM_COLUMNS}


def _evidence(claim: Mapping[str, Any], line: Mapping[str, Any]) -> Row:
    ruled = {"read_as": read_as(line), "verdict": line.get("verdict", "")}
    made = {**line, **ruled, "claim": claim["id"], "why": BETWEEN.join(line["why"])}
    return {name: made[name] for name in EVIDENCE_COLUMNS}
