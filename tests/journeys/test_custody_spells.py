"""Days from arrest to release by custody spell, in Broward County: the engine on real stays, beside lifelines."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from lifelines import KaplanMeierFitter

from whatworks.journeys import cases_of, journey_time
from whatworks.journeys.kind import JourneyKind

KIND = JourneyKind.model_validate(
    {
        "kind": "custody", "title": "Custody", "unit": "stays",
        "stage": [{"id": "held", "name": "Arrest to release", "owner": "prison", "target_days": 1}],
    }
)  # fmt: skip


@pytest.mark.real_data
def test_days_from_arrest_to_release_by_spell(shared_data: Path) -> None:
    table = pl.read_csv(shared_data / "broward/two-years.csv.gz", infer_schema_length=0)
    spells = table.filter(pl.col("c_jail_in").is_not_null()).select(
        "id",
        entered_on=pl.col("c_jail_in").str.slice(0, 10).str.to_date(),
        left_on=pl.col("c_jail_out").str.slice(0, 10).str.to_date(),
    )
    as_at = date(2013, 12, 31)  # whoever was still held then waits, and whoever came later is not there yet
    known = spells.filter(pl.col("entered_on") <= as_at, pl.col("left_on") >= pl.col("entered_on"))
    left = pl.when(pl.col("left_on") <= as_at).then("left_on")
    texts = {
        name: pl.lit(None, pl.String)
        for name in ("offence_ref", "linked_id", "outcome", "reason", "provider", "prison")
    }
    reports = known.select(
        organisation_id=pl.lit("prison"), organisation_kind=pl.lit("prison"), case_id="id",
        borough=pl.lit(None, pl.String),
        kind=pl.lit("custody"), stage=pl.lit("held"), entered_on="entered_on", left_on=left, as_at=pl.lit(as_at),
        source_name=pl.lit("broward"), source_line=pl.int_range(pl.len()), **texts,
    )  # fmt: skip
    found = journey_time(cases_of(KIND, reports)).stages[0]
    days = (pl.min_horizontal(pl.col("left_on"), pl.lit(as_at)) - pl.col("entered_on")).dt.total_days()
    fit = KaplanMeierFitter().fit(known.select(days).to_series(), known["left_on"] <= as_at)
    assert found.entered == known.height and found.waiting == int((known["left_on"] > as_at).sum()) > 0
    assert found.median.days == fit.median_survival_time_
    assert found.ninetieth.days == fit.percentile(0.1)
    assert found.on_target == pytest.approx(1 - float(fit.predict(1)))
