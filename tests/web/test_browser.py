"""Every page in every state in Chromium: accessible, narrow, large, printed, by keyboard alone, and Back."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from looking import accessible, by_keyboard, fits, prints
from states import KEY, walk

from whatworks.cli.web import questions

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium; Debian's is `apt-get install chromium`")


@pytest.fixture(scope="module")
def addresses(sites: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Return the address at which each site is served to a real browser."""
    from werkzeug.serving import make_server

    servers = {name: make_server("127.0.0.1", 0, site, threaded=True) for name, site in sites.items()}
    threads = [Thread(target=server.serve_forever) for server in servers.values()]
    for thread in threads:
        thread.start()
    yield {name: f"http://127.0.0.1:{server.server_port}" for name, server in servers.items()}
    for server in servers.values():
        server.shutdown()
    for thread in threads:
        thread.join()
    for server in servers.values():
        server.server_close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Return the one browser of the session."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def opened(chromium: Any, addresses: dict[str, str]) -> Any:
    """Return a page of the browser in a site's own context, let in by the printed address; it fetches no script."""
    found = {}
    for name, address in addresses.items():
        found[name] = chromium.new_context().new_page()
        found[name].route("**/*.js", lambda route: route.abort())
        found[name].goto(f"{address}/start/{KEY}")
    return found


@pytest.fixture(scope="module")
def walked(opened: Any, addresses: dict[str, str], sites: dict[str, Any]) -> dict[str, list[str]]:
    """Return what is wrong in the states of the table, by the kind of check."""
    wrong: dict[str, list[str]] = {name: [] for name in CHECKS}
    for state in dict.fromkeys(walk(sites["town"], questions())):
        page = opened[state.site]
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(f"{addresses[state.site]}/questions")
        before = page.title()
        page.goto(f"{addresses[state.site]}{state.address}")
        if state.fills is not None:
            _send(page, state.fills)
        for name, check in CHECKS.items():
            wrong[name] += [f"{state}: {fault}" for fault in check(page)]
        if state.fills is None and state.address != "/questions":
            page.go_back()
            wrong["Back"] += [] if page.title() == before else [f"{state}: Back leads to {page.title()}"]
    return wrong


def _send(page: Any, fills: Mapping[str, Any]) -> None:
    for name, value in fills.items():
        field = page.locator(f'main [name="{name}"]')
        if isinstance(value, Path):
            field.set_input_files(value)
        elif field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    with page.expect_navigation():
        page.locator("main form button").last.click()


def _error_has_focus(page: Any) -> list[str]:
    if page.locator(".govuk-error-summary").count() == 0:
        return []
    focused = page.evaluate("document.activeElement.classList.contains('govuk-error-summary')")
    return [] if focused else ["its summary of errors does not have the focus"]


CHECKS: dict[str, Any] = {
    "error": _error_has_focus, "axe": accessible, "width": fits, "print": prints, "keyboard": by_keyboard,
    "Back": lambda page: [],
}  # fmt: skip


@pytest.mark.parametrize("kind", CHECKS)
def test_every_page_in_every_state_holds(walked: dict[str, list[str]], kind: str) -> None:
    assert not walked[kind], "\n".join(walked[kind])


def test_a_question_is_asked_by_keyboard_alone(opened: Any, addresses: dict[str, str]) -> None:
    page, served = opened["town"], addresses["town"]
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
