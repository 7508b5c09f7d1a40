"""Print three exports as a stranger's systems would: people again on every row, headings of their own, no mappings."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from whatworks.records.progress import Progress, silent
from whatworks.records.refusal import Fault, Refused
from whatworks.records.writing.private_file import private_folder, write_private
from whatworks.simulation.agencies.extract import SLASHES
from whatworks.simulation.agencies.records_kept import agency_frames
from whatworks.simulation.settings import SimulationSettings
from whatworks.simulation.society.places import WARDS_EACH, borough_codes, ward_codes
from whatworks.simulation.world import World, world

PROGRAMME = "New Leaf"
_CODES = {
    "sex": {"male": "Male", "female": "Female"},
    "status": {"remand": "Remand", "sentence": "Sentenced", "recall": "Recall"},
    "sanction": {"conviction": "Convicted", "caution": "Caution", "reprimand": "Reprimand", "warning": "Warning"},
}
_POLICE = {
    "Nominal Ref": "person_id", "PNC ID": "pnc_id", "Surname": "surname", "Forename": "forename",
    "DOB": "date_of_birth", "Gender": "sex", "Crime Ref": "offence_id", "Offence Category": "offence_group",
    "Offence Date From": "committed_from", "Offence Date To": "committed_to", "Date Recorded": "recorded_on",
    "Date Charged": "charged_on", "Disposal": "sanction", "Disposal Date": "sanctioned_on",
}  # fmt: skip
_PROBATION = {
    "CRN": "person_id", "PNC Number": "pnc_id", "Surname": "surname", "First Name": "forename",
    "Date of Birth": "date_of_birth", "Sex": "sex", "Address ID": "address_id", "Borough Code": "borough",
    "Address Start Date": "from_date",
    "Programme": "programme", "Referral Date": "referred_on", "Programme Start Date": "started_on",
    "Programme End Date": "ended_on", "Programme End Reason": "end_reason",
}  # fmt: skip
_PRISON = {
    "Prison Number": "person_id", "PNC No": "pnc_id", "Surname": "surname", "Forename": "forename",
    "Date of Birth": "date_of_birth", "Sex": "sex", "Reception Date": "received_on", "Release Date": "released_on",
    "Custody Status": "status", "Establishment": "establishment",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExportsReport:
    """What was printed: lines by file, and the boroughs in which the programme works."""

    directory: Path
    rows: dict[str, int]
    boroughs: tuple[str, ...]


def write_exports(
    directory: Path,
    *,
    people: int,
    seed: int,
    settings: SimulationSettings | None = None,
    progress: Progress = silent,
) -> ExportsReport:
    """Write the exports of a crime system, a case system and a prison's releases; the same seed gives the same bytes.

    Refused where the folder holds something already.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise Refused(Fault("is not an empty folder", "name a new one", file=directory.name))
    progress("people made up", 0, people)
    made = world(people, seed, settings or SimulationSettings())
    files = {"crime_system.csv": _crimes(made), "case_system.csv": _cases(made), "prison_releases.csv": _stays(made)}
    private_folder(directory)
    for name, lines in files.items():
        write_private(directory / name, lines.write_csv())
    progress("people made up", people, people)
    boroughs = files["case_system.csv"].filter(pl.col("Programme").is_not_null())["Borough Code"].unique().sort()
    return ExportsReport(directory, {name: lines.height for name, lines in files.items()}, tuple(boroughs))


def _crimes(made: World) -> pl.DataFrame:
    frames = agency_frames(made, "police")
    return _printed(frames["offence"].join(frames["person"], on="person_id", maintain_order="left"), _POLICE)


def _cases(made: World) -> pl.DataFrame:
    """Return one row for each person: where they lived when they came out, or first, and their programme if any."""
    frames = agency_frames(made, "probation")
    referred = pl.col("referred_on").is_not_null()
    steps = ("person_id", "eligible_on", "referred_on", "started_on", "ended_on", "end_reason")
    cases = frames["participation"].select(*steps, programme=pl.when(referred).then(pl.lit(PROGRAMME)))
    homes = frames["address"].select("person_id", "address_id", "area_code", "from_date").sort("from_date", "area_code")
    dated = (
        homes.unique("person_id", keep="first", maintain_order=True)
        .select("person_id", first="from_date")
        .join(cases, on="person_id", how="left", maintain_order="left")
        .with_columns(on=pl.coalesce("eligible_on", "first"))
        .sort("on", "person_id")
    )
    lived = dated.join_asof(homes, left_on="on", right_on="from_date", by="person_id", check_sortedness=False)
    names = dict(zip(ward_codes(), [code for code in borough_codes() for _ in range(WARDS_EACH)], strict=True))
    lived = lived.with_columns(borough=pl.col("area_code").replace_strict(names, default=None))
    everyone = frames["person"].join(lived, on="person_id", how="inner", maintain_order="left")
    return _printed(everyone, _PROBATION)


def _stays(made: World) -> pl.DataFrame:
    frames = agency_frames(made, "prison")
    return _printed(frames["custody_spell"].join(frames["person"], on="person_id", maintain_order="left"), _PRISON)


def _printed(rows: pl.DataFrame, headings: dict[str, str]) -> pl.DataFrame:
    """Return the rows under a system's headings, as texts."""
    columns = []
    for theirs, ours in headings.items():
        column = rows[ours]
        if column.dtype == pl.Date:
            column = column.dt.strftime(SLASHES)
        elif ours in _CODES:
            column = column.replace_strict(_CODES[ours], default=None, return_dtype=pl.String)
        elif theirs == "CRN":
            column = pl.Series([_crn(int(number[1:])) for number in column])
        elif ours == "offence_group":
            column = column.str.replace_all("_", " ").str.to_titlecase()
        columns.append(column.cast(pl.String).alias(theirs))
    return pl.DataFrame(columns)


def _crn(number: int) -> str:
    """Return a case reference number as case systems print it: a letter and six digits.

    >>> _crn(1_011_669)
    'X011669'
    """
    return f"{'WXYZ'[number // 1_000_000 % 4]}{number % 1_000_000:06d}"
