import json
import re
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urljoin

import httpx
import pytest

from board.store import BoardStore
from board.web.feeds import TABLES
from board.web.pages import ROUTES, json_path
from claimwire.statuses import STATUSES
from tests.board.records import Log, Story, story_of, take
from tests.unit.builders import ledger_of, seed_items, wire

PAGES = [path for path, _, _, _ in ROUTES if "{" not in path]
POKROVSK = "b390de7436d45b10b28c"


class Read(HTMLParser):
    """What a page holds: its links, and all tags with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def links(self) -> list[str]:
        return [of["href"] or "" for tag, of in self.tags if tag == "a" and "href" in of]


def text(page: str) -> str:
    """The words of a page."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


async def test_every_link_of_the_board_leads_to_a_page_whose_json_is_beside_it(board: httpx.AsyncClient) -> None:
    seen, open_ = set[str](), ["/"]
    while open_:
        address = open_.pop()
        page = await board.get(address)
        assert page.status_code == 200, address
        found = (urljoin(address, link).partition("#")[0] for link in Read(page.text).links())
        for link in found:
            kind = link.partition("?")[0]
            if link.startswith("/") and (kind, link.count("=")) not in seen:
                seen.add((kind, link.count("=")))  # each page with each number of filters once, since there is no end
                open_.append(link)
    reached = {kind for kind, _ in seen}
    assert reached >= {*PAGES, *map(json_path, PAGES)} - {"/"}


@pytest.mark.parametrize("path", PAGES)
async def test_empty_ledger_has_all_pages_too(browser: httpx.AsyncClient, path: str) -> None:
    assert (await browser.get(path)).status_code == 200
    assert (await browser.get(json_path(path))).status_code == 200


async def test_now_tells_each_change_in_a_sentence_and_whose_it_is(board: httpx.AsyncClient) -> None:
    said = text((await board.get("/?limit=200")).text)
    assert "Ukraine denies it: disputed before: unverified one source" in said
    answer = (await board.get("/now.json", params={"limit": 200})).json()
    seqs = [change["seq"] for change in answer["changes"]]
    assert seqs == sorted(seqs, reverse=True)


async def test_now_tells_the_last_words_though_they_change_no_status(board: httpx.AsyncClient, told: Story) -> None:
    last = sorted(told.ledger, key=lambda c: c["updated"])[-1]
    words = (await board.get("/now.json")).json()["words"]
    assert [word["published"] for word in words] == sorted((word["published"] for word in words), reverse=True)
    assert (words[0]["claim"], words[0]["quote"]) == (last["id"], last["evidence"][-1]["quote"])
    assert f"<q>{last['evidence'][-1]['quote']}</q>" in unescape((await board.get("/")).text)
    assert (await board.get("/now.json?side=Russia")).json()["words"] == []


async def test_timeline_has_words_that_changed_nothing_in_their_place(board: httpx.AsyncClient, told: Story) -> None:
    timeline = unescape((await board.get(f"/claims/{POKROVSK}")).text).split('id="timeline"')[1]
    [claim] = [c for c in told.ledger if c["id"] == POKROVSK]
    places = [timeline.find(f"<q>{line['quote']}</q>") for line in claim["evidence"]]
    assert min(places) >= 0
    moments = re.findall(r'datetime="([^"]*)"', timeline)
    assert moments == sorted(moments)


async def test_headline_stands_with_the_claim_on_each_page_that_tells_of_it(
    board: httpx.AsyncClient, told: Story
) -> None:
    claim = next(c for c in told.ledger if c["headline"])
    for page in ("/?limit=200", "/claims?limit=200", f"/claims/{claim['id']}"):
        assert f'<p class="headline">{claim["headline"]}</p>' in unescape((await board.get(page)).text)


async def test_quote_tells_in_words_why_it_is_there(board: httpx.AsyncClient) -> None:
    said = text((await board.get(f"/claims/{POKROVSK}")).text)
    assert "Why it is here both speak of who holds Pokrovsk; the same place, 1 day apart" in said


