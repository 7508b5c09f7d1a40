"""A protocol's name that nothing answers to is a fault of the protocol's file, before any data is read."""

from typing import Any

import pytest

from whatworks.cli.place import check_names
from whatworks.evaluation.question.protocol import check_protocol
from whatworks.records.refusal import Refused

SCHEME = {"id": "a", "name": "A", "title": "A made-up scheme"}
FLAT: dict[str, Any] = {
    "source": "flat",
    "treatment": "t",
    "as_at": "2024-12-31",
    "outcomes": {"rearrest": {"column": "y", "label": "Rearrest"}},
}


@pytest.mark.parametrize("data", [{}, FLAT])
def test_unknown_outcomes_and_placebos_name_the_protocols_file(data: dict[str, Any]) -> None:
    comparison = {"method": "nearest", "covariates": ["age"]}
    outcomes = {"primary": "rearest", "placebo": ["befor"]}
    asked = check_protocol({"scheme": SCHEME, "comparison": comparison, "outcomes": outcomes, "data": data}, "p.toml")
    with pytest.raises(Refused) as refused:
        check_names(asked, "p.toml")
    assert {(one.file, one.value) for one in refused.value.faults} >= {("p.toml", "rearest"), ("p.toml", "befor")}
    assert {one.file for one in refused.value.faults} == {"p.toml"}
