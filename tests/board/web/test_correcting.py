"""Correcting by forms and by JSON: who may, what becomes of it, and what is refused."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from board import corrections
from board.corrections import Corrections
from board.store import BoardStore
from board.web import bodies
from board.web.app import application
from board.web.correcting import COOKIE, Correcting
from board.web.sessions import Sessions
from claimwire.verdict_json import as_json
from claimwire.verdicts import Bears, Comments, HasStatus, IsNoClaim, IsOneWith, Undoes
from tests.board.web.seed_ledger import TOKEN, SeedLedger
from tests.board.web.test_pages import POKROVSK, Read, text

HERE = "http://127.0.0.1"
PAGE = f"/claims/{POKROVSK}"


@pytest.fixture
def ledger(store: BoardStore) -> SeedLedger:
    return SeedLedger(store)


@pytest.fixture
async def anybody(store: BoardStore, ledger: SeedLedger) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which nobody has signed in."""
    correcting = Correcting(Corrections(store, ledger.send), Sessions(TOKEN))
    transport = httpx.ASGITransport(application(store, None, correcting, True), raise_app_exceptions=True)
    async with httpx.AsyncClient(transport=transport, base_url=HERE, headers={"Origin": HERE}) as client:
        yield client


async def sign_in(browser: httpx.AsyncClient, name: str = "Anna", token: str = TOKEN) -> httpx.Response:
    return await browser.post("/sign-in", data={"name": name, "token": token, "back": POKROVSK})


@pytest.fixture
async def anna(anybody: httpx.AsyncClient) -> httpx.AsyncClient:
    """A browser in which Anna has signed in."""
    await sign_in(anybody)
    return anybody


def forms(page: httpx.Response) -> list[dict[str, str]]:
    """The hidden fields of each form that corrects."""
    found: list[dict[str, str]] = []
    for tag, of in Read(page.text).tags:
        if tag == "form":
            found.append({})
        elif tag == "input" and of.get("type") == "hidden" and found:
            found[-1][of["name"] or ""] = of["value"] or ""
    return [form for form in found if "kind" in form]


async def form(browser: httpx.AsyncClient, kind: str, path: str = PAGE, **typed: str) -> dict[str, str]:
    """The first form of a kind on a page, filled in."""
    return {**next(f for f in forms(await browser.get(path)) if f["kind"] == kind), **typed}


async def send(browser: httpx.AsyncClient, filled: dict[str, str], **more: Any) -> httpx.Response:
    return await browser.post(f"{PAGE}/correct", data=filled, **more)


async def test_board_without_a_token_has_no_form_and_takes_nothing(board: httpx.AsyncClient) -> None:
    page = await board.get(PAGE)
    assert not forms(page)
    assert "Sign in" not in page.text
    for path in ("/sign-in", f"{PAGE}/correct", f"{PAGE}/verdicts"):
        assert (await board.post(path)).status_code in (404, 405)


async def test_session_is_a_cookie_that_scripts_and_other_sites_do_not_get(anybody: httpx.AsyncClient) -> None:
    page = await anybody.get(PAGE)
    assert not forms(page)
    assert f"/sign-in?back={POKROVSK}" in Read(page.text).links()
    answer = await sign_in(anybody)
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Max-Age=43200" in cookie
    assert "Secure" not in cookie
    assert TOKEN not in cookie
    assert "Signed in as Anna" in text((await anybody.get("/")).text)


async def test_cookie_of_a_board_behind_tls_is_sent_by_tls_alone(anybody: httpx.AsyncClient) -> None:
    answer = await anybody.post(
        "/sign-in", data={"name": "Anna", "token": TOKEN}, headers={"Origin": "https://127.0.0.1"}
    )
    assert "Secure" in answer.headers["set-cookie"]


async def test_wrong_token_begins_no_session_and_slows_down_whoever_goes_on(anybody: httpx.AsyncClient) -> None:
    for _ in range(3):
        answer = await sign_in(anybody, token="wrong")
        assert answer.status_code == 401
        assert "set-cookie" not in answer.headers
        assert 'value="Anna"' in answer.text
    answer = await sign_in(anybody)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")


async def test_who_has_no_name_is_asked_for_it(anybody: httpx.AsyncClient) -> None:
    answer = await sign_in(anybody, name="  ")
    assert answer.status_code == 400
    assert "Say who you are" in answer.text


async def test_signing_in_leads_nowhere_else(anybody: httpx.AsyncClient) -> None:
    answer = await anybody.post("/sign-in", data={"name": "Anna", "token": TOKEN, "back": "//evil.example"})
    assert answer.headers["location"] == "/"


