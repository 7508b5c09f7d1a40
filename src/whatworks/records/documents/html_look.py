"""Know what of a web page is not its paper: what it strikes through or hides, and what only leads through the site."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from whatworks.records.documents.document import AsideKind
from whatworks.records.documents.note_mark import is_note_mark

_STYLED: tuple[tuple[AsideKind, re.Pattern[str]], ...] = (
    ("struck-through", re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through")),
    ("hidden", re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)")),
)
_RAISED = re.compile(r"vertical-align\s*:\s*super")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"[a-z][\w-]*|[.#][\w-]+", re.IGNORECASE)
_LEADING = re.compile(
    r"(?:left|right|top|main|site|sub|global)?(?:nav|navbar|navigation|menu)|breadcrumbs?|crumbs?|share|sharing|social"
    r"|cookies?|skip|footer|banner|sidebar|pagination|pager|toolbar|links|search|login|rss|feedback|noprint"
)
_ROLES = ("navigation", "banner", "contentinfo", "search", "complementary")
_OUTSIDE = ("header", "footer", "aside")
_INSIDE = ("main", "article")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?)(?:$|[?#])|\bdocuments?/|ViewDocument|filestream|DecisionDetails", re.I)
_NAMED_FILE = re.compile(r"\S.{0,80}\.(?:pdf|docx?|xlsx?|pptx?)", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SKIP = re.compile(
    r"(?:skip|jump|back|return) to (?:\w+ )?(?:content|navigation|top|menu)|print this page", re.IGNORECASE
)
_MOST_SHARE = 0.5
"""Navigation is never more than this part of a page's words: what is more is the paper, whatever it is called."""

Left = dict[etree._Element, AsideKind]


def left_out(root: etree._Element) -> Left:
    """Return the elements whose words are no part of what the page says; those within them are not named again."""
    styles, sizes = dict(_styles(root)), _sizes(root)
    whole = sizes[root].words * _MOST_SHARE
    head = next(root.iter("h1", "h2"), None)
    around = set(head.iterancestors()) | {head} if head is not None else set()
    passed = head is None
    found: Left = {}
    stack = [root]
    while stack:
        element = stack.pop()
        passed = passed or element is head
        if not isinstance(element.tag, str):
            continue
        kind = _taken_back(element, styles)
        size = sizes[element]
        if kind is None and element not in around and size.words <= whole and _leads(element, size, before=not passed):
            kind = "navigation"
        if kind is None:
            stack.extend(reversed(element))
        else:
            found[element] = kind
    return found


@dataclass(slots=True)
class _Size:
    """How many signs an element holds, how many of them in links, how many links, and how many of these to papers."""

    words: int = 0
    linked: int = 0
    links: int = 0
    papers: int = 0


def _sizes(root: etree._Element) -> dict[etree._Element, _Size]:
    """Return the sizes of all elements, each worked out once from those within it."""
    sizes: dict[etree._Element, _Size] = {}
    for element in reversed(list(root.iter())):
        size = sizes.setdefault(element, _Size())
        said = isinstance(element.tag, str)
        size.words += len((element.text or "").strip()) if said else 0
        if element.tag == "a":
            size.linked, size.links = size.words, size.links + 1
            size.papers += bool(_FILE.search(str(element.get("href") or "")))
        parent = element.getparent()
        if parent is not None:
            above = sizes.setdefault(parent, _Size())
            above.words += size.words + len((element.tail or "").strip())
            above.linked += size.linked
            above.links += size.links
            above.papers += size.papers
    return sizes


def is_mark(element: etree._Element, before: str) -> bool:
    """Tell whether an element is the raised mark of a note behind this text."""
    raised = element.tag == "sup" or bool(_RAISED.search(str(element.get("style") or "")))
    return raised and is_note_mark(_words(element), before)


def _styles(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield what the page's own rules say of a tag, a class (.name) or an element (#name)."""
    for sheet in root.iter("style"):
        for names, said in _RULE.findall(sheet.text or ""):
            for name in names.split(","):
                if _SIMPLE.fullmatch(name.strip()):
                    yield name.strip(), said.lower()


def _taken_back(element: etree._Element, styles: Mapping[str, str]) -> AsideKind | None:
    if element.tag in ("s", "strike", "del"):
        return "struck-through"
    if element.get("hidden") is not None:
        return "hidden"
    names = [str(element.tag), *(f".{one}" for one in str(element.get("class") or "").split()), f"#{element.get('id')}"]
    said = ";".join([*(styles.get(name, "") for name in names), str(element.get("style") or "").lower()])
    return next((kind for kind, look in _STYLED if look.search(said)), None)


def _leads(element: etree._Element, size: _Size, *, before: bool) -> bool:
    """Tell whether an element only leads through the site; `before` says that it stands before the first heading."""
    tag = element.tag
    if tag in ("html", "body", "table", "tr", *_INSIDE):
        return False
    if tag == "nav" or element.get("role") in _ROLES:
        return True
    if tag in _OUTSIDE and not any(one.tag in _INSIDE for one in element.iterancestors()):
        return tag != "header" or size.links > 0 or not _YEAR.search(_words(element))
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if any(_LEADING.fullmatch(word.lower()) for word in _WORD.findall(names)):
        return True
    if tag == "a":
        return bool(_SKIP.match(_words(element)) or _NAMED_FILE.fullmatch(_words(element)))
    only_links = size.links > 0 and size.words - size.linked <= 3 * size.links
    if tag in ("ul", "ol"):
        return only_links and (before or size.papers == size.links)
    return only_links and before and tag in ("p", "div", "td") and size.links > 1


def _words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())
