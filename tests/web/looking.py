"""What a page must hold in a real browser, whatever its state: each check returns what is wrong, or nothing."""

from typing import Any

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
CUT = """[...document.querySelectorAll('*')].filter(one => one.getClientRects().length
 && one.scrollWidth > one.clientWidth + 1 && ['auto', 'scroll', 'hidden'].includes(getComputedStyle(one).overflowX)
 && !one.classList.contains('govuk-visually-hidden')).map(one => one.className || one.tagName)"""
REACHED = """[...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter(
 one => one.getClientRects().length && one.type !== 'hidden' && !one.disabled).length"""
FOCUS = """(() => { const one = document.activeElement; if (!one || one === document.body) return null;
 const label = one.type === 'checkbox' || one.type === 'radio' ? one.nextElementSibling : one;
 const styles = [getComputedStyle(one), getComputedStyle(label, label === one ? null : '::before')];
 window.numbered = window.numbered || new Map(); if (!numbered.has(one)) numbered.set(one, numbered.size);
 return [numbered.get(one), styles.some(s => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2)
 || s.boxShadow !== 'none'), one.outerHTML.slice(0, 90)]; })()"""
LEFT_OUT_OF_PRINT = "main button, main form, .govuk-back-link, .govuk-service-navigation"


def accessible(page: Any) -> list[str]:
    """Return the rules of axe that a page breaks, at 1280 and 320 px."""
    from axe_playwright_python.sync_playwright import Axe

    broken = []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page, options=RULES).response["violations"]
        broken += [f"axe at {width}: {one['id']}: {one['nodes'][0]['html'][:150]}" for one in found]
    return broken


def fits(page: Any) -> list[str]:
    """Return where a page must be scrolled sideways: on a phone, and with text of twice the size."""
    wrong = []
    page.set_viewport_size({"width": 320, "height": 900})
    if page.evaluate(SIDEWAYS):
        wrong.append("goes sideways at 320 px")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    if page.evaluate(SIDEWAYS):
        wrong.append("goes sideways with text at 200%")
    page.evaluate("document.documentElement.style.fontSize = ''")
    return wrong


def prints(page: Any) -> list[str]:
    """Return what paper of A4 would cut off, and what has no use on paper and is printed."""
    page.set_viewport_size({"width": 718, "height": 1000})
    page.emulate_media(media="print")
    wrong = [f"printing cuts off {name}" for name in page.evaluate(CUT)]
    shown = page.locator(LEFT_OUT_OF_PRINT)
    wrong += [
        f"prints {shown.nth(at).inner_text()[:40]!r}" for at in range(shown.count()) if shown.nth(at).is_visible()
    ]
    if not page.locator("h1").is_visible():
        wrong.append("does not print its heading")
    page.emulate_media(media="screen")
    return wrong


def by_keyboard(page: Any) -> list[str]:
    """Return what the Tab key does not reach, and where the focus cannot be seen."""
    page.set_viewport_size({"width": 1280, "height": 900})
    expected, seen, wrong = page.evaluate(REACHED), set[int](), list[str]()
    for _ in range(expected + 2):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at is None:
            continue
        number, visible, part = at
        if not visible and number not in seen:
            wrong.append(f"focus cannot be seen on {part}")
        seen.add(number)
    if len(seen) < expected:
        wrong.append(f"{len(seen)} of {expected} controls are reached by the Tab key")
    return wrong
