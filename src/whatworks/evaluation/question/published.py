"""Publish the schemas of protocol and result, and the tables of keys in docs/protocol.md.

`python -m whatworks.evaluation.question.published [docs/protocol.md]` writes them anew; tests hold them to the code.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from whatworks.evaluation.question.exclusions import EXCLUSIONS
from whatworks.evaluation.question.outcome_register import outcome_named, outcome_names
from whatworks.evaluation.question.placebo_register import placebo_named, placebo_names
from whatworks.evaluation.question.protocol import Protocol, protocol_schema
from whatworks.evaluation.result import result_schema
from whatworks.evaluation.values.settings import ColumnSettings, FlatOutcome, Section
from whatworks.records.mappings.mapping import FileSettings

HERE = Path(__file__).parent.parent
PUBLISHED = {"protocol.schema.json": protocol_schema, "result.schema.json": result_schema}


def schema_text(schema: dict[str, Any]) -> str:
    """Return a schema as its file holds it.

    >>> schema_text({"type": "object"}).splitlines()[1]
    '  "type": "object"'
    """
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def write_schemas(folder: Path = HERE) -> list[Path]:
    """Write every published schema into a folder, and return the files."""
    paths = [folder / name for name in PUBLISHED]
    for path, schema in zip(paths, PUBLISHED.values(), strict=True):
        path.write_text(schema_text(schema()), encoding="utf-8", newline="\n")
    return paths


def sections() -> dict[str, type[BaseModel]]:
    """Return every section of a protocol by its heading in docs/protocol.md."""
    of_file: dict[str, type[BaseModel]] = {"[data.columns.NAME]": ColumnSettings, "[data.outcomes.NAME]": FlatOutcome}
    found: dict[str, type[BaseModel]] = {}
    for name, field in Protocol.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            found[f"[{name}]"] = field.annotation
    return {"top": Protocol, **found, "[data]: the file": FileSettings, **of_file}


def keys_of(model: type[BaseModel]) -> list[str]:
    """Return a section's own keys: neither sections nor the settings of a file, which have tables of their own."""
    return [
        name
        for name, field in model.model_fields.items()
        if not (isinstance(field.annotation, type) and issubclass(field.annotation, Section))
        and (model is FileSettings or name not in FileSettings.model_fields)
    ]


def key_table(model: type[BaseModel]) -> str:
    """Return the table of a section's keys: what each means, and what holds where it is left out."""
    lines = ["| key | by default | meaning |", "|---|---|---|"]
    for name in keys_of(model):
        field = model.model_fields[name]
        meaning = field.description or "As under [a mapping's `[file]`](records.md#mappings)."
        lines.append(f"| `{name}` | {_default(field)} | {meaning} |")
    return "\n".join(lines)


def outcome_table() -> str:
    """Return the table of outcomes that a partnership's records can give, as named over a year."""
    lines = ["| name | what | Diamond measure | design |", "|---|---|---|---|"]
    lines += [
        f"| `{one.name}` | {one.label} | {one.measure} | {one.design.replace('_', '-')} |"
        for one in map(outcome_named, outcome_names(12))
        if one
    ]
    return "\n".join(lines)


def placebo_table() -> str:
    """Return the table of placebos that a partnership's records can give, as named over a year."""
    lines = ["| name | what |", "|---|---|"]
    return "\n".join(
        [*lines, *(f"| `{one.name}` | {one.label} |" for one in map(placebo_named, placebo_names(12)) if one)]
    )


def exclusion_table() -> str:
    """Return the table of registered exclusions."""
    lines = ["| name | who goes |", "|---|---|"]
    return "\n".join([*lines, *(f"| `{one.name}` | {one.reason} |" for one in EXCLUSIONS.values())])


def documented(text: str) -> str:
    """Return docs/protocol.md with its generated tables as the code has them now; the rest stays."""
    tables = {name: key_table(model) for name, model in sections().items()}
    tables |= {"outcomes": outcome_table(), "placebos": placebo_table(), "exclusions": exclusion_table()}
    for name, table in tables.items():
        pattern = re.compile(rf"(<!-- table: {re.escape(name)} -->\n).*?(\n<!-- end -->)", re.DOTALL)
        text = pattern.sub(lambda found, table=table: found[1] + table + found[2], text)  # type: ignore[misc]
    return text


def _default(field: Any) -> str:
    if field.is_required():
        return "needed"
    if field.default is PydanticUndefined or field.default in (None, (), ""):
        return "none"
    value = list(field.default) if isinstance(field.default, tuple) else field.default
    return f"`{json.dumps(value)}`"


if __name__ == "__main__":
    write_schemas()
    for page in map(Path, sys.argv[1:]):
        page.write_text(documented(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