async def test_signing_out_ends_the_session_in_the_browser(anna: httpx.AsyncClient) -> None:
    token = (await form(anna, "status"))["form"]
    assert (await anna.post("/sign-out", data={"form": token})).status_code == 303
    assert COOKIE not in anna.cookies
    assert not forms(await anna.get(PAGE))


async def test_form_of_another_site_or_another_session_is_refused(anna: httpx.AsyncClient, ledger: SeedLedger) -> None:
    filled = await form(anna, "no_claim")
    for origin in ("http://evil.example", "http://127.0.0.1:81", "null", "http://[", ""):
        assert (await send(anna, filled, headers={"Origin": origin})).status_code == 403
        refused = await anna.post("/sign-in", data={"name": "a", "token": TOKEN}, headers={"Origin": origin})
        assert refused.status_code == 403
    for token in ("", "0" * 64):
        assert (await send(anna, {**filled, "form": token})).status_code == 403
    cookie = anna.cookies[COOKIE]
    await sign_in(anna, "Ben")
    assert anna.cookies[COOKIE] != cookie
    assert (await send(anna, filled)).status_code == 403
    assert not ledger.sent


async def test_who_is_not_signed_in_or_brings_a_cookie_of_his_own_is_refused(anna: httpx.AsyncClient) -> None:
    filled = await form(anna, "no_claim")
    cookie = anna.cookies[COOKIE]
    for wrong in ("", "x", f"{cookie[:-1]}{'0' if cookie[-1] != '0' else '1'}", f"x{cookie}"):
        anna.cookies.clear()
        answer = await send(anna, filled, headers={"Cookie": f"{COOKIE}={wrong}"})
        assert answer.status_code == 401, wrong


async def test_host_that_only_leads_here_is_refused(anna: httpx.AsyncClient) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", ""):
        assert (await anna.get("/", headers={"Host": host})).status_code == 403
    for host in ("localhost:8788", "127.0.0.1:8788", "[::1]:8788"):
        assert (await anna.get("/", headers={"Host": host})).status_code == 200


async def test_board_behind_a_proxy_takes_forms_of_its_address_and_of_no_other(
    store: BoardStore, ledger: SeedLedger
) -> None:
    correcting = Correcting(Corrections(store, ledger.send), Sessions(TOKEN))
    transport = httpx.ASGITransport(application(store, None, correcting, True, "https://board.example"))
    signing = {"name": "Anna", "token": TOKEN}
    for host in ("127.0.0.1:8788", "board.example"):
        headers = {"Host": host, "Origin": "https://board.example"}
        async with httpx.AsyncClient(transport=transport, base_url=HERE, headers=headers) as behind:
            answer = await behind.post("/sign-in", data=signing)
            assert answer.status_code == 303
            assert "Secure" in answer.headers["set-cookie"]
            for origin in ("http://board.example.evil.example", "https://evil.example", "null"):
                assert (await behind.post("/sign-in", data=signing, headers={"Origin": origin})).status_code == 403
            assert (await behind.get("/", headers={"Host": "evil.example"})).status_code == 403
            assert (await behind.get("/", headers={"Host": host.upper()})).status_code == 200


@pytest.mark.parametrize("kind", ["statement", "no_claim", "merge", "status"])
async def test_correction_is_shown_at_once_with_its_maker_its_reason_and_its_undo(
    anna: httpx.AsyncClient, ledger: SeedLedger, kind: str
) -> None:
    other = next(c["id"] for c in (await anna.get("/claims.json")).json()["claims"] if c["id"] != POKROVSK)
    value = {"merge": other[:8], "status": "refuted"}.get(kind, "")
    filled = await form(anna, kind, value=value, reason="I saw <b>it</b>.")
    answer = await send(anna, filled)
    [sent] = ledger.sent
    says = {
        "statement": Bears(statement=filled["about"], relation=None),
        "no_claim": IsNoClaim(),
        "merge": IsOneWith(into=other),
        "status": HasStatus(status="refuted"),  # type: ignore[arg-type]
    }[kind]
    assert (sent.claim, sent.says, str(sent.maker), sent.reason) == (POKROVSK, says, "person Anna", "I saw <b>it</b>.")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}#verdict-{sent.id}")
    page = await anna.get(PAGE)
    assert f'id="verdict-{sent.id}"' in page.text
    assert "I saw &lt;b&gt;it&lt;/b&gt;." in page.text
    assert sent.id in {f["about"] for f in forms(page) if f["kind"] == "undo"}
    before = (await anna.get(f"{PAGE}.json")).json()
    assert (await send(anna, await form(anna, "undo"))).status_code == 303
    assert ledger.sent[-1].says == Undoes(verdict=sent.id)
    after = (await anna.get(f"{PAGE}.json")).json()
    assert (after["word"], after["evidence"]) != (before["word"], before.get("evidence"))
    assert after["word"] == "disputed"
    assert sent.id not in {f["about"] for f in forms(await anna.get(PAGE)) if f["kind"] == "undo"}


