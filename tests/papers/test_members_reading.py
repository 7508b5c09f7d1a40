"""A member reads the first pages: short, at a reading age of 12 to 14, no term undefined."""

import re

import pytest

from papers.readability import flesch_kincaid, smog, syllables, words
from papers.results import ALL
from whatworks.papers import build, publish
from whatworks.papers.paper import Bullets, Facts, Figure, Paper, Paragraph, Table

MOST_WORDS = 700
OLDEST = 14
TERMS = (
    "95%", "adjusted", "ATM", "ATT", "balance", "bounds", "caliper", "clustered", "comparison group", "confidence",
    "covariate", "E-value", "effect size", "estimand", "estimate", "estimator", "exploratory", "gamma", "guard", "Holm",
    "index date", "interaction", "interval", "matched", "matching", "overlap", "p-value", "percentage points",
    "placebo", "pooled", "primary", "propensity", "quarantined", "regression", "score", "significant", "SMD",
    "specification", "standard deviation", "standardised", "verdict", "[c]", "[z]",
)  # fmt: skip
"""What an analyst says and a member need not know."""


def members_text(paper: Paper) -> str:
    """Return the words of the members' pages, a line a block."""
    lines: list[str] = [paper.title]
    for section in paper.sections:
        if section.annex:
            continue
        lines.append(section.heading)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                lines.append(block.text)
            elif isinstance(block, Bullets):
                lines += block.items
            elif isinstance(block, Facts):
                lines += [f"{name}: {told}" for name, told in block.pairs]
            elif isinstance(block, Figure | Table):
                lines.append(block.title)
    return "\n".join(lines)


@pytest.fixture(params=ALL)
def page(request: pytest.FixtureRequest) -> str:
    return members_text(build(publish(ALL[request.param]())))


def test_the_members_pages_are_short_and_plain(page: str) -> None:
    assert len(words(page)) < MOST_WORDS
    assert flesch_kincaid(page) <= OLDEST
    assert smog(page) <= OLDEST


@pytest.mark.parametrize("case", ALL)
def test_the_members_pages_hold_no_undefined_term(case: str) -> None:
    # What the partnership itself wrote (title, decision, label of an outcome) is its own; the rest is ours.
    result = ALL[case]()
    page = members_text(build(publish(result)))
    for own in (result.paper.title, result.paper.decision_sought, *(one.label for one in result.outcomes)):
        page = page.replace(own, " ").replace(own[:1].lower() + own[1:], " ")
    assert not [term for term in TERMS if re.search(rf"(?<![\w]){re.escape(term)}(?!\w)", page, re.IGNORECASE)]


@pytest.mark.parametrize("case", ALL)
def test_the_pages_come_first_with_one_picture_and_the_annex_has_addresses(case: str) -> None:
    paper = build(publish(ALL[case]()))
    marks = [section.annex for section in paper.sections]
    assert marks == sorted(marks)
    front = [block for section in paper.sections if not section.annex for block in section.blocks]
    assert sum(isinstance(block, Figure) for block in front) <= 1
    assert not any(isinstance(block, Table) for block in front)
    annex = [section.heading for section in paper.sections if section.annex]
    assert [heading.split(".")[0] for heading in annex] == [f"A{at}" for at in range(1, len(annex) + 1)]
    assert [section for section, _ in paper.contents()] == [section for section in paper.sections if section.annex]


@pytest.mark.parametrize("case", ALL)
def test_no_sentence_stands_twice(case: str) -> None:
    paper = build(publish(ALL[case]()))
    told = [
        sentence
        for section in paper.sections
        for block in section.blocks
        if isinstance(block, Paragraph)
        for sentence in re.split(r"(?<=[.?!])\s+", block.text)
        if len(sentence.split()) > 5
    ]
    assert sorted(told) == sorted(set(told))


@pytest.mark.parametrize("case", [name for name in ALL if publish(ALL[name]()).primary().per_hundred])  # type: ignore[union-attr]
def test_the_numbers_for_a_hundred_people_subtract_on_the_page(case: str) -> None:
    page = members_text(build(publish(ALL[case]())))
    ours, expected = (int(re.search(rf"{name}: (\d+) of every 100", page)[1]) for name in ("scheme", "it"))  # type: ignore[index]
    found = re.search(r"Difference: (less than 1|(\d+) (fewer|more)) in every 100", page)
    assert found is not None
    assert ours - expected == (0 if found[2] is None else int(found[2]) * (-1 if found[3] == "fewer" else 1))


@pytest.mark.parametrize(
    ("word", "spoken"),
    # The Carnegie Mellon pronouncing dictionary's counts.
    [("people", 2), ("scheme", 1), ("schemes", 1), ("difference", 3), ("likely", 2), ("offences", 3), ("hundred", 2),
     ("measured", 2), ("expected", 3), ("compared", 2), ("comparison", 4), ("areas", 3), ("idea", 3), ("partial", 2),
     ("statement", 2), ("while", 1), ("table", 2), ("noted", 2), ("changes", 2), ("society", 4), ("serious", 3),
     ("custody", 3), ("prison", 2), ("being", 2), ("evidence", 3), ("science", 2), ("actual", 3), ("person", 2)],
)  # fmt: skip
def test_syllables_are_the_dictionarys(word: str, spoken: int) -> None:
    assert syllables(word) == spoken


def test_the_formulas_give_the_published_grades() -> None:
    # Ten sentences of one word of one syllable: 0.39 + 11.8 - 15.59 = -3.4; SMOG without long words 3.1291.
    easy = "Go. " * 10
    assert flesch_kincaid(easy) == pytest.approx(-3.4 + 5)
    assert smog(easy) == pytest.approx(3.1291 + 5)
    # Thirty sentences with 9 words of three syllables or more: 3.1291 + 1.043 * 3 = 6.2581.
    assert smog("Go. " * 21 + "Custody. " * 9) == pytest.approx(6.2581 + 5)
