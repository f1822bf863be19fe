"""The board in a real browser: it can be read, used and followed there, and by a screen reader."""

import asyncio
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from board.change_queries import changes, last_seq
from board.corrections import Corrections
from board.following import News
from board.queries import last_words
from board.store import BoardStore
from board.web.app import application
from board.web.correcting import Correcting
from board.web.live import LiveChanges
from board.web.sessions import Sessions
from streams.local_broker.server import free_port
from tests.board.records import Story, take
from tests.board.web.browsing import SECONDS, Tabs, launched
from tests.board.web.moving import Moving
from tests.board.web.seed_ledger import TOKEN, SeedLedger
from tests.board.web.test_pages import PAGES, POKROVSK
from tests.pace import patience
from tests.stream.test_verdicts import on_seeds

IMAGES = Path(__file__).parents[3] / "docs" / "images"
PHONE = 320
OFTEN = """document.addEventListener("readystatechange", () => {
  const notice = document.querySelector("[data-every]");
  if (notice) notice.dataset.every = "50";
});"""
"""Lets an open claim ask every 50 ms whether it has changed. It runs before the page's own scripts."""


@dataclass
class Served:
    """The board of a store, as a process of its own would serve it."""

    store: BoardStore
    address: str
    loop: asyncio.AbstractEventLoop
    moving: Moving

    def tell(self) -> None:
        """Tell those who read along that the store has got farther."""
        news = News("one", last_seq(self.store))
        asyncio.run_coroutine_threadsafe(self.moving.tell(news), self.loop).result()


def serving(store: BoardStore, correcting: Correcting | None = None) -> Iterator[Served]:
    """Serve the board of a store until the test is over."""
    loop, moving, port = asyncio.new_event_loop(), Moving(), free_port()
    live = LiveChanges(store, moving, asyncio.Event())
    server = uvicorn.Server(
        uvicorn.Config(
            application(store, live, correcting, True), port=port, lifespan="off", log_config=None, ws="none"
        )
    )
    thread = threading.Thread(target=loop.run_until_complete, args=[server.serve()])
    thread.start()
    for _ in patience(SECONDS):
        if server.started:
            break
    yield Served(store, f"http://127.0.0.1:{port}", loop, moving)
    loop.call_soon_threadsafe(live.stopping.set)
    server.should_exit = True
    thread.join()
    loop.close()


@pytest.fixture
def served(store: BoardStore) -> Iterator[Served]:
    yield from serving(store)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    yield from launched()


@pytest.fixture
def full(served: Served, told: Story) -> Served:
    """The board of the seeds."""
    take(served.store, told.log.records)
    return served


