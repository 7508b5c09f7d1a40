"""The commands on refuges and cameras from a made-up partnership's records: screen, JSON, and papers in all forms."""

import json
import shutil
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from whatworks.cli import main
from whatworks.linkage.link import link
from whatworks.places.terms import EXAMPLES
from whatworks.records.imports.folder import import_folder
from whatworks.records.partnership import Partnership
from whatworks.records.showing.location import names_a_location
from whatworks.records.store import DuckDBStore
from whatworks.simulation import simulate

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("town") / "northbank"
    simulate(root, people=1_200, seed=3)
    here = Partnership.open(root)
    with DuckDBStore(here.store_path) as store:
        import_folder(store, here, received_on=date(2025, 7, 1))
        link(store)
    for name in ("refuges", "refuges-recharge", "cameras"):
        shutil.copy(EXAMPLES / f"{name}.toml", root / f"{name}.toml")
    return root


@pytest.fixture
def run(town: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(town)

    def command(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["whatworks", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return command


def test_the_example_of_refuges_runs_and_its_bills_sum_to_the_cost(town: Path, run: Run) -> None:
    status, out, err = run("places", "refuges", "refuges.toml", "--json", "--out", "papers/refuges")
    assert status == 0, err
    found = json.loads(out)
    bills = [one for one in found["recharge"]["bills"] if one["year"] == "2024/25"]
    assert bills and {one["total"] for one in bills} == {"973500.00"}
    options = next((town / "papers/refuges").glob("*.html")).read_text("utf-8")
    assert "Staying at home with support" in options
    assert "delayed, not unmet" in options


def test_no_form_of_the_papers_names_a_person_or_a_place_of_refuge(town: Path, run: Run) -> None:
    assert run("places", "refuges", "refuges.toml", "--out", "papers/again")[0] == 0
    rows = (town / "extracts/council_refuge_referral.csv").read_text("utf-8").splitlines()[1:]
    people = {row.split(",")[1] for row in rows} - {""}
    assert len(people) > 100
    forms = sorted((town / "papers/again").iterdir())
    assert {".html", ".docx", ".pdf", ".ods", ".xlsx", ".json"} <= {path.suffix for path in forms}
    for path in forms:
        text = path.read_bytes().decode("utf-8", "replace")
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as parts:
                text = " ".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
        assert not any(person in text for person in people), path.name
        assert "RS03" not in text
    page = (town / "papers/again").glob("*.json")
    assert not names_a_location(next(page).read_text("utf-8"))


def test_the_example_of_cameras_runs(town: Path, run: Run) -> None:
    status, out, err = run("places", "cameras", "cameras.toml", "--out", "papers/cameras")
    assert status == 0, err
    truth = json.loads((town / "truth/places.json").read_text("utf-8"))["cameras"]
    assert f"nobody asked for the pictures of {len(truth['used_by_nobody'])}," in out
    assert "48 cameras stand" in out
    assert len(list((town / "papers/cameras").iterdir())) >= 6


@pytest.mark.parametrize(
    ("question", "old", "new", "words"),
    [
        ("cameras", 'budget = "60000.00"', 'budget = "10.00"', "is below"),
        ("cameras", "[kinds.fixed]", "[kinds.mast]", "kinds.fixed: is not described"),
        ("refuges", "nearest_km = 3", "nearest_km = 8.9", "has no feasible site"),
        ("refuges", 'title = "Refuges', 'title = "N4 2AB Refuges', "seems to say where a refuge is"),
    ],
)
def test_terms_that_cannot_be_kept_are_refused(
    town: Path, run: Run, question: str, old: str, new: str, words: str
) -> None:
    (town / "changed.toml").write_text((town / f"{question}.toml").read_text("utf-8").replace(old, new))
    status, out, err = run("places", question, "changed.toml")
    assert (status, out) == (2, "")
    assert words in err
    assert "N4 2AB" not in err and "Traceback" not in err
