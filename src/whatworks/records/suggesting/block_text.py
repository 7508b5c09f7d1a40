"""Write what was chosen for a table as a block of a mapping, with remarks for the person who checks it."""

import json
from collections.abc import Iterator, Mapping

import dataframely as dy

from whatworks.records.mappings.mapping import UNKNOWN
from whatworks.records.refusal import shape
from whatworks.records.showing.shown import shown_in
from whatworks.records.suggesting.choice import Choice, fillable
from whatworks.records.suggesting.content import Content
from whatworks.records.suggesting.tables_of_words import meaning
from whatworks.records.tables.declaration import DATED
from whatworks.records.tables.references import is_identifying

MOST_CODES = 60


def block_text(choice: Choice, contents: Mapping[str, Content]) -> str:
    """Return the block as TOML. What only a person can tell stands in remarks that say what to decide."""
    return "\n".join(_lines(choice, contents)) + "\n"


def quoted(value: object) -> str:
    """Return a value as TOML writes it.

    >>> print(quoted('a "b"'), quoted(3))
    "a \\"b\\"" 3
    """
    if isinstance(value, bool | int):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"[{', '.join(quoted(part) for part in value)}]"
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _lines(choice: Choice, contents: Mapping[str, Content]) -> Iterator[str]:
    yield from ("[[table]]", f"table = {quoted(choice.table)}")
    if choice.distinct:
        yield "distinct = true    # people stand on several rows: equal rows are kept once"
    if choice.only_new:
        yield "only_new = true    # people whom another file of the agency brings are left out here"
    if _has_people_on_no_scheme(choice, contents):
        heading = quoted(choice.columns["scheme_id"])
        yield f"when = [{{ column = {heading}, not_empty = true }}]    # other rows are of people on no scheme"
    formats = dict(_formats(choice, contents))
    if any("%y" in form for written, _ in formats.values() for form in written):
        yield "two_digit_years = true    # CHECK: years have two digits, so 30 may mean 1930 or 2030"
    yield "[table.columns]               # our column = theirs"
    for name in choice.ours:
        yield from _column_lines(choice, name, contents)
    if choice.key:
        yield "[table.key]"
        for name, parts in choice.key.items():
            yield f"{name} = [{', '.join(quoted(part) for part in parts)}]    # {choice.remarks[name]}"
    if choice.split:
        yield "[table.split]"
        for name, part in choice.split.items():
            yield f"{name} = {{ column = {quoted(part.column)}, by = {quoted(part.by)}, part = {part.part} }}"
    hidden = {name for name, asked in choice.undecided.items() if not asked.needed}
    if formats:
        yield _remark("[table.formats]", formats.keys() <= hidden)
        for name, (written, remark) in formats.items():
            forms = quoted(written[0] if len(written) == 1 else written)
            yield _remark(f"{name} = {forms}" + (f"    # {remark}" if remark else ""), name in hidden)
    for name, heading in _maybe(choice).items():
        kind = choice.ours[name]
        if isinstance(kind, dy.Enum) and heading in contents:
            lines = _code_lines(choice.table, name, kind, contents[heading])
            yield from (_remark(line, name in hidden) for line in lines)


def _maybe(choice: Choice) -> dict[str, str]:
    """Return what fills our columns, and what would if a person says yes: the only heading that is asked about."""
    asked = {name: one.candidates[0] for name, one in choice.undecided.items() if len(one.candidates) == 1}
    return choice.columns | {name: heading for name, heading in asked.items() if name not in choice.filled}


def _remark(line: str, hidden: bool) -> str:
    return f"# {line}" if hidden else line