async def test_comment_is_shown_and_undone_and_leaves_the_claim_as_it_was(
    anna: httpx.AsyncClient, ledger: SeedLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corrections, "SHOW_SECONDS", 60)  # longer than a test may take: nothing here waits for it
    before = (await anna.get(f"{PAGE}.json")).json()
    answer = await send(anna, await form(anna, "comment", reason="Ask the <i>district</i>."))
    [sent] = ledger.sent
    assert (sent.says, sent.reason) == (Comments(), "Ask the <i>district</i>.")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}#verdict-{sent.id}")
    assert "Person Anna comments: Ask the &lt;i&gt;district&lt;/i&gt;." in (await anna.get(PAGE)).text
    after = (await anna.get(f"{PAGE}.json")).json()
    same = {"verdicts": [], "version": ""}
    assert [v["says"] for v in after["verdicts"]] == [{"kind": "comment"}]
    assert {**after, **same} == {**before, **same}
    assert (await send(anna, await form(anna, "undo"))).status_code == 303
    assert ledger.sent[-1].says == Undoes(verdict=sent.id)
    assert [v["undone"] for v in (await anna.get(f"{PAGE}.json")).json()["verdicts"]] == [True, False]


async def test_statement_that_opens_the_claim_cannot_be_taken_out(anna: httpx.AsyncClient) -> None:
    assert POKROVSK not in {f["about"] for f in forms(await anna.get(PAGE))}


async def test_page_of_the_past_has_no_forms(anna: httpx.AsyncClient) -> None:
    assert not forms(await anna.get(f"{PAGE}?as_of=2025-12-02"))


@pytest.mark.parametrize(
    ("kind", "typed", "why"),
    [
        ("status", {"value": "refuted", "reason": " "}, "say why"),
        ("status", {"value": "hoax", "reason": "kept words"}, "status is"),
        ("comment", {"reason": " "}, "has none"),
        ("merge", {"value": "ffff", "reason": "kept words"}, "begins with"),
        ("merge", {"value": POKROVSK, "reason": "kept words"}, "under itself"),
        ("merge", {"value": "\x00' or", "reason": "kept words"}, "begins with"),
        ("no_claim", {"reason": "kept words" + "x" * 2000}, "longer than"),
    ],
)
async def test_what_cannot_be_done_is_told_and_the_words_are_kept(
    anna: httpx.AsyncClient, ledger: SeedLedger, kind: str, typed: dict[str, str], why: str
) -> None:
    answer = await send(anna, await form(anna, kind, **typed))
    assert answer.status_code == 400
    assert why in text(answer.text)
    assert typed["reason"].strip() in answer.text
    assert not ledger.sent


async def test_later_of_two_sees_what_the_earlier_has_said_and_keeps_his_words(
    anna: httpx.AsyncClient, ledger: SeedLedger
) -> None:
    mine, theirs = [await form(anna, "status", value=word, reason=f"by {word}") for word in ("refuted", "confirmed")]
    assert (await send(anna, theirs)).status_code == 303
    answer = await send(anna, mine)
    assert answer.status_code == 409
    assert "has changed since you read it" in answer.text
    assert "by confirmed" in text(answer.text)
    assert "by refuted</textarea>" in answer.text
    assert "<option selected>refuted</option>" in answer.text
    assert len(ledger.sent) == 1
    fresh = next(f for f in forms(answer) if f["kind"] == "status")
    assert (await send(anna, {**mine, **fresh})).status_code == 303


async def test_later_of_two_is_told_even_before_the_board_shows_what_the_earlier_has_said(
    anna: httpx.AsyncClient, ledger: SeedLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corrections, "SHOW_SECONDS", 0)
    ledger.lost = True
    filled = await form(anna, "status", value="refuted", reason="seen")
    answer = await send(anna, filled)
    assert answer.status_code == 202
    assert "on its way" in answer.text
    assert f"claimwire verdict undo {ledger.sent[0].id}" in answer.text
    assert (await send(anna, filled)).status_code == 409
    ledger.arrive()
    assert (await send(anna, await form(anna, "status", value="confirmed", reason="seen"))).status_code in (202, 303)


async def test_broker_that_is_away_is_told_and_the_words_are_kept(anna: httpx.AsyncClient, ledger: SeedLedger) -> None:
    ledger.away = True
    answer = await send(anna, await form(anna, "status", value="refuted", reason="kept words"))
    assert answer.status_code == 503
    assert "Nothing answers at" in answer.text
    assert "kept words" in answer.text


