"""What the team records of needs and appointments is what an evaluation counts in its measures 3 and 5."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from whatworks.casework.register import CASEWORK
from whatworks.casework.verbs import VERBS
from whatworks.cli.app import build
from whatworks.evaluation import Protocol, Result, load_protocol
from whatworks.evaluation.studied.cohort import find_cohort
from whatworks.evaluation.whole import measure_settings
from whatworks.measures import prepare
from whatworks.records.imports.conservation import check_conservation
from whatworks.records.partnership import Partnership
from whatworks.records.register.entry import Author
from whatworks.records.register.verb import perform
from whatworks.records.store import DuckDBStore

PROTOCOL = "protocols/resettlement.toml"
BEGINS, MET = timedelta(days=31), timedelta(days=60)
"""Assessed on the last day that counts as the outset, so that no agency's assessment is later."""


def run(root: Path, *words: str) -> str:
    done = CliRunner().invoke(build(), [*words, "--partnership", str(root)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def measured(root: Path) -> dict[str, tuple[int, int, float]]:
    """Return of each descriptive outcome how many treated it is about, its events and its value."""
    run(root, "evaluate", str(root / PROTOCOL), "--forms", "json")
    result = Result.model_validate_json((root / "results/resettlement/result.json").read_text("utf-8"))
    treated = {one.name: one.treated for one in result.outcomes}
    return {name: (group.n, group.events or 0, group.value or 0.0) for name, group in treated.items() if group}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("partnership") / "northbank"
    CliRunner().invoke(build(), ["simulate", str(made), "--people", "1200", "--seed", "3"], catch_exceptions=False)
    text = (made / PROTOCOL).read_text("utf-8").replace("minimum = 60", "minimum = 20")
    (made / PROTOCOL).write_text(text, "utf-8")
    run(made, "import")
    return made


def treated_people(
    store: DuckDBStore, here: Partnership, protocol: Protocol
) -> list[tuple[str, date, list[tuple[str, date]]]]:
    """Return probation's number of each treated person, the index date, and requirements in force within its year."""
    settings = measure_settings(protocol, here.config)
    prepare(store, settings)
    cohort = find_cohort(store, protocol, settings).people.filter("treated")
    found = []
    for linked_id, index in cohort.select("linked_id", "index_date").iter_rows():
        rows = store.rows(
            "SELECT i.person_id, r.requirement_id, r.from_date FROM identity AS i LEFT JOIN requirement AS r "
            "ON r.organisation_id = i.organisation_id AND r.person_id = i.person_id AND r.from_date < ? "
            "AND coalesce(r.to_date, r.from_date) >= ? "
            "WHERE i.organisation_id = 'probation' AND i.linked_id = ? ORDER BY 1, 2",
            [index + timedelta(days=365), index, linked_id],
        )
        found.append((rows[0][0], index, [(order, begins) for _, order, begins in rows if order]))
    return found


@pytest.mark.slow
def test_cases_from_opening_to_the_figures_of_measures_3_and_5(root: Path) -> None:
    before = measured(root)
    here = Partnership.open(root)
    lasting = (
        "--lead",
        "probation",
        "--rule",
        "iom 3",
        "--basis",
        "35(2)(b)",
        "--review-on",
        "2026-06-30",
        "--by",
        "A. Officer",
    )
    with DuckDBStore(here.store_path) as store:
        people = treated_people(store, here, load_protocol(root / PROTOCOL))
    person, index, orders = people[0]
    assessed, met = ("--on", str(index + BEGINS)), ("--on", str(index + MET))
    # one case by the commands as they are typed
    run(root, "casework", "open", f"probation:{person}", *lasting, *assessed)
    run(root, "casework", "need", "1", "--pathway", "health", "--level", "high", "--by", "A. Officer", *assessed)
    run(root, "casework", "meet", "2", "--service", "Harbour Health", "--by", "A. Officer", *met)
    # all others by the verbs behind them
    with DuckDBStore(here.store_path) as store:
        verbs = {verb.name: verb for verb in VERBS}

        def do(name: str, on: date, **values: object) -> int | None:
            author = Author("A. Officer", on, "due")
            return perform(verbs[name], CASEWORK, store, author, values).number

        opening = {"lead_organisation": "probation", "opening_rule_version": "iom 3", "lawful_basis": "35(2)(b)"}
        with store.transaction():
            for at, (person, index, orders) in enumerate(people):
                case = "1"
                if at:
                    opened = index + BEGINS
                    case = str(do("open", opened, person=f"probation:{person}", review_on=date(2026, 6, 30), **opening))
                    need = do("need", opened, case=case, pathway="health", level="high")
                    do("meet", index + MET, number=str(need), met_by="Harbour Health")
                for order, begins in orders[:1]:
                    due_on = max(index + MET, begins)
                    kept = do("appoint", index + BEGINS, case=case, requirement_id=order, due_on=due_on)
                    do("attend", due_on, number=str(kept))
        sources = [row[0] for row in store.rows("SELECT source_id FROM source WHERE name = 'casework register'")]
        assert sorted(sources) == [
            f"casework register/probation/{table}" for table in ("appointment", "casefile", "need")
        ]
        check_conservation(store, sources)
    after = measured(root)
    # measure 5: everybody in the matched sample had a need at the outset that was met
    everybody = before["proven_reoffending_1y"][0]
    assert after["needs_met_health"] == (everybody, everybody, 1.0)
    assert before["needs_met_health"][2] < 1.0
    # measure 3: each who was under a requirement kept one appointment more
    under, kept = before["breaches_per_month_1y"][0], before["appointments_kept_share_1y"][1]
    due = round(kept / before["appointments_kept_share_1y"][2])
    assert after["appointments_kept_share_1y"][:2] == (under, kept + under)
    assert after["appointments_kept_share_1y"][2] == pytest.approx((kept + under) / (due + under))
    assert after["breaches_per_month_1y"] == before["breaches_per_month_1y"]
    # a correction counts, and what it corrects does not
    with DuckDBStore(here.store_path) as store, store.transaction():
        for number in [
            row[0] for row in store.rows("SELECT id FROM casework_entry WHERE kept_in = 'need' AND corrects IS NULL")
        ]:
            values = {"what": "need", "number": str(number), "set_to": ["met_on=none", "met_by=none"]}
            perform(verbs["correct"], CASEWORK, store, Author("A. Officer", date(2025, 1, 1), "met nothing"), values)
    corrected = measured(root)
    assert corrected["needs_met_health"] == (everybody, 0, 0.0)
    assert corrected["appointments_kept_share_1y"] == after["appointments_kept_share_1y"]
