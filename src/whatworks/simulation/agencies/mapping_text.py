"""Write the mapping that reads a made-up file, and the list of all files."""

import json
from collections.abc import Iterable, Mapping

import polars as pl

from whatworks.records.tables.agency_tables import RECORD_TABLES
from whatworks.simulation.agencies.extract import ISO, Block, Extract


def mapping_text(extract: Extract) -> str:
    """Return the TOML of a file's mapping."""
    encoding = {"utf-8-sig": "utf-8", "cp1252": "windows-1252"}.get(extract.encoding, extract.encoding)
    lines = ["[file]", f"delimiter = {_quoted(extract.delimiter)}", f"encoding = {_quoted(encoding)}"]
    for block in extract.blocks:
        lines += ["", *_block(block, extract)]
    return "\n".join(lines) + "\n"


def _block(block: Block, extract: Extract) -> Iterable[str]:
    yield "[[table]]"
    yield f"table = {_quoted(block.table)}"
    if block.when:
        column, text = block.when
        yield f"when = [{{ column = {_quoted(column)}, equals = {_quoted(text)} }}]"
    if block.not_empty:
        yield f"when = [{{ column = {_quoted(block.not_empty)}, not_empty = true }}]"
    yield from _section("columns", block.columns)
    yield from _section("constants", block.constants)
    kinds = RECORD_TABLES[block.table].columns()
    dated = [ours for ours in block.columns if kinds[ours].dtype == pl.Date]
    if extract.dates != ISO:
        timed = [ours for ours in block.columns if isinstance(kinds[ours].dtype, pl.Datetime)]
        yield from _section(
            "formats", dict.fromkeys(dated, extract.dates) | dict.fromkeys(timed, f"{extract.dates} %H:%M")
        )
    if block.key:
        yield "[table.key]"
        yield from (f"{ours} = {json.dumps(list(theirs), ensure_ascii=False)}" for ours, theirs in block.key.items())
    for ours, codes in block.codes.items():
        yield from _section(f"codes.{ours}", codes)


def _section(name: str, values: Mapping[str, str]) -> Iterable[str]:
    if values:
        yield f"[table.{name}]"
        yield from (f"{_key(ours)} = {_quoted(theirs)}" for ours, theirs in values.items())


def import_text(extracts: Iterable[Extract]) -> str:
    """Return `mappings/import.toml`: which file is whose, and how it is read."""
    blocks = [
        "[[file]]\n"
        f"pattern = {_quoted(extract.name)}\n"
        f"organisation = {_quoted(extract.organisation)}\n"
        f"source = {_quoted(extract.source)}\n"
        f"mapping = {_quoted(extract.mapping_name)}\n"
        for extract in extracts
    ]
    return "\n".join(blocks)


def _key(text: str) -> str:
    return text if text.replace("_", "").isalnum() and text.isascii() else _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