async def test_pages_of_a_list_hold_every_claim_once(board: httpx.AsyncClient, told: Story) -> None:
    ids, after = list[str](), ""
    while True:
        answer = (await board.get("/claims.json", params={"limit": 3, "after": after})).json()
        ids += [claim["id"] for claim in answer["claims"]]
        after = answer["next"]
        if not after:
            break
    assert sorted(ids) == [claim["id"] for claim in told.ledger]


async def test_changes_are_paged_by_their_numbers(board: httpx.AsyncClient) -> None:
    whole = (await board.get("/now.json?limit=200")).json()["changes"]
    first = (await board.get("/now.json?limit=4")).json()
    second = (await board.get("/now.json", params={"limit": 200, "after": first["next"]})).json()
    assert first["changes"] + second["changes"] == whole


async def test_filters_are_links_that_can_be_taken_back_one_by_one(board: httpx.AsyncClient) -> None:
    page = await board.get("/claims?side=Russia&status=disputed")
    links = Read(page.text).links()
    assert "/claims?status=disputed" in links
    assert "/claims?side=Russia" in links
    assert "/claims?status=disputed&side=Russia&status=refuted" in links
    claims = (await board.get("/claims.json?side=Russia&status=disputed")).json()["claims"]
    assert claims
    assert {(claim["side"], claim["status"]) for claim in claims} == {("Russia", "disputed")}


async def test_words_are_searched_and_marked(board: httpx.AsyncClient) -> None:
    page = (await board.get("/claims?words=pokrovsk")).text
    assert "<mark>Pokrovsk</mark>" in page
    assert 'value="pokrovsk"' in page


async def test_claims_of_a_side_are_told_with_its_record_and_interval(board: httpx.AsyncClient) -> None:
    said = text((await board.get("/claims?side=Russia")).text)
    assert re.search(r"Russia : 6 claims in the ledger; of the 2 settled 50% \(\d+%–\d+%\) were borne out", said)


async def test_claim_says_what_its_status_lets_one_conclude_and_what_would_change_it(board: httpx.AsyncClient) -> None:
    said = text((await board.get(f"/claims/{POKROVSK}")).text)
    rows = {row.status: row for row in STATUSES}
    assert rows["disputed"].concludes in said
    for status in ("retracted", "contested", "confirmed", "refuted"):
        assert f"{status} where {rows[status].when}" in said
    assert f"where {rows['corroborated'].when}" not in said


async def test_both_sides_words_stand_in_columns_of_their_own(board: httpx.AsyncClient, told: Story) -> None:
    page = (await board.get(f"/claims/{POKROVSK}")).text
    so, rest = page.split('aria-labelledby="says_so"')[1].split('aria-labelledby="says_not"')
    nots, others = rest.split('aria-labelledby="says_else"')
    [claim] = [c for c in told.ledger if c["id"] == POKROVSK]
    for line in claim["evidence"]:
        relation = line["relation"]
        column = so if relation in ("asserts", "repeats") else nots if relation in ("denies", "contradicts") else others
        assert f"<q>{line['quote']}</q>" in unescape(column)


async def test_link_to_an_item_marks_the_quote_on_the_outlets_page(board: httpx.AsyncClient, told: Story) -> None:
    links = Read((await board.get(f"/claims/{POKROVSK}")).text).links()
    marked = [link.partition("#:~:text=")[::2] for link in links if "#:~:text=" in link]
    [claim] = [c for c in told.ledger if c["id"] == POKROVSK]
    said = [(e["item"], " ".join(e["quote"].split())) for e in claim["evidence"] if e["item"].startswith("https:")]
    assert said
    for item, quote in said:
        ends = [unquote(named).split(",") for address, named in marked if address == item]
        assert any(quote == ",".join(e) or (quote.startswith(e[0]) and quote.endswith(e[-1])) for e in ends), quote


