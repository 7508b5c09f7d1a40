"""Bad extracts of people go through `import` and `link`: joined as far as can be, and what is bad is said."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from whatworks.cli.app import build
from whatworks.records.refusal import Refused
from whatworks.records.store import DuckDBStore
from whatworks.simulation import SimulationSettings, world
from whatworks.simulation.agencies.misrecording import written_by
from whatworks.simulation.agencies.numbering import AGENCIES
from whatworks.simulation.society.identity_settings import IdentitySettings
from whatworks.simulation.streams import stream
from whatworks.simulation.truth.linkage_score import LinkageScore, score_linkage
from whatworks.simulation.truth.society_truth import who_is_who

Frames = Mapping[str, pl.DataFrame]
PEOPLE = 300
NAME, SURNAME, NUMBER = pl.col("forename"), pl.col("surname"), pl.col("pnc_id")


@pytest.fixture(scope="module")
def made_up() -> tuple[Frames, pl.DataFrame]:
    """Return what agencies hold of people who are hard to tell apart, and whose each record is."""
    society = world(PEOPLE, 5, SimulationSettings(identity=IdentitySettings.realistic()))
    written = {agency: written_by(society, agency, stream(1, "dirt")) for agency in AGENCIES}
    second = pl.concat(one.second.with_columns(organisation_id=pl.lit(agency)) for agency, one in written.items())
    people = {agency: one.frames["person"].drop("organisation_id", "died_on") for agency, one in written.items()}
    return people, who_is_who(society, second)


def partnership(root: Path, people: Frames) -> Path:
    """Write a partnership of these agencies' records of people, a file an agency."""
    for name in ("extracts", "mappings"):
        (root / name).mkdir(parents=True)
    agencies = "".join(f'[[agency]]\norganisation_id = "{one}"\nname = "{one}"\nkind = "{one}"\n' for one in people)
    head = 'name = "Northbank (made up)"\nas_at = 2025-06-30\nconviction_record = "police"\n'
    (root / "whatworks.toml").write_text(head + agencies)
    listed = ""
    for agency, records in people.items():
        records.write_csv(root / "extracts" / f"{agency}.csv")
        columns = "".join(f'{column} = "{column}"\n' for column in records.columns)
        (root / "mappings" / f"{agency}.toml").write_text(
            f'[file]\ndelimiter = ","\n[[table]]\ntable = "person"\n[table.columns]\n{columns}'
        )
        file = f'pattern = "{agency}.csv"\norganisation = "{agency}"\nsource = "{agency} people"\n'
        listed += f'[[file]]\n{file}mapping = "{agency}.toml"\n'
    (root / "mappings" / "import.toml").write_text(listed)
    return root


def linked(root: Path, people: Frames, truth: pl.DataFrame) -> tuple[LinkageScore, dict[str | None, set[str]]]:
    """Import and link; return the score and, by agency, what hindered joining."""
    partnership(root, people)
    for command in ("import", "link"):
        ran = CliRunner().invoke(build(), [command, "--partnership", str(root), "--json"], catch_exceptions=False)
        assert ran.exit_code == 0, ran.output
    with DuckDBStore(root / "partnership.duckdb", read_only=True) as store:
        identity = store.fetch("SELECT organisation_id, person_id, linked_id FROM identity")
    hindering: dict[str | None, set[str]] = {}
    for one in json.loads(ran.stdout)["hindrances"]:
        hindering.setdefault(one["organisation_id"], set()).add(one["what"])
    return score_linkage(identity, truth), hindering


Change = Callable[[pl.DataFrame], pl.DataFrame]
CYRILLIC = dict(zip("abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопярстуввхуз", strict=True))


def set_to(**columns: pl.Expr) -> Change:
    return lambda records: records.with_columns(**columns)


def some(share_in: int, column: str, value: pl.Expr) -> Change:
    """Change a column of one record in so many."""
    hit = pl.int_range(pl.len()) % share_in == 0
    return set_to(**{column: pl.when(hit).then(value).otherwise(pl.col(column))})


