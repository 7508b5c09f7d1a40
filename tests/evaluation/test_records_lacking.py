"""Nothing sent is not nothing happened: outcomes that rest on an empty table are refused by name, all at once."""

import pytest
from test_assembly_cohort import Scheme

from whatworks.evaluation.question.protocol import check_protocol
from whatworks.evaluation.studied.partnership_sample import partnership_units
from whatworks.evaluation.studied.units import AnalysisSample
from whatworks.records.refusal import Refused

ASKED: dict[str, object] = {
    "scheme": {"id": "S", "name": "S", "title": "S"},
    "cohort": {"index": "release", "first_index": "2022-01-01", "last_index": "2022-12-31"},
    "comparison": {"covariates": ["age"]},
}


def units(town: Scheme, **outcomes: object) -> AnalysisSample:
    town.prepare()
    asked = check_protocol({**ASKED, "outcomes": {"primary": "proven_reoffending_1y", **outcomes}}, "town.toml")
    return partnership_units(town.connection, asked, town.settings)


@pytest.fixture
def town() -> Scheme:
    made = Scheme()
    made.released("A", "2022-03-01")
    made.joined("A", "2022-03-01")
    made.released("B", "2022-03-02", area="E2")
    return made


def test_outcomes_of_sentences_need_sentences(town: Scheme) -> None:
    names = ["custody_for_reoffending_1y", "short_sentences_1y", "breaches_per_month_1y"]
    with pytest.raises(Refused) as refused:
        units(town, others=names)
    told = [(fault.value, fault.problem) for fault in refused.value.faults]
    assert ("custody_for_reoffending_1y", "cannot be measured: the records hold no sentence") in told
    assert {value for value, _ in told} == set(names)
    town.sentence("A", "2021-01-01")
    units(town, others=names[:2])


def test_the_data_labs_list_leaves_out_what_nobody_sent(town: Scheme) -> None:
    assert "custody_frequency_1y" not in units(town).outcomes.columns
    town.sentence("A", "2021-01-01")
    assert "custody_frequency_1y" in units(town).outcomes.columns
