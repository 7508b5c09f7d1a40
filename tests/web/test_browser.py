"""Every page in Chromium: no rule of accessibility broken, no scrolling sideways at 320 px, keyboard alone."""

import shutil
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PAGES = (
    "/", "/extracts", "/extracts/police%20crimes", "/evaluations", "/evaluations/rossi", "/board/actions",
    "/board/actions/1", "/questions", "/questions/journeys/time", "/questions/journeys/time?kind=magistrates&ask=1",
    "/questions/journeys/time?kind=magistrats&ask=1", "/questions/places/hotspots", "/nothing",
)  # fmt: skip

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium; Debian's is `apt-get install chromium`")


@pytest.fixture(scope="module")
def served(site: Any) -> Iterator[str]:
    """Return the address at which the site is served to a real browser."""
    from werkzeug.serving import make_server

    server = make_server("127.0.0.1", 0, site, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def page(served: str) -> Iterator[Any]:
    """Return a page of a browser in which scripts of pages do not run, let in by the printed address."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_context().new_page()
        opened.goto(f"{served}/start/a-key-for-tests")
        yield opened
        browser.close()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_breaks_no_rule_and_fits_a_phone(page: Any, served: str, address: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{served}{address}")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []


def test_a_question_is_asked_by_keyboard_alone(page: Any, served: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{served}/questions/journeys/victims")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to main content"
    page.keyboard.press("Enter")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "ask":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("#answer-title")
    assert "ask=1" in page.url
    assert "Victims" in page.inner_text("#answer-title")
