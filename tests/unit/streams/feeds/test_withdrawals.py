"""What is gone says nothing any more, whatever word for it an agency has."""

import orjson
import pytest

from claimwire import Item
from claimwire.items import latest_versions
from streams.feeds import Document, Unreadable, read_bytes
from tests.unit.streams.feeds.cases import claims, counting, found, items
from tests.unit.streams.feeds.samples import ALL, ATOM, NEWSML_1, NEWSML_G2, NITF

FIRST = "ninjs-unpublished-1.json"


def only(raw: bytes) -> Item:
    [document] = read_bytes(raw, "wire")
    assert isinstance(document, Document), document
    return Item.from_ninjs(document.ninjs)


def test_unpublished_item_is_withheld_and_leaves_no_claim() -> None:
    assert claims(FIRST)
    assert counting(FIRST, "ninjs-unpublished-2.json").pub_status == "withheld"
    assert claims(FIRST, "ninjs-unpublished-2.json") == []


@pytest.mark.parametrize(
    ("state", "status"), [("recalled", "canceled"), ("killed", "canceled"), ("unpublished", "withheld")]
)
def test_state_of_superdesk_withdraws_where_there_is_no_status(state: str, status: str) -> None:
    assert [item.pub_status for item in items("superdesk-state-recalled.json")] == ["canceled"]
    made = {**orjson.loads(ALL["ninjs"]), "state": state}
    assert only(orjson.dumps(made)).pub_status == status
    del made["pubstatus"]
    assert only(orjson.dumps(made)).pub_status == status
    assert only(orjson.dumps({**made, "state": "Texas"})).pub_status == "usable"


def test_kill_without_a_date_withdraws_every_version_known_and_is_read() -> None:
    kill = "ninjs-kill-undated.json"
    assert counting(FIRST, "ninjs-unpublished-2.json", kill).pub_status == "canceled"
    assert claims(FIRST, kill) == []


KILLS = {
    "newsml-g2": (
        NEWSML_G2, (b"stat:usable", b"stat:canceled"),
        b"<versionCreated>2025-12-01T13:00:00+01:00</versionCreated>", (b'version="3" standard=', b"standard="),
    ),
    "nitf": (
        NITF, (b'management-status="usable"', b'management-status="killed"'),
        b'<date.issue norm="20251201T120000Z"/>', (b' version="3"/', b"/"),
    ),
    "newsml-1": (
        NEWSML_1, (b'"Embargoed"', b'"Canceled"'),
        b"<ThisRevisionCreated>20251201T120000+0000</ThisRevisionCreated>", (b">3</RevisionId>", b"></RevisionId>"),
    ),
    "ninjs": (
        ALL["ninjs"], (b'"usable"', b'"killed"'),
        b'"versioncreated":"2025-12-01T12:00:00+0000",', (b'"version":3,', b""),
    ),
}  # fmt: skip
"""Of each format a story, what makes it a kill, its date, and its number."""


@pytest.mark.parametrize("name", KILLS)
@pytest.mark.parametrize("numbered", [True, False])
def test_kill_without_a_date_or_a_number_counts_over_what_it_kills_in_every_format(name: str, numbered: bool) -> None:
    story, status, date, number = KILLS[name]
    kill = story
    for old, new in (status, (date, b""), *([] if numbered else [number])):
        assert old in kill
        kill = kill.replace(old, new)
    versions = [only(kill), only(story)]
    assert [item.pub_status for item in latest_versions(versions).values()] == ["canceled"]


def test_kill_whose_date_is_none_is_read_as_one_without() -> None:
    assert only(b'{"uri": "urn:1", "pubstatus": "canceled", "versioncreated": "soon"}').pub_status == "canceled"


def test_version_after_an_undated_kill_with_a_number_speaks_again() -> None:
    kill = only(b'{"uri": "urn:1", "pubstatus": "canceled", "version": "3"}')
    later = only(b'{"uri": "urn:1", "version": "4", "versioncreated": "2025-12-01T12:00:00Z"}')
    assert latest_versions([later, kill]) == {"urn:1": later}


@pytest.mark.parametrize("word", ["deleted", "killed", "recalled"])
def test_words_for_gone_withdraw(word: str) -> None:
    assert [item.pub_status for item in items("g2-status-deleted.xml")] == ["canceled"]
    assert only(NEWSML_G2.replace(b"stat:usable", b"stat:" + word.encode())).pub_status == "canceled"


def test_status_that_nobody_knows_is_refused_and_named_with_what_then_still_stands() -> None:
    [refused] = read_bytes(NEWSML_G2.replace(b"stat:usable", b"stat:odd"), "wire")
    assert isinstance(refused, Unreadable)
    assert "'stat:odd'" in refused.reason
    assert "an earlier version of it, if there is one, still counts" in refused.reason


def test_deleted_entry_of_atom_withdraws_its_entry() -> None:
    gone = (
        b'<d:deleted-entry xmlns:d="http://purl.org/atompub/tombstones/1.0" ref="urn:story:1" '
        b'when="2025-12-01T13:00:00Z"/></feed>'
    )
    found = [Item.from_ninjs(f.ninjs) for f in read_bytes(ATOM.replace(b"</feed>", gone), "wire")]  # type: ignore[union-attr]
    assert [item.pub_status for item in found] == ["usable", "canceled"]
    assert latest_versions(found) == {"urn:story:1": found[1]}
    again = only(ATOM.replace(b"2025-12-01T12:00:00Z", b"2025-12-01T14:00:00Z"))
    assert latest_versions([*found, again]) == {"urn:story:1": again}


def test_no_case_of_a_withdrawal_is_unreadable() -> None:
    names = [FIRST, "ninjs-unpublished-2.json", "ninjs-kill-undated.json", "superdesk-state-recalled.json"]
    assert all(isinstance(f, Document) for f in found(*names, "g2-status-deleted.xml"))
