"""Read minutes that are set as one table (number, item or discussion, action by) as the running minutes they are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from whatworks.board.reading.action_table import head_columns
from whatworks.board.reading.block import ACTION_LABEL, PaperBlock
from whatworks.board.reading.column_head import columns, kinds_of
from whatworks.board.reading.marker import Marker, MarkerKind, read_marker
from whatworks.board.reading.outline import is_heading_text
from whatworks.board.reading.sentence import sentences

_MARKED = re.compile(rf"(?:{ACTION_LABEL})\s*[:–—-]\s*", re.IGNORECASE)
_IS_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*[a-z]?\.?|\d{1,3}/\d{2,4}")
_NOTHING = re.compile(r"(?:none|nil|n/?a|-|–|—)?\.?", re.IGNORECASE)


def minutes_columns(cells: Sequence[str]) -> tuple[str, ...] | None:
    """Return what the columns of minutes set as a table hold; None if these cells head no such table.

    >>> minutes_columns(("No.", "Item", "Action by"))
    ('number', 'text', 'owner')
    >>> minutes_columns(("No.", "Action", "Owner", "Due")) is None, minutes_columns(("Item", "Cost")) is None
    (True, True)
    """
    kinds = list(columns(cells, ("owner", "due", "action", "decision", "text", "number", "title")))
    if "text" not in kinds and "title" in kinds and head_columns(cells) is None:
        kinds[kinds.index("title")] = "text"
    if "text" not in kinds and kinds[:1] == ["number"] and cells[0].strip(" :*").lower() == "item":
        kinds[0] = "text" if head_columns(cells) is None else "number"
    whole = all(kinds) and "text" in kinds and ("action" in kinds or "owner" in kinds)
    return tuple(kinds) if whole else None


def unfold(blocks: Sequence[PaperBlock]) -> tuple[tuple[PaperBlock, ...], set[int]]:
    """Return the blocks with such a table's rows as items, paragraphs and marked actions; and the lines of its heads.

    A column of initials alone marks what is said beside it. Rows of other tables stay as they are.
    """
    held: list[PaperBlock] = []
    heads: set[int] = set()
    columns: tuple[str, ...] | None = None
    for block in blocks:
        found = minutes_columns(block.cells) if block.row else None
        if found:
            columns = found
            heads.update(range(block.lines[0], block.lines[1] + 1))
        elif block.row and (columns is None or head_columns(block.cells) is not None):
            columns = None
            held += (not head_columns(block.cells) and _of_pair(block)) or (block,)
        elif block.row and columns is not None:
            held += [one for one in _of_row(block, columns) if not _stands(one, held)]
        else:
            held.append(block)
    return tuple(held), heads


def _stands(block: PaperBlock, held: Sequence[PaperBlock]) -> bool:
    """Tell whether a row repeats the title of the item that it goes on with."""
    titles = [one for one in held if one.heading or (one.marker and one.marker.kind == "item")]
    return bool(titles) and (block.text, block.marker, block.heading) == (
        titles[-1].text,
        titles[-1].marker,
        titles[-1].heading,
    )


def _of_row(block: PaperBlock, columns: Sequence[str]) -> Iterator[PaperBlock]:
    parts = dict(zip(columns, _fitted(block, columns), strict=False))
    number, title = (" ".join(parts.get(one, ())).strip() for one in ("number", "title"))
    said = list(parts.get("text", ()))
    plain = replace(block, row=False, cells=(), parts=(), marker=None, heading=False, gap=True)
    if number and not _IS_NUMBER.fullmatch(number):
        marker, rest = read_marker(number)
        number, title = (marker.text, rest) if marker and not title else ("", title or number)
    if number and not title and said and is_heading_text(said[0]):
        title = said.pop(0)
    if title and number:
        yield replace(plain, text=title, marker=Marker("item", number.rstrip("."), "item"))
    elif title:
        yield replace(plain, text=title, heading=True)
    owner = " ".join(parts.get("owner", ())).strip()
    for at, text in enumerate(said):
        mark = _MARKED.match(text)
        if mark and owner and not parts.get("action"):
            yield replace(plain, text=f"Action ({owner}): {text[mark.end() :]}")
            owner = ""
        elif number and not title and not at:
            kind: MarkerKind = "decimal" if "." in number.rstrip(".") else "number"
            yield replace(
                plain, text=text, marker=Marker(kind, number.rstrip("."), "1.1" if kind == "decimal" else "1.")
            )
        else:
            marker, rest = read_marker(text)
            yield replace(plain, text=rest if marker else text, marker=marker)
    for decision in parts.get("decision", ()):
        yield replace(plain, text=f"Decision: {decision}")
    cells = {kind: " ".join(parts.get(kind, ())) for kind in ("action", "due")} | {"owner": owner}
    if not owner and not cells["due"] and len(parts.get("action", ())) > 1:
        yield from (replace(plain, text=f"Action: {one}") for one in parts["action"])
        return
    for asked in _asked(cells):
        yield replace(plain, text=f"Action: {asked}")


def _of_pair(block: PaperBlock) -> tuple[PaperBlock, ...]:
    """Return what a row of a label and its text says, as forms of one item each are set: "Decision", "Actions"."""
    filled = [parts for parts in block.parts if parts]
    if len(filled) != 2 or len(filled[0]) != 1:
        return ()
    label = filled[0][0]
    marker, _ = read_marker(f"{label} X")
    if marker and marker.kind == "item":
        return tuple(_of_row(replace(block, parts=((marker.text,), filled[1])), ("number", "title")))
    kinds = kinds_of(label)
    kind = next(
        (
            one
            for one in ("decision", "action", "text", "title")
            if one in kinds and not kinds & {"owner", "due", "number"}
        ),
        "",
    )
    return tuple(_of_row(replace(block, parts=(filled[1],)), (kind,))) if kind else ()


def _asked(cells: dict[str, str]) -> list[str]:
    """Return the actions of a row as running minutes would mark them: "AB: to write by 3 May", or the owner alone."""
    action, owner, due = (cells.get(one, "").strip() for one in ("action", "owner", "due"))
    action, owner, due = ("" if _NOTHING.fullmatch(one) else one for one in (action, owner, due))
    actions = [sentence.text for sentence in sentences(action)] if not owner and not due else [action]
    held = []
    for one in actions or [""]:
        said = ": ".join(part for part in (owner, one) if part)
        held.append(f"{said} (by {due})" if said and due and one else said)
    return [said for said in held if said]


def _fitted(block: PaperBlock, columns: Sequence[str]) -> list[tuple[str, ...]]:
    """Return a row's cells under their columns, where a short row left the first, empty, column out."""
    held, first = list(block.parts), block.cells[0].strip() if block.cells else ""
    begun = _IS_NUMBER.fullmatch(first) or read_marker(first)[0]
    if len(columns) - len(held) == 1 and columns[0] == "number" and not begun and len(first.split()) > 6:
        held = [(), *held]
    return held
