"""Items that attack their reader go through the broker and a worker to the board, which a real browser opens."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from streams.escaping import shown
from tests.board.web.browsing import Tabs, launched
from tests.stream.harness import Stream
from tests.stream.test_board_pages import started
from tests.unit.builders import ninjs

PHONE = 390
MARKS = "\u202e\u2066\u200b\ufeff\x07\x1b"
LONG = f"Kramatorsk{'a' * 400}"
SCRIPT = "<script>alert(1)</script>"
LINK = '<a href="javascript:alert(1)">here</a>'


def hostile(hour: int, body: str, uri: str, outlet: str, headline: str = "") -> dict[str, Any]:
    return ninjs(body, headline, uri=uri, outlet=outlet, versionCreated=f"2025-12-01T{hour:02}:00:00Z")


ITEMS = [
    hostile(
        8,
        "Russian forces have captured Pokrovsk, the <img src=x onerror=alert(1)> city, General Valery Gerasimov said.",
        "javascript:alert(1)",
        f'">{SCRIPT}',
    ),
    hostile(
        9,
        f"Ukraine denied that Russian forces had captured Pokrovsk {SCRIPT} {MARKS} and {LONG}.",
        'https://x.example/"onmouseover="alert(1)',
        f"Out{MARKS}let {LINK}",
    ),
    hostile(
        10,
        f"Russian forces destroyed the bridge {LONG} at Kherson <b onmouseover=alert(1)>today</b>, Zelensky said.",
        "https://x.example/\u202egpj.exe",
        "x" * 190,
    ),
    hostile(
        11,
        "Ukraine has no reserves left near Siversk, the Russian Defence Ministry said.",
        "data:text/html,<script>alert(1)</script>",
        f"</title></textarea>{SCRIPT}",
        f"Moscow says Russian {SCRIPT}{MARKS} forces have taken Siversk",
    ),
]

WATCH = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt"]) window[name] = () => window.ran.push(name);
document.addEventListener("securitypolicyviolation", e => window.ran.push(e.violatedDirective + " " + e.blockedURI));
"""


@pytest.fixture
def chromium() -> Iterator[Browser]:
    yield from launched()


def look(page: Page) -> None:
    """See that the open page shows words as words, and fits."""
    assert page.evaluate("window.ran") == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, page.url
    content = page.content()
    assert not set(MARKS) & set(content), page.url
    addresses = page.eval_on_selector_all("a", "links => links.map(link => link.href)")
    assert {address.partition(":")[0] for address in addresses} <= {"http", "https"}, page.url
    handlers = "tags => tags.flatMap(t => [...t.attributes].map(a => a.name)).filter(n => n.startsWith('on'))"
    assert page.eval_on_selector_all("*", handlers) == [], page.url
    assert page.eval_on_selector_all("img, iframe, object, embed, style, base", "tags => tags.length") == 0, page.url
    for pointed in page.locator("main a, main q, main summary").all()[:20]:
        pointed.dispatch_event("mouseover")
    assert page.evaluate("window.ran") == [], page.url


def test_hostile_items_are_shown_as_words_and_run_nothing(stream: Stream, chromium: Browser) -> None:
    running, address = started(stream)
    worker = stream.worker()
    tabs = Tabs(chromium, address)
    page = tabs.open(width=PHONE)
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    page.add_init_script(WATCH)
    page.goto("/")
    page.get_by_text("New changes appear here as they come.").wait_for()
    with ThreadPoolExecutor() as aside:  # Playwright runs an event loop in this thread

        def fed() -> list[dict[str, Any]]:
            stream.produce_items(ITEMS)
            stream.settled(worker)
            return [json.loads(line) for line in stream.claims()]

        claims = aside.submit(fed).result()
    assert {line["item"] for claim in claims for line in claim["evidence"]} == {item["uri"] for item in ITEMS}
    for claim in claims:  # what comes live is put into the page by a script
        page.locator(f'.changes a[href="/claims/{claim["id"]}"]').first.wait_for()
    look(page)
    lists = ["/", "/claims", "/sides", "/outlets", "/places", "/over-time"]
    for path in [*lists, *(f"/claims/{claim['id']}" for claim in claims)]:
        page.goto(path)
        look(page)
    outlets = {line["outlet"] for claim in claims for line in claim["evidence"]}
    for words in (SCRIPT, MARKS, *outlets):
        page.goto(f"/claims?{urlencode({'words': words, 'outlet': words, 'side': words})}")
        look(page)
    page.goto("/claims?words=siversk")
    page.get_by_role("link", name=f"Russian {SCRIPT}{shown(MARKS)} forces have taken Siversk").click()
    page.get_by_role("heading", level=1).get_by_text(f"{SCRIPT}{shown(MARKS)}").wait_for()
    page.get_by_text(f"</title></textarea>{SCRIPT}").first.wait_for()
    assert all(url.startswith(f"{address}/") for url in asked), asked
    tabs.close()
    assert running.terminate().code == 0
