"""Publish the schemas of the protocol and the result: `python -m whatworks.evaluation.published` writes them anew."""

import json
from pathlib import Path
from typing import Any

from whatworks.evaluation.protocol import protocol_schema
from whatworks.evaluation.result import result_schema

HERE = Path(__file__).parent
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


if __name__ == "__main__":
    write_schemas()