async def test_what_is_too_much_too_slow_or_no_form_is_refused(
    anna: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled = await form(anna, "no_claim", reason="x" * bodies.MOST_BYTES)
    assert (await send(anna, filled)).status_code == 413
    assert (await anna.post(f"{PAGE}/correct", json={})).status_code == 400
    many = {f"f{n}": "" for n in range(bodies.MOST_FIELDS + 1)}
    assert (await send(anna, many)).status_code == 400
    assert (await anna.post("/claims/ffff/correct", data=await form(anna, "no_claim"))).status_code == 404
    assert (await send(anna, await form(anna, "no_claim") | {"kind": "guess"})).status_code == 400
    monkeypatch.setattr(bodies, "BODY_SECONDS", 0.01)

    async def slow() -> AsyncIterator[bytes]:
        yield b"kind="
        await asyncio.sleep(30)

    headers = {"content-type": bodies.FORM}
    request = anna.build_request("POST", f"{PAGE}/correct", content=slow(), headers=headers)
    assert (await anna.send(request)).status_code == 408


BEARER = {"Authorization": f"Bearer {TOKEN}"}
ANNA = {"kind": "person", "name": "Anna"}


async def give(browser: httpx.AsyncClient, asked: Any, headers: dict[str, str] = BEARER) -> httpx.Response:
    return await browser.post(f"/claims/{POKROVSK[:8]}/verdicts", content=json.dumps(asked), headers=headers)


async def test_program_gives_a_verdict_and_gets_it_with_its_undo(
    anybody: httpx.AsyncClient, ledger: SeedLedger
) -> None:
    asked = {"says": {"kind": "status", "status": "refuted"}, "reason": "seen", "maker": ANNA}
    answer = await give(anybody, asked)
    [sent] = ledger.sent
    assert answer.status_code == 201
    assert answer.json()["verdict"] == as_json(sent)
    assert answer.json()["shown"] is True
    assert (await anybody.get(f"{PAGE}.json")).json()["status"] == "refuted"
    assert (await give(anybody, as_json(sent))).json()["verdict"] == as_json(sent)
    assert len(ledger.sent) == 1
    assert (await give(anybody, {**answer.json()["undo"], "maker": ANNA})).status_code == 201
    assert (await anybody.get(f"{PAGE}.json")).json()["status"] == "disputed"


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}])
async def test_program_without_the_token_is_refused(
    anybody: httpx.AsyncClient, ledger: SeedLedger, headers: dict[str, str]
) -> None:
    answer = await give(anybody, {"says": {"kind": "no_claim"}, "maker": ANNA}, headers)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert "token" in answer.json()["detail"]
    assert not ledger.sent


async def test_cookie_alone_gives_no_verdict_by_json(anna: httpx.AsyncClient) -> None:
    assert (await give(anna, {"says": {"kind": "no_claim"}, "maker": ANNA}, {})).status_code == 401


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"says": {"kind": "no_claim"}}, "maker is missing"),
        ({"says": {"kind": "guess"}, "maker": ANNA}, "statement, merge, no_claim, status, undo or comment"),
        ({"says": {"kind": "no_claim"}, "maker": "Anna"}, "maker is no JSON object"),
        ({"claim": "ffff", "says": {"kind": "no_claim"}, "maker": ANNA}, "begins with"),
        ([1], "no JSON object"),
    ],
)
async def test_program_is_told_what_cannot_be_done(anybody: httpx.AsyncClient, asked: Any, why: str) -> None:
    answer = await give(anybody, asked)
    assert answer.status_code == 400
    assert why in answer.json()["detail"]


async def test_openapi_describes_how_verdicts_are_given(anybody: httpx.AsyncClient) -> None:
    told = (await anybody.get("/openapi.json")).json()["paths"]
    assert {"201", "400", "401", "413", "503"} <= set(told["/claims/{id}/verdicts"]["post"]["responses"])


async def test_pages_with_forms_keep_the_rules_for_scripts_and_labels(anna: httpx.AsyncClient) -> None:
    page = await anna.get(PAGE)
    assert "form-action 'self'" in page.headers["content-security-policy"]
    assert page.headers["referrer-policy"] == "same-origin"
    tags = Read(page.text).tags
    ids = [of["id"] for _, of in tags if "id" in of]
    assert len(ids) == len(set(ids))
    labelled = {of.get("for") for tag, of in tags if tag == "label"}
    typed = [of for tag, of in tags if tag in ("input", "select", "textarea") and of.get("type") != "hidden"]
    assert all(of["id"] in labelled for of in typed)
