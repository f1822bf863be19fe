import csv
import io
from xml.etree import ElementTree as ET

import httpx
import pytest
from sqlalchemy import event

from board.store import BoardStore
from board.web import feeds
from board.web.app import application
from claimwire.statuses import Status
from streams.exports.atom import ATOM


def rows(answer: httpx.Response) -> list[dict[str, str]]:
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


async def test_csv_holds_every_row_of_the_list_that_was_filtered(
    board: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "MOST_ROWS", 2)
    for name in ("claims", "now"):
        for asked in ("", "side=Russia", "status=disputed"):
            answer = (await board.get(f"/{name}.json?limit=200&{asked}")).json()
            wanted = answer["claims" if name == "claims" else "changes"]
            assert wanted
            assert [row["id"] for row in rows(await board.get(f"/{name}.csv?{asked}"))] == [
                each["id"] for each in wanted
            ]


async def test_every_list_is_csv_at_the_address_of_its_page_and_its_page_says_so(board: httpx.AsyncClient) -> None:
    for name in ("sides", "outlets", "places"):
        wanted = (await board.get(f"/{name}.json")).json()[name]
        found = rows(await board.get(f"/{name}.csv"))
        assert [row["name"] for row in found] == [row["name"] for row in wanted]
        for row, told in zip(found, wanted, strict=True):
            assert int(row["claims"]) == sum(int(row[status]) for status in Status) == told["claims"]
            assert int(row["disputed"]) == told["statuses"].get("disputed", 0)
        assert f'href="/{name}.csv"' in (await board.get(f"/{name}")).text
    record = next(row for row in (await board.get("/sides.json")).json()["sides"] if row["record"]["share"])
    row = next(row for row in rows(await board.get("/sides.csv")) if row["name"] == record["name"])
    assert float(row["share_low"]) == record["record"]["share"]["low"]
    days = (await board.get("/over-time.json?days=7&side=Russia")).json()["days"]
    assert rows(await board.get("/over-time.csv?days=7&side=Russia")) == [
        {name: str(value) for name, value in day.items()} for day in days
    ]


async def test_csv_of_changes_names_the_side_of_the_claim_beside_the_outlet_that_changed_it(
    board: httpx.AsyncClient,
) -> None:
    told = (await board.get("/now.json?limit=200")).json()["changes"]
    assert any(change["side"] != change["cause"]["side"] for change in told)
    for row, change in zip(rows(await board.get("/now.csv")), told, strict=True):
        assert (row["side"], row["outlet"]) == (change["side"], change["cause"]["outlet"])


async def test_csv_of_changes_asks_the_store_for_the_changes_and_nothing_else(
    board: httpx.AsyncClient, store: BoardStore
) -> None:
    queries: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *told: queries.append(told[2]))
    assert len(rows(await board.get("/now.csv"))) > 1
    [query] = [query for query in queries if query.startswith("SELECT")]
    assert "FROM changes" in query


async def test_csv_ends_at_the_most_rows(board: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST_ROWS", 2)
    monkeypatch.setattr(feeds, "MOST_CSV_ROWS", 4)
    assert len(rows(await board.get("/now.csv"))) == 4


async def test_atom_tells_the_changes_of_the_list_the_last_one_first(board: httpx.AsyncClient) -> None:
    answer = await board.get("/now.atom?status=disputed")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    ids = [entry.findtext(f"{{{ATOM}}}id") for entry in ET.fromstring(answer.text).iter(f"{{{ATOM}}}entry")]
    wanted = (await board.get("/now.json?status=disputed")).json()["changes"]
    assert ids == [f"urn:claimwire:event:{change['id']}" for change in wanted]


def links(entry: ET.Element) -> dict[str | None, str | None]:
    return {link.get("rel"): link.get("href") for link in entry.findall(f"{{{ATOM}}}link")}


@pytest.mark.parametrize(
    ("url", "address"), [("", "http://127.0.0.1"), ("https://board.example", "https://board.example")]
)
async def test_atom_links_to_the_address_at_which_people_open_the_board(
    board: httpx.AsyncClient, store: BoardStore, url: str, address: str
) -> None:
    transport = httpx.ASGITransport(application(store, url=url))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as behind:
        feed = ET.fromstring((await behind.get("/now.atom?status=disputed&limit=1")).text)
        described = (await behind.get("/openapi.json")).json()
    assert links(feed) == {"self": f"{address}/now.atom?status=disputed", "alternate": f"{address}/"}
    [entry] = feed.findall(f"{{{ATOM}}}entry")
    [change] = (await board.get("/now.json?status=disputed&limit=1")).json()["changes"]
    assert links(entry)["alternate"] == f"{address}/claims/{change['claim']}"
    assert [server["url"] for server in described.get("servers", ())] == ([url] if url else [])


async def test_pages_link_to_their_feeds_with_the_filters(board: httpx.AsyncClient) -> None:
    assert 'href="/claims.csv?side=Russia"' in (await board.get("/claims?side=Russia")).text
    assert 'href="/now.atom?status=disputed"' in (await board.get("/?status=disputed")).text