def _column_lines(choice: Choice, name: str, contents: Mapping[str, Content]) -> Iterator[str]:
    kind, asked = choice.ours[name], choice.undecided.get(name)
    if name in choice.columns:
        heading = choice.columns[name]
        remarks = [choice.remarks[name]] if name in choice.remarks else []
        remarks.append(_example(choice, name, contents))
        yield f"{name} = {quoted(heading)}    # {'; '.join(remarks)}"
    elif asked is not None:
        among = f" (among {', '.join(quoted(heading) for heading in asked.candidates)})" if asked.candidates else ""
        told = f"CHECK: {kind.description} {asked.question[0].upper()}{asked.question[1:]}{among}"
        yield f"{name} = {quoted(UNKNOWN)}    # {told}" if asked.needed else f"# {name} =     # {told}"
    elif name not in choice.filled:
        yield f"# {name} =     # not found: {kind.description}"


def _has_people_on_no_scheme(choice: Choice, contents: Mapping[str, Content]) -> bool:
    content = contents.get(choice.columns.get("scheme_id", ""))
    return content is not None and 0 < content.filled.len() < content.texts.len()


def _example(choice: Choice, name: str, contents: Mapping[str, Content]) -> str:
    table, content = choice.table, contents[choice.columns[name]]
    if not content.distinct:
        return "CHECK: empty in the rows looked at"
    first = content.distinct[0]
    kind = fillable(table)[name]
    codes = kind.categories if isinstance(kind, dy.Enum) else ()
    shown = shape(first) if is_identifying(table, name) else shown_in(content.filled, [first], codes)[0]
    empty = 0 if name == "scheme_id" else content.texts.len() - content.filled.len()
    lost = f"CHECK: empty in {empty} of {content.texts.len()} rows, which would be quarantined; "
    return f"{lost if empty and not kind.nullable else ''}such as {quoted(shown)}"


def _formats(choice: Choice, contents: Mapping[str, Content]) -> Iterator[tuple[str, tuple[tuple[str, ...], str]]]:
    for name, heading in _maybe(choice).items():
        content = contents.get(heading)
        if not isinstance(choice.ours[name], DATED) or content is None or not content.formats:
            continue
        share = content.formats[0][1]
        equal = [other for other, as_many in content.formats[1:] if as_many == share and "%y" not in other]
        remarks = ["some values do not fit"] if share < 1 and len(content.written) == 1 else []
        remarks += ["days are written in several ways"] if len(content.written) > 1 else []
        remarks += [f"{' and '.join(equal)} would read as many"] if equal and len(content.written) == 1 else []
        yield name, (content.written, f"CHECK: {'; '.join(remarks)}" if remarks else "")


def unknown_codes(table: str, name: str, kind: dy.Enum, content: Content) -> list[str]:
    """Return the codes of a column that nobody has told the meaning of, those of most rows first."""
    ours = tuple(str(code) for code in kind.categories)
    counted = content.filled.value_counts(sort=True, name="rows")
    return [str(code) for code, _ in counted.iter_rows() if meaning(table, name, str(code), ours) is None]


def _code_lines(table: str, name: str, kind: dy.Enum, content: Content) -> Iterator[str]:
    ours = tuple(str(code) for code in kind.categories)
    counted = content.filled.value_counts(sort=True, name="rows").head(MOST_CODES)
    seen = {str(code): int(rows) for code, rows in counted.iter_rows()}
    if set(seen) <= set(ours):
        return
    yield f"[table.codes.{name}]    # their code = ours: {', '.join(ours)}"
    shown, hidden = shown_in(content.filled, list(seen), ours), []
    for (code, rows), as_shown in zip(seen.items(), shown, strict=True):
        means = meaning(table, name, code, ours)
        if means is None and as_shown != code:
            hidden.append(quoted(as_shown))
            continue
        if means is not None:
            yield f"{quoted(code)} = {quoted(means)}" + ("" if means else "    # none of ours")
        elif kind.nullable:
            yield f'{quoted(code)} = ""    # CHECK: which of ours? None until you say; {rows} of the rows looked at'
        else:
            yield f'# {quoted(code)} = ""    # CHECK: which of ours? {rows} of the rows looked at'
    if hidden:
        kinds = ", ".join(dict.fromkeys(hidden))
        yield f"# CHECK: of {len(hidden)} more, each in few rows, only the shape is shown: {kinds}"