@pytest.fixture
def tabs(chromium: Browser, served: Served) -> Iterator[Tabs]:
    """Closed before the board that they show: a live page that loses its board says so as an error."""
    made = Tabs(chromium, served.address)
    yield made
    made.close()


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_no_fault_and_pictures_of_the_seeds_are_taken(tabs: Tabs, dark: bool) -> None:
    page = tabs.open(dark=dark)
    for path in [*PAGES, f"/claims/{POKROVSK}", "/claims?side=Russia&words=pokrovsk", "/?as_of=2025-12-02"]:
        page.goto(path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
    if os.environ.get("CLAIMWIRE_PICTURES"):
        for name, path in (("now", "/"), ("claim", f"/claims/{POKROVSK}")):
            page.goto(path)
            page.screenshot(path=IMAGES / f"board-{name}-{'dark' if dark else 'light'}.png")


@pytest.mark.usefixtures("full")
def test_page_fits_a_narrow_phone(tabs: Tabs) -> None:
    page = tabs.open(width=PHONE)
    for path in [*PAGES, f"/claims/{POKROVSK}"]:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, path


def test_changes_appear_while_the_page_is_open_the_last_one_first(tabs: Tabs, served: Served, told: Story) -> None:
    page = tabs.open()
    page.goto("/")
    page.get_by_text("New changes appear here as they come.").wait_for()
    half = len(told.log.records) // 2
    for records in (told.log.records[:half], told.log.records[half:]):
        take(served.store, records)
        served.tell()
        newest = changes(served.store, limit=1)[0]
        page.locator(f"#change-{newest.seq}").wait_for()
        assert page.locator(".changes > li").first.get_attribute("id") == f"change-{newest.seq}"
    assert page.locator(".changes > li").count() == last_seq(served.store)


def test_last_words_are_asked_for_again_while_the_page_is_open(tabs: Tabs, served: Served, told: Story) -> None:
    half = len(told.log.records) // 2
    take(served.store, told.log.records[:half])
    page = tabs.open()
    page.clock.install()
    page.goto("/")
    before = page.locator("#last-words").inner_text()
    take(served.store, told.log.records[half:])
    [last] = last_words(served.store, 1)
    page.clock.run_for(31_000)
    page.locator("#last-words").get_by_text(last.line["quote"]).wait_for()
    assert page.locator("#last-words").inner_text() != before


@pytest.mark.usefixtures("full")
def test_board_is_read_and_searched_without_scripts_by_keyboard_alone(tabs: Tabs) -> None:
    page = tabs.open(scripts=False)
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/#main")
    page.get_by_label("Search claims").focus()
    page.keyboard.type("krasnoarmeysk")
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims?words=krasnoarmeysk")
    page.locator(".text a").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Russian forces have taken the city of Krasnoarmeysk").wait_for()


@pytest.fixture
def corrected(store: BoardStore) -> Iterator[Served]:
    """The board of the seeds, which takes corrections."""
    ledger = SeedLedger(store)
    yield from serving(store, Correcting(Corrections(store, ledger.send), Sessions(TOKEN)))


def test_open_claim_says_that_it_has_changed_and_is_loaded_again_only_by_its_reader(
    tabs: Tabs, served: Served, told: Story
) -> None:
    SeedLedger(served.store)
    claim = on_seeds()[0].claim
    page = tabs.open(width=PHONE)
    page.add_init_script(OFTEN)
    page.goto(f"/claims/{claim}?as_of=2025-12-10")
    assert page.locator("[data-version], script").count() == 0
    page.goto(f"/claims/{claim}#said")
    for _ in range(2):
        page.wait_for_event("response", lambda answer: answer.url.endswith(f"/claims/{claim}.json"))
    notice = page.locator("main [role=status]")
    assert notice.text_content() == ""
    take(served.store, told.log.records)
    page.get_by_text("This claim has changed since you opened the page.").wait_for()
    assert page.locator(".verdicts").count() == 0
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    notice.get_by_role("link", name="Load it again").click()
    page.locator(".verdicts").wait_for()
    assert notice.text_content() == ""


@pytest.mark.parametrize("scripts", [True, False])
def test_claim_is_corrected_and_the_correction_undone(chromium: Browser, corrected: Served, scripts: bool) -> None:
    tabs = Tabs(chromium, corrected.address)
    page = tabs.open(scripts=scripts, width=PHONE if scripts else 1100)
    page.goto(f"/claims/{POKROVSK}")
    page.get_by_role("link", name="Sign in to correct").click()
    page.get_by_label("Your name").fill("Anna")
    page.get_by_label("The board's token").fill(TOKEN)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**/claims/{POKROVSK}")
    page.get_by_text("Its status is another").click()
    form = page.locator("details[open]")
    form.get_by_label("Status").select_option("refuted")
    form.get_by_label("Because").fill("Seen it.")
    if os.environ.get("CLAIMWIRE_PICTURES") and not scripts:
        page.locator("#correct").evaluate("heading => heading.scrollIntoView({block: 'center'})")
        page.screenshot(path=IMAGES / "board-correct-light.png")
    if scripts:
        assert Axe().run(page).violations_count == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    form.get_by_role("button", name="Say so").click()
    page.wait_for_url("**#verdict-*")
    verdict = page.locator(".verdicts li:target")
    verdict.get_by_text("person Anna sets its status to refuted: Seen it.").wait_for()
    page.locator(".claim .state .badge.refuted").wait_for()
    verdict.get_by_text("Undo", exact=True).click()
    verdict.get_by_role("button", name="Undo it").click()
    page.locator(".claim .state .badge.disputed").wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in to correct").wait_for()
    tabs.close()
