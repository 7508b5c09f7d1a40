"""The data dictionary says what the code declares."""

from pathlib import Path

import dataframely as dy

from whatworks.records.tables.data_dictionary import page, table_section
from whatworks.records.tables.declaration import Table, about

WRITTEN = Path(__file__).resolve().parents[2] / "docs/data-dictionary.md"


def test_the_page_is_the_present_one() -> None:
    assert WRITTEN.read_text("utf-8") == page(), "run `make docs`"


class Tool(Table):
    """A tool of the shed."""

    tool_id = dy.String(primary_key=True, description="Number on the handle.")
    owner = dy.String(description="Who lent it.", metadata=about(identifying=True, references="person"))
    lent_on = dy.Date(nullable=True, description="Day of the loan.", metadata=about(event=True, handling="official"))
    sort = dy.Enum(["saw", "axe"], description="Sort of tool.")
    weight = dy.Float64(min=0.5, description="Weight.", metadata=about(unit="kilograms"))


def test_all_that_a_declaration_says_is_on_the_page() -> None:
    assert table_section("tool", Tool).splitlines() == [
        "## tool",
        "A tool of the shed.",
        "",
        "| column | values | | meaning |",
        "|---|---|---|---|",
        "| `tool_id` | text | key | Number on the handle. |",
        "| `owner` | text | required, identifies, in `person` | Who lent it. |",
        "| `lent_on` | date | event, official | Day of the loan. |",
        "| `sort` | code: `saw`, `axe` | required | Sort of tool. |",
        "| `weight` | number of kilograms, 0.5 or more | required | Weight. |",
    ]
