import csv
import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import orjson
import pytest
from hypothesis import given
from jsonschema import Draft202012Validator, FormatChecker
from pyarrow import parquet

from claimwire import Item, Ledger, StatusChanged
from claimwire.statuses import Status
from claimwire.times import parse_time
from streams.codecs import encode
from streams.exports import annotations, atom, jsonld, tables
from streams.exports.tables import Table
from tests.unit.builders import extracted, item, ledger_of, seed_items
from tests.unit.wires import wires

SCHEMAS = Path(__file__).parents[3] / "schemas"
ATOM = "{http://www.w3.org/2005/Atom}"


def validator(name: str) -> Draft202012Validator:
    schema = json.loads((SCHEMAS / name).read_text("utf8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


def as_json(value: Any) -> Any:
    return orjson.loads(encode(value))


def claims_of(items: list[Item]) -> list[dict[str, Any]]:
    return [as_json(claim) for claim in ledger_of(items).claims()]


def events_of(items: list[Item]) -> list[StatusChanged]:
    made = Ledger()
    return [event for version in items for event in made.add(version, extracted(version))]


SEEDS = claims_of(seed_items())
TEXTS = {version.uri: version for version in seed_items()}
CLAIM_REVIEW, ANNOTATION = validator("claim-review.json"), validator("web-annotation.json")


@given(wires)
def test_whatever_the_ledger_holds_is_valid_json_ld_of_schema_org(items: list[Item]) -> None:
    CLAIM_REVIEW.validate(as_json(jsonld.document(claims_of(items))))


def test_seeds_are_valid_json_ld_and_every_claim_that_was_answered_has_its_review() -> None:
    document = as_json(jsonld.document(SEEDS))
    CLAIM_REVIEW.validate(document)
    claims = {node["@id"]: node for node in document["@graph"] if node["@type"] == "Claim"}
    reviews = {n["itemReviewed"]["@id"]: n for n in document["@graph"] if n["@type"] == "ClaimReview"}
    assert len(claims) == len(SEEDS)
    answered = {f"urn:claimwire:claim:{c['id']}": c["status"] for c in SEEDS if c["status"] != Status.UNVERIFIED}
    assert {id: review["reviewRating"]["alternateName"] for id, review in reviews.items()} == answered
    assert len(answered) < len(claims)


def test_items_in_which_a_claim_appears_are_named_once_each() -> None:
    for node in jsonld.document(SEEDS)["@graph"]:
        for field in ("appearance", "citation"):
            uris = [article["@id"] for article in node.get(field, [])]
            assert len(uris) == len(set(uris))


@given(wires)
def test_whatever_the_ledger_holds_is_valid_as_web_annotations(items: list[Item]) -> None:
    for annotation in annotations.annotations(claims_of(items)):
        ANNOTATION.validate(as_json(annotation))


def test_both_selectors_of_an_annotation_find_its_words_in_the_item() -> None:
    made = list(annotations.annotations(SEEDS))
    assert len(made) == sum(len(claim["evidence"]) for claim in SEEDS)
    assert len({annotation["id"] for annotation in made}) == len(made)
    for annotation in made:
        quote, fragment = annotation["target"]["selector"]
        version = TEXTS[annotation["target"]["source"]]
        text = version.headline if fragment["value"] == "headline" else version.body
        assert text[fragment["refinedBy"]["start"] : fragment["refinedBy"]["end"]] == quote["exact"]


@pytest.mark.parametrize("table", Table)
def test_csv_holds_what_the_rows_hold(table: Table) -> None:
    rows = list(tables.rows(SEEDS, table))
    made = tables.to_csv(rows, tables.columns(table), as_it_is=True).decode()
    read = list(csv.DictReader(io.StringIO(made, newline="")))
    assert read == [{name: "" if v is None else str(v) for name, v in row.items()} for row in rows]
    assert len(read) == (len(SEEDS) if table is Table.CLAIMS else sum(len(c["evidence"]) for c in SEEDS))


@pytest.mark.parametrize("table", Table)
def test_parquet_holds_what_the_rows_hold_with_times_as_timestamps(table: Table) -> None:
    rows = list(tables.rows(SEEDS, table))
    file = io.BytesIO()
    tables.write_parquet(rows, tables.columns(table), file)
    file.seek(0)
    read = parquet.read_table(file).to_pylist()
    assert read == [{n: parse_time(v) if n in tables.TIMES else v for n, v in row.items()} for row in rows]


@pytest.mark.parametrize("table", Table)
def test_ledger_without_claims_gives_a_table_with_columns(table: Table) -> None:
    header = ",".join(f'"{name}"' for name in tables.columns(table))
    assert tables.to_csv([], tables.columns(table)).decode() == f"{header}\r\n"
    file = io.BytesIO()
    tables.write_parquet([], tables.columns(table), file)
    file.seek(0)
    assert parquet.read_table(file).column_names == tables.columns(table)


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_cell_that_a_spreadsheet_would_run_is_guarded_unless_it_is_to_be_left(begin: str) -> None:
    row = {"text": f'{begin}HYPERLINK("http://a","b");{begin}1', "longitude": -5.5, "count": -1, "place": None}
    guarded, left = (
        list(csv.DictReader(io.StringIO(tables.to_csv([row], [*row], as_it_is).decode(), newline="")))
        for as_it_is in (False, True)
    )
    assert guarded == [{"text": f"'{row['text']}", "longitude": "-5.5", "count": "-1", "place": ""}]
    assert left == [{"text": row["text"], "longitude": "-5.5", "count": "-1", "place": ""}]


def test_every_cell_is_quoted_so_that_none_begins_behind_a_separator_of_another_country() -> None:
    made = tables.to_csv([{"a": 'x;=1+1\t=2"', "b": "x"}], ["a", "b"]).decode()
    assert made == '"a","b"\r\n"x;=1+1\t=2""","x"\r\n'


def test_claims_row_counts_the_statements_by_relation() -> None:
    for claim, row in zip(SEEDS, tables.rows(SEEDS, Table.CLAIMS), strict=True):
        denials = [line for line in claim["evidence"] if line["relation"] == "denies"]
        assert row["denies"] == len(denials)


def check_feed(events: list[StatusChanged]) -> list[ET.Element]:
    """The entries of the feed, which has what RFC 4287 requires."""
    root = ET.fromstring(atom.feed(events))
    for name in ("id", "title", "updated"):
        assert len(root.findall(ATOM + name)) == 1
    entries = root.findall(f"{ATOM}entry")
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    for entry in entries:
        for name in ("id", "title", "updated", "content"):
            assert len(entry.findall(ATOM + name)) == 1
        updated = entry.findtext(f"{ATOM}updated")
        assert updated
        assert parse_time(updated)
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    return entries


@given(wires)
def test_feed_tells_every_change_the_last_one_first(items: list[Item]) -> None:
    events = events_of(items)
    told = [entry.findtext(f"{ATOM}id") for entry in check_feed(events)]
    assert told == [f"urn:claimwire:event:{event.id}" for event in reversed(events)]


def test_feed_of_no_changes_is_valid() -> None:
    assert check_feed([]) == []


def test_characters_that_xml_cannot_hold_do_not_break_the_feed() -> None:
    body = "Russian forces have captured Pokrovsk, General Valery Gerasimov said."
    events = events_of([item(body, outlet="Meri\x00dian\ufffe")])
    assert len(check_feed(events)) == len(events) == 1
