"""The page of definitions names every outcome and every covariate, and only what there is."""

import re
from pathlib import Path

import pytest

from whatworks.measures import COVARIATES
from whatworks.records.tables.agency_tables import PATHWAYS

PAGE = (Path(__file__).resolve().parents[2] / "docs/measures.md").read_text("utf-8")
NAMED = set(re.findall(r"`([a-z_0-9A-Z]+)`", PAGE))


def without_pathway(name: str) -> str:
    for pathway in PATHWAYS:
        name = name.replace(pathway, "PATHWAY")
    return name


@pytest.mark.parametrize("covariate", sorted({without_pathway(name) for name in COVARIATES}))
def test_every_covariate_is_defined(covariate) -> None:
    assert covariate in NAMED


def test_every_outcome_is_defined(town) -> None:
    town.person("ann")
    measured = town.outcomes({"ann": "2020-01-15"})["ann"]
    outcomes = {re.sub("_[12]y$", "", without_pathway(name)) for name in measured} - {"unit", "known", "mature"}
    assert outcomes <= NAMED