EXCEL = set_to(pnc_id=NUMBER.str.slice(0, 4) + "E+11")
BAD: dict[str, tuple[dict[str, Change], float, float, dict[str | None, str]]] = {
    "no names": (dict.fromkeys(AGENCIES, lambda records: records.drop("forename", "surname")), 0.99, 0.35,
                 dict.fromkeys(AGENCIES, "have no name that says who it is")),
    "one name": (dict.fromkeys(AGENCIES, set_to(forename=pl.lit("John"), surname=pl.lit("Smith"))), 0.97, 0.85,
                 {None: "have one and the same name, which tells nobody apart"}),
    "unknown unknown": ({one: lambda p: some(3, "surname", pl.lit("UNKNOWN"))(some(3, "forename", pl.lit("UNKNOWN"))(p))
                         for one in AGENCIES}, 0.99, 0.65, dict.fromkeys(AGENCIES, "have no name that says who it is")),
    "a fault an agency": (
        {"probation": set_to(pnc_id=pl.col("person_id")), "prison": EXCEL,
         "court": set_to(forename="MR " + NAME.str.to_uppercase(), surname=SURNAME.str.to_uppercase() + " (DECEASED)"),
         "council": some(3, "date_of_birth", pl.lit(None)),
         "health": set_to(forename=NAME.str.to_lowercase().str.replace_many(CYRILLIC),
                          surname=SURNAME.str.to_lowercase().str.replace_many(CYRILLIC))}, 0.99, 0.75,
        {"probation": "have another number than the PNC number in pnc_id", "council": "have no date of birth",
         "prison": "have in pnc_id what Excel makes of a number",
         "health": "have names in letters that are not Latin"}),
    "another fault an agency": (
        {"police": some(5, "pnc_id", pl.lit("1998/0012345J")),
         "probation": set_to(pnc_id=NUMBER + " / " + pl.col("person_id")),
         "court": set_to(surname=SURNAME.str.to_uppercase() + ", " + NAME, forename=pl.lit(None, pl.String)),
         "council": set_to(forename=NAME.str.slice(0, 1)), "prison": set_to(forename=SURNAME, surname=NAME),
         "health": some(3, "date_of_birth", pl.date(1970, 1, 1))}, 0.97, 0.75,
        {"police": "have a PNC number that stands with ten names or more", "council": "have an initial for a forename",
         "probation": "have in pnc_id what is not a whole PNC number with its check letter",
         "court": "have the whole name in one column",
         "health": "have a date of birth of very many, as a placeholder is"}),
}  # fmt: skip
"""What is done to whose records, the least precision and recall, and all that is said, by agency (None: of all)."""


@pytest.mark.parametrize("name", BAD)
def test_records_are_joined_as_far_as_they_can_be_and_what_hinders_is_said(
    name: str, made_up: tuple[Frames, pl.DataFrame], tmp_path: Path
) -> None:
    changes, precision, recall, said = BAD[name]
    people = {one: changes[one](records) if one in changes else records for one, records in made_up[0].items()}
    score, hindering = linked(tmp_path / "p", people, made_up[1])
    assert score.precision is not None and score.precision >= precision, score
    assert score.recall is not None and score.recall >= recall, score
    assert hindering == {agency: {what} for agency, what in said.items()}


def test_one_agency_alone_finds_whom_it_holds_twice(made_up: tuple[Frames, pl.DataFrame], tmp_path: Path) -> None:
    police, truth = made_up[0]["police"], made_up[1].filter(organisation_id="police")
    renumbered = pl.col("person_id").str.replace("NB", "NZ")
    people = pl.concat([police, police.head(40).with_columns(renumbered)])
    of_these = truth.join(police.head(40), on="person_id", how="semi")
    score, hindering = linked(tmp_path / "p", {"police": people}, pl.concat([truth, of_these.with_columns(renumbered)]))
    assert score.precision == 1
    assert score.recall is not None and score.recall >= 0.97
    assert hindering == {None: {"are of one agency, so that only those whom it holds twice can be found"}}


@pytest.mark.parametrize("columns", [["person_id"], ["person_id", "forename"]])
def test_records_that_name_nobody_are_refused_with_a_way_out(
    columns: list[str], made_up: tuple[Frames, pl.DataFrame], tmp_path: Path
) -> None:
    root = partnership(tmp_path / "p", {agency: records.select(columns) for agency, records in made_up[0].items()})
    assert CliRunner().invoke(build(), ["import", "--partnership", str(root)], catch_exceptions=False).exit_code == 0
    with pytest.raises(Refused, match="shared_number"):
        CliRunner().invoke(build(), ["link", "--partnership", str(root)], catch_exceptions=False)


def test_linking_before_anything_was_imported_is_refused(made_up: tuple[Frames, pl.DataFrame], tmp_path: Path) -> None:
    root = partnership(tmp_path / "p", made_up[0])
    with pytest.raises(Refused, match="run `whatworks import` first"):
        CliRunner().invoke(build(), ["link", "--partnership", str(root)], catch_exceptions=False)
