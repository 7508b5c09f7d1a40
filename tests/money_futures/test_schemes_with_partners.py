"""The five schemes simulate with the figures and partners that come with the software."""

from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest

from whatworks.cli.app import add_commands
from whatworks.money.contracts.load import load_terms
from whatworks.money.futures.partners import read_partners

EXAMPLES = Path(str(files("whatworks") / "examples"))
COHORTS = {
    "peterborough-bond": ("bond-investors", "Investors", 600_000),
    "transforming-rehabilitation": ("rehabilitation-company", "Community rehabilitation company", 300_000),
    "financial-incentive-model-adult": ("adult-sites", "Hackney", 80_000),
}


@pytest.mark.parametrize("scheme", COHORTS)
def test_the_partners_fit_the_terms(scheme: str) -> None:
    """Names, metrics and prices of each partners' file are those of the scheme; the outlay is that of the file."""
    file, name, outlay = COHORTS[scheme]
    terms = load_terms(scheme, figures=EXAMPLES / "contracts" / "figures" / f"{scheme}.toml")
    partners = read_partners(EXAMPLES / "partners" / f"{file}.toml", terms)
    assert partners[name].total_outlay == Decimal(outlay)
    assert set(partners[name].expected) == set(terms.metric)


@pytest.mark.parametrize("scheme", ["peterborough-bond", "transforming-rehabilitation"])
def test_a_cohort_scheme_simulates_to_a_paper(scheme: str, tmp_path: Path) -> None:
    """The command ends in a paper that names the partner."""
    import typer

    app = typer.Typer()
    add_commands(app, "money.contract_settle terms settle check", "money.contract_simulate simulate negotiate")
    file, name, _ = COHORTS[scheme]
    figures = EXAMPLES / "contracts" / "figures" / f"{scheme}.toml"
    words = ["--figures", str(figures), "--partners", str(EXAMPLES / "partners" / f"{file}.toml")]
    words += ["--effect", "0.1", "--paths", "200", "--out", str(tmp_path / "paper"), "--forms", "html"]
    app(["simulate", scheme, *words], standalone_mode=False)
    assert name in (tmp_path / "paper" / "paper.html").read_text("utf-8")