async def test_short_id_leads_to_the_claim_and_an_unknown_one_to_a_page_that_says_so(board: httpx.AsyncClient) -> None:
    assert (await board.get(f"/claims/{POKROVSK[:8]}.json")).json()["id"] == POKROVSK
    for id in ("ffffffffffffffffffff", "zz", "b", "%00", "b390de74%E2%80%AE"):
        missing = await board.get(f"/claims/{id}")
        assert (missing.status_code, missing.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "detail" in (await board.get("/claims/ffff.json")).json()


async def test_claim_can_be_looked_at_as_of_a_moment_and_links_stay_there(board: httpx.AsyncClient) -> None:
    then = "2025-12-01T20:00:00Z"
    page = await board.get(f"/claims/{POKROVSK}", params={"as_of": then})
    said = text(page.text)
    assert "Back to now unverified" in said
    assert all("as_of=" in link for link in Read(page.text).links() if link.startswith("/claims?side="))
    assert (await board.get(f"/claims/{POKROVSK}?as_of=2025-11-01")).status_code == 404


async def test_claim_that_left_the_ledger_says_why_and_where_it_goes_on(board: httpx.AsyncClient, told: Story) -> None:
    assert told.gone()
    for id in told.gone():
        answer = (await board.get(f"/claims/{id}.json")).json()
        page = await board.get(f"/claims/{id}")
        assert page.status_code == 200
        assert answer["concludes"] in text(page.text)
        if answer["superseded_by"]:
            assert f"/claims/{answer['superseded_by']}" in Read(page.text).links()


async def test_verdicts_name_their_makers_and_reasons(board: httpx.AsyncClient, told: Story) -> None:
    ruled = [c for c in told.ledger if c["decided_by"]["verdict"]]
    assert ruled
    for claim in ruled:
        said = text((await board.get(f"/claims/{claim['id']}")).text)
        assert claim["decided_by"]["name"] in said
        assert "A verdict decides." in said


async def test_each_verdict_has_a_link_that_leads_to_it_on_the_page_of_its_claim(
    board: httpx.AsyncClient, told: Story
) -> None:
    for claim in told.ledger:
        page = Read((await board.get(f"/claims/{claim['id']}")).text)
        ids = {of.get("id") for _, of in page.tags}
        links = {link.removeprefix("#") for link in page.links() if link.startswith("#verdict-")}
        assert links == {f"verdict-{v['id']}" for v in claim["verdicts"]}
        assert links <= ids


@pytest.mark.parametrize("asked", ["as_of=x", "since=2025-13-01", "status=true", "limit=0", "limit=x"])
async def test_what_is_not_understood_is_told_and_in_the_form_that_was_asked_for(
    board: httpx.AsyncClient, asked: str
) -> None:
    page, told = await board.get(f"/claims?{asked}"), await board.get(f"/claims.json?{asked}")
    assert (page.status_code, told.status_code) == (422, 422)
    assert page.headers["content-type"].startswith("text/html")
    assert asked.partition("=")[0] in told.json()["detail"]


async def test_change_by_a_verdict_leads_to_the_verdict_and_shows_ids_cut(board: httpx.AsyncClient) -> None:
    page = await board.get("/?limit=200")
    by_verdict = [c for c in (await board.get("/now.json?limit=200")).json()["changes"] if c["verdict"]]
    assert by_verdict
    for change in by_verdict:
        link = f"/claims/{change['claim']}#verdict-{change['verdict']}"
        assert link in Read(page.text).links()
        assert f'id="verdict-{change["verdict"]}"' in (await board.get(link)).text
    assert not re.search("[0-9a-f]{20}", text(page.text))
    assert re.search("[0-9a-f]{8}…", text(page.text))


async def test_verdict_that_took_a_claim_away_is_not_said_to_be_without_effect(
    board: httpx.AsyncClient, told: Story
) -> None:
    for id in told.gone():
        assert all(verdict["counts"] for verdict in (await board.get(f"/claims/{id}.json")).json()["verdicts"])


async def test_lists_explain_the_statuses_by_which_they_filter(board: httpx.AsyncClient) -> None:
    for path in ("/", "/claims"):
        said = text((await board.get(path)).text)
        assert all(row.concludes in said for row in STATUSES)


async def test_page_that_is_not_in_the_list_is_not_found(board: httpx.AsyncClient) -> None:
    for path in ("/", "/claims", "/now.json", "/claims.json", "/claims.csv"):
        for place in ("x", "9" * 40, "1.x", "-1"):
            answer = await board.get(f"{path}?after={place}")
            assert (answer.status_code, "names no place" in answer.text) == (404, True), (path, place)


async def test_store_that_cannot_be_read_is_told_and_is_not_the_end(
    board: httpx.AsyncClient, store: BoardStore
) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE claims RENAME TO away")
    for path in ("/claims", "/claims.json"):
        assert (await board.get(path)).status_code == 503
    with store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO claims")
    assert (await board.get("/claims")).status_code == 200


async def test_pages_hold_no_script_or_style_of_their_own_and_forbid_it(board: httpx.AsyncClient) -> None:
    for path in [*PAGES, f"/claims/{POKROVSK}", "/nothing", "/claims?as_of=x"]:
        page = await board.get(path)
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert page.headers["x-content-type-options"] == "nosniff"
        for tag, attributes in Read(page.text).tags:
            assert tag != "style"
            assert tag != "script" or attributes.get("src", "").startswith("/static/")  # type: ignore[union-attr]
            assert not [name for name in attributes if name == "style" or name.startswith("on")]


async def test_pages_name_their_parts_for_screen_readers(board: httpx.AsyncClient) -> None:
    for path in [*PAGES, f"/claims/{POKROVSK}"]:
        tags = Read((await board.get(path)).text).tags
        assert [tag for tag, _ in tags].count("h1") == 1
        assert {"header", "nav", "main", "footer"} <= {tag for tag, _ in tags}
        ids = [of["id"] for _, of in tags if "id" in of]
        assert len(ids) == len(set(ids))
        labelled = {of.get("for") for tag, of in tags if tag == "label"}
        inputs = [of for tag, of in tags if tag == "input" and of.get("type") != "hidden"]
        assert all(of["id"] in labelled for of in inputs)


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)> & \u202eevil\u2066 {{ 7 * 7 }} \u0007'
WORDS = {"claimant", "side", "speaker", "outlet", "quote", "text", "subject"}


