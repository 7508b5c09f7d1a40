"""A section that is declared outside the house stands in every form, and its small counts in none.

Of the 412 men in the scheme of the made-up result, 3 had a caseworker throughout, 60 for some of the time, and 409 not
throughout. Three must not be printed, and 409 must not either: 412 - 409 = 3.
"""

import json
from dataclasses import replace
from typing import Annotated, Any

import pytest

from papers.matched_result import matched
from papers.reading import forms, html_text, ods_text, texts, xlsx_text
from whatworks.evaluation.result import GroupResult, Result
from whatworks.evaluation.result.part import Open, Part, Sentence, Shown
from whatworks.papers import build, publish, summary_schema
from whatworks.papers.disclosure.audit import audited
from whatworks.papers.disclosure.published import Disclosure, Published
from whatworks.papers.evaluation.section import Column, Proposal, ResultSection
from whatworks.papers.evaluation.sections.declared import SECTIONS
from whatworks.papers.paper import Block, Paragraph, Table
from whatworks.papers.writing import summary
from whatworks.records.refusal import Refused


class Support(Part):
    """How long people had a caseworker."""

    label: Open[str]
    served: Annotated[int, Shown("people", within="treated")]
    worker: str
    sentence: Sentence


class PublishedSupport(Published, of=Support):
    """The same as it may leave; who the caseworker is never does."""


COUNTS = {"throughout": 3, "for some of the time": 60, "not throughout": 409}


def rows(_: Result) -> tuple[Support, ...]:
    return tuple(
        Support(label=f"A caseworker {how}", served=count, worker="Ms Made-Up", sentence=f"{count} people said so.")
        for how, count in COUNTS.items()
    )


def words(_: Any, table: Table) -> list[Block]:
    return [Paragraph("Some had a caseworker."), table]


SUPPORT = ResultSection(
    name="support",
    rows=rows,
    published=PublishedSupport,
    title="Who had a caseworker",
    sheet_title="Who had a caseworker, in people",
    heading="Did they have support?",
    columns=lambda _: (
        Column("Support", "label", 3.0, numeric=False),
        Column("Scheme: people", "served"),
        Column("In words", "sentence", page=False),
    ),
    words=words,
)


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> ResultSection:
    monkeypatch.setitem(SECTIONS, "support", SUPPORT)
    return SUPPORT


def served(release: Any) -> list[Any]:
    return [row["served"] for row in summary(release)["support"]]


def test_it_stands_on_the_page_in_the_sheets_in_the_file_and_in_its_schema(added: ResultSection) -> None:
    release = publish(matched())
    assert summary(release)["support"][1] == {
        "label": "A caseworker for some of the time", "served": 60, "sentence": "60 people said so."
    }  # fmt: skip
    assert "support" in summary_schema()["properties"]
    paper = build(release)
    (section,) = [section for section in paper.sections if section.name == "support"]
    assert section.heading.endswith("Did they have support?")
    table = next(block for block in section.blocks if isinstance(block, Table))
    assert table.columns == ("Support", "Scheme: people")
    assert table.rows[1] == ("A caseworker for some of the time", "60")
    (sheet,) = [sheet for sheet in paper.sheets if sheet.name == "Support"]
    assert sheet.rows[1] == ("A caseworker for some of the time", 60, "60 people said so.")


def test_small_counts_and_what_gives_them_back_are_in_no_form(added: ResultSection) -> None:
    assert served(publish(matched())) == ["c", 60, "c"]
    made, plain = forms(matched()), texts(matched())
    said = {**plain, "json": made["json"].decode(), "html": html_text(made["html"]), "xlsx": xlsx_text(made["xlsx"]),
            "ods": ods_text(made["ods"])}  # fmt: skip
    for form, text in said.items():
        assert "A caseworker throughout" in text, form
        assert "409" not in text, form
        assert "3 people said so" not in text, form
        assert "Made-Up" not in text, form
    table = next(
        block for section in build(publish(matched())).sections for block in section.blocks
        if isinstance(block, Table) and block.name == "support"
    )  # fmt: skip
    assert [row[1] for row in table.rows] == ["[c]", "60", "[c]"]


def careless(section: ResultSection, row: Support, at: int, proposal: Proposal) -> Published:
    """Print whatever nobody asked to be withheld."""
    withheld = proposal.more.has("row", section.name, section.key(row, at))
    return section.published.of(row, Disclosure(0), served="c" if withheld else row.served)


def test_the_audit_holds_what_a_careless_guard_lets_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 3, 60 and 409 it must take the 3 and the 409, for 412 - 409 gives the 3 back; not the 60."""
    monkeypatch.setitem(SECTIONS, "support", replace(SUPPORT, guard=careless))
    cleared = audited(matched())
    assert served(cleared.release) == ["c", 60, "c"]


def test_a_guard_that_withholds_nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(section: ResultSection, row: Support, at: int, proposal: Proposal) -> Published:
        return section.published.of(row, Disclosure(0))

    monkeypatch.setitem(SECTIONS, "support", replace(SUPPORT, guard=never))
    with pytest.raises(Refused, match="too small to be shown"):
        audited(matched())


class Women(Part):
    """Groups by a name that no rule knows: their figures would be looked at by none."""

    women: Open[GroupResult]


class PublishedWomen(Published, of=Women):
    """The same as published."""


class Districts(Part):
    """Counts within a part of a row."""

    support: Open[tuple[Support, ...]]


class PublishedDistricts(Published, of=Districts):
    """The same as published."""


@pytest.mark.parametrize("published", [PublishedWomen, PublishedDistricts])
def test_rows_whose_counts_no_rule_would_look_at_are_no_section(published: type[Published]) -> None:
    with pytest.raises(TypeError, match=r"section hidden: counts in (women|support)"):
        ResultSection(name="hidden", rows=lambda _: (), published=published)
    ResultSection(name="hidden", rows=lambda _: (), published=published, audited=True)


def test_the_file_keeps_to_the_schema_that_ships_where_nothing_was_added() -> None:
    assert "support" not in json.dumps(summary_schema())
