"""Of two versions the later one counts, whichever way a format tells them apart."""

import pytest

from claimwire import Item, Ledger
from streams.feeds import Document, read_bytes
from streams.intake import statements_or_reason
from streams.replay.rebuild import rebuild
from streams.settings import Settings
from tests.unit.builders import item
from tests.unit.streams.feeds.cases import claims, counting, documents, items
from tests.unit.streams.feeds.samples import NITF, RSS


def only(raw: bytes) -> Item:
    [document] = read_bytes(raw, "wire")
    assert isinstance(document, Document), document
    return Item.from_ninjs(document.ninjs)


def test_change_named_beside_the_date_of_publication_makes_a_later_version() -> None:
    names = ("rss-modified-B-1.xml", "rss-modified-B-2.xml")
    _, changed = documents(*names)
    assert (changed["versionCreated"], changed["firstCreated"]) == ("2026-03-02T10:30:00Z", "2026-03-02T08:00:00Z")
    assert "Vovchansk" in counting(*names).body
    [claim] = claims(*names)
    assert "Vovchansk" in claim["text"]


def test_change_by_dublin_core_counts_likewise() -> None:
    changed = b'</pubDate><t:modified xmlns:t="http://purl.org/dc/terms/">2025-12-01T14:00:00Z</t:modified>'
    assert only(RSS).order < only(RSS.replace(b"</pubDate>", changed)).order


def test_revision_history_and_generations_of_nitf_make_later_versions() -> None:
    unversioned = NITF.replace(b' version="3"/', b"/")
    revised = unversioned.replace(b"<du-key", b'<revision-history norm="20251201T150000Z"/><du-key')
    assert only(unversioned).order < only(revised).order
    assert only(revised).published == only(unversioned).published
    second = NITF.replace(b' version="3"/', b' generation="2" version="1"/')
    third = NITF.replace(b' version="3"/', b' generation="10" version="1"/')
    assert only(second).order < only(third).order


def test_numbers_of_versions_are_compared_part_by_part() -> None:
    names = ("ninjs-version-mixed-1.json", "ninjs-version-mixed-2.json")
    assert "Vovchansk" in counting(*names).body
    [claim] = claims(*names)
    assert "Vovchansk" in claim["text"]
    numbers = ["1", "2", "2.1", "2.1.1", "2.9", "2.10", "3", "9", "10.1", "11"]
    orders = [item("x", version=number).order for number in numbers]
    assert orders == sorted(orders)
    assert item("x", version="2.0").order == item("x", version="2").order == item("x", version="2.0.0").order


@pytest.mark.parametrize("backwards", [False, True])
def test_version_over_a_limit_leaves_nothing_that_an_earlier_one_said_and_is_named(backwards: bool) -> None:
    versions = items("liveblog-past-max-words.jsonl")
    named: list[str] = []
    made = rebuild(
        versions[::-1] if backwards else versions,
        Settings(),
        lambda: None,
        told=lambda _: None,
        failed=lambda _, reason: named.append(reason),
    )
    assert [claim["text"] for claim in made.claims()] == []
    assert len(named) == 1
    assert "max_item_words" in named[0]


def test_version_that_the_extractor_stumbles_over_leaves_nothing_either(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = items("ninjs-version-mixed-1.json", "ninjs-version-mixed-2.json")
    ledger = Ledger()
    ledger.add(first)
    assert list(ledger.claims())

    def stumble(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("claimwire.extract", stumble)
    statements, reason = statements_or_reason(second, Settings())
    assert (statements, reason) == ([], "RuntimeError: a fault of ours")
    ledger.add(second, statements)
    assert list(ledger.claims()) == []


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1)])
def test_denial_on_a_page_that_grows_for_days_is_dated_to_the_version_that_made_it(
    order: tuple[int, ...],
) -> None:
    versions = items("liveblog-late-denial-days.jsonl")
    ledger = Ledger()
    for number in order:
        ledger.add(versions[number])
    [claim] = ledger.claims()
    assert (claim["side"], claim["status"], claim["implied"]) == ("Russia", "disputed", False)
    assert [(e["relation"], e["published"]) for e in claim["evidence"]] == [
        ("asserts", "2026-03-04T12:00:00Z"),
        ("denies", "2026-03-04T13:00:00Z"),
    ]


@pytest.mark.parametrize("backwards", [False, True])
def test_sentence_that_stays_on_such_a_page_keeps_its_date(backwards: bool) -> None:
    body = "Russia's Defence Ministry said its forces had captured the town of Vovchansk."
    days = [f"2026-03-0{day}T06:00:00Z" for day in (1, 3, 6)]
    versions = [
        item("\n\n".join([body, *["More."] * n]), version=str(n), versionCreated=day, firstCreated=days[0])
        for n, day in enumerate(days, start=1)
    ]
    ledger = Ledger()
    for version in versions[::-1] if backwards else versions:
        ledger.add(version)
    [claim] = ledger.claims()
    assert claim["published"] == days[0]
    assert [e["version"] for e in claim["evidence"]] == [3]
