"""The page on contracts lists every term, and every ready-made contract."""

import re
from pathlib import Path

from whatworks.money.contracts.laboratory import Kind
from whatworks.money.contracts.load import ready_made
from whatworks.money.contracts.terms import terms_schema

PAGE = (Path(__file__).resolve().parents[2] / "docs/money.md").read_text("utf-8")


def test_every_term_and_contract_stands_on_the_page() -> None:
    schema = terms_schema()
    keys = {key for one in (schema, *schema["$defs"].values()) for key in one["properties"]}
    named = set(re.findall(r"`\[*([a-z_]+)", PAGE))
    assert keys <= named, keys - named
    assert set(ready_made()) <= set(re.findall(r"`([a-z-]+)`", PAGE))


def test_every_kind_of_finding_stands_on_the_page() -> None:
    assert all(kind in PAGE or kind == "events not measured" for kind in Kind.__args__)