def turned_hostile(value: Any, key: str = "") -> Any:
    """A JSON value, all words of others in which are hostile."""
    if isinstance(value, dict):
        return {key: turned_hostile(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [turned_hostile(each, key) for each in value]
    return HOSTILE if key in WORDS else "javascript:alert(3)" if key == "item" else value


async def test_hostile_words_are_shown_as_words_and_marks_that_turn_text_round_are_seen(
    browser: httpx.AsyncClient, store: BoardStore
) -> None:
    story = story_of(wire("Russian forces have taken Pokrovsk, Gerasimov said.", "Ukraine denied that Pokrovsk fell."))
    log = Log()
    for record in story.log.records:
        assert record.key
        assert record.value
        log.write(record.topic, record.key.decode(), turned_hostile(json.loads(record.value)))
    take(store, log.records)
    [claim] = (await browser.get("/claims.json")).json()["claims"]
    assert claim["side"] == HOSTILE
    words = {"words": HOSTILE, "side": HOSTILE}
    for path in ("/", "/claims", f"/claims/{claim['id']}", "/sides", "/outlets"):
        for asked in ({}, words):
            page = (await browser.get(path, params=asked)).text
            tags = Read(page).tags
            assert "img" not in {tag for tag, _ in tags}
            assert all(of.get("src", "").startswith("/static/") for tag, of in tags if tag == "script")  # type: ignore[union-attr]
            assert not [of["href"] for _, of in tags if (of.get("href") or "").startswith("javascript:")]
            assert not {"\u202e", "\u2066", "\x07"} & set(page)
            assert "\\u202eevil\\u2066" in page
            assert "{{ 7 * 7 }}" in page


async def test_openapi_describes_the_json_of_each_page(browser: httpx.AsyncClient) -> None:
    told = (await browser.get("/openapi.json")).json()
    assert set(told["paths"]) == {
        *(json_path(path) for path, _, _, _ in ROUTES),
        *(f"{table.path}.csv" for table in TABLES),
        "/now.atom",
    }
    assert all(way["get"]["description"] for way in told["paths"].values())


def test_the_claim_that_these_tests_look_at_is_one_of_the_seeds() -> None:
    assert POKROVSK in {claim["id"] for claim in ledger_of(seed_items()).claims()}
