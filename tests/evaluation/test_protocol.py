"""A protocol is one thing however it is written, and everything wrong with one is said at once."""

import re
from math import inf
from pathlib import Path
from typing import Any

import pytest
from flat_people import content

from whatworks.evaluation.question.protocol import check_protocol, load_protocol
from whatworks.evaluation.studied.partnership_sample import check_names
from whatworks.records.refusal import Refused


def refusal(made: dict[str, Any]) -> str:
    with pytest.raises(Refused) as refused:
        check_protocol(made, "p.toml")
    return str(refused.value)


def test_all_faults_come_at_once() -> None:
    said = refusal(
        content(
            scheme={"titel": "x"},
            cohort={"minimum": "many", "first_index": "2024-01-01", "last_index": "2023-01-01"},
            comparison={"ratio": 0, "covariates": ["age", "age"]},
        )
    )
    assert 'scheme.titel: is not a key of a protocol; did you mean "title"?' in said
    assert 'cohort.minimum "many"' in said
    assert 'comparison.ratio "0"' in said


@pytest.mark.parametrize(
    ("section", "keys", "said"),
    [
        ("comparison", {"national_rate": 0.611}, "never compared with a national rate"),
        ("comparison", {"who": "national"}, "never compared with a national rate"),
        ("comparison", {"covariates": []}, "method nearest needs covariates"),
        ("comparison", {"covariates": ["age", "age"]}, "covariates name age more than once"),
        ("cohort", {"first_index": "2024-01-01", "last_index": "2023-01-01"}, "last_index lies before first_index"),
        ("data", {"treatment": None}, "a flat file needs treatment as well"),
        ("data", {"source": "partnership"}, None),
        ("scheme", {"id": "../elsewhere"}, "scheme.id"),
    ],
)
def test_what_makes_no_sense_is_refused(section: str, keys: dict[str, Any], said: str | None) -> None:
    made = content(**{section: keys})
    if said is None:
        made["comparison"]["method"] = "none"
        said = 'use comparison.who = "eligible"'
    assert said in refusal(made)


@pytest.mark.parametrize(
    ("section", "keys", "said"),
    [
        ("comparison", {"covariates": ["age", 3]}, 'comparison.covariates.2 "3": is not text: write it in quotes'),
        ("cohort", {"index": ["release", "releas"]}, "p.toml, cohort.index.2 \"releas\": input should be 'release'"),
        ("comparison", {"cutpoints": {"age": [30, "x"]}}, 'p.toml, comparison.cutpoints.age.2 "x": is not a number'),
        ("comparison", {"cutpoints": {"age": {}}}, "p.toml, comparison.cutpoints.age: is not a list"),
        ("comparison", {"exact": "sex"}, 'comparison.exact "sex": is not a list: write it in square brackets'),
        ("comparison", {"balance_red": inf}, 'comparison.balance_red "inf": is not a finite number'),
        (
            "cohort",
            {"first_index": "31/02/2024"},
            'first_index "31/02/2024": is not a date in the calendar: write it as 20',
        ),
        (
            "data",
            {"outcomes": {"y": {"colum": "y"}}},
            "data.outcomes.y.colum: is not a key of a protocol; did you mean",
        ),
    ],
)
def test_the_place_of_a_fault_is_as_a_person_counts(section: str, keys: dict[str, Any], said: str) -> None:
    found = refusal(content(**{section: keys}))
    assert said in found
    assert not re.search(r"\.0\b|tuple|literal|\.str|\.int", found)


@pytest.mark.parametrize(
    ("section", "keys", "said"),
    [
        ("comparison", {"ratio": True}, "comparison.ratio"),
        ("scheme", {"title": "  "}, "scheme.title"),
        ("data", {"as_at": 20250630}, "data.as_at"),
    ],
)
def test_nothing_is_taken_for_what_it_is_not(section: str, keys: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        check_protocol(content(**{section: keys}), "p.toml")


def test_a_caliper_without_end_is_none() -> None:
    assert check_protocol(content(comparison={"caliper": inf}), "p.toml").comparison.caliper is None


def test_comments_and_line_endings_do_not_change_the_hash(tmp_path: Path) -> None:
    text = '[scheme]\nid = "a"\nname = "A"\ntitle = "A"\n[comparison]\ncovariates = ["age"]\n'
    for name, written in (
        ("one", text),
        ("two", "# why\r\n" + text.replace("\n", "\r\n")),
        ("three", text + "ratio = 2"),
    ):
        (tmp_path / f"{name}.toml").write_bytes(written.encode())
    one, two, three = (load_protocol(tmp_path / f"{name}.toml").sha256() for name in ("one", "two", "three"))
    assert one == two != three


def test_unknown_names_are_refused_together_with_the_nearest() -> None:
    made = content(
        cohort={"exclusions": ["unknown_sexx"]},
        comparison={"covariates": ["agee"], "exact": ["boroughh"]},
        outcomes={"primary": "proven_reoffending_1yr", "others": ["seriousness_2y"]},
        subgroups={"planned": ["sex < 3"]},
        data={"source": "partnership"},
    )
    with pytest.raises(Refused) as refused:
        check_names(check_protocol(made, "p.toml"))
    said = str(refused.value)
    for part in (
        "did you mean unknown_sex?", "did you mean age?", "did you mean borough?",
        "did you mean proven_reoffending_1y?",
        "needs follow_up_months = 24, not 12", "is not a number, so it cannot be cut",
    ):  # fmt: skip
        assert part in said, part


def test_a_descriptive_outcome_cannot_be_primary() -> None:
    made = content(outcomes={"primary": "breaches_per_month_1y"}, data={"source": "partnership"})
    with pytest.raises(Refused, match="choose a primary outcome that may carry a verdict"):
        check_names(check_protocol(made, "p.toml"))
