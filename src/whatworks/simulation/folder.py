"""Make a partnership's folder: extracts as agencies send them, the mappings that read them, a protocol, the truth."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from whatworks.records.progress import Progress, silent
from whatworks.records.refusal import Fault, Refused
from whatworks.records.tables.casework_tables import CASEWORK_TABLES
from whatworks.records.tables.people_tables import PEOPLE_TABLES
from whatworks.records.tables.place_tables import PLACE_TABLES
from whatworks.records.writing.changed import mark_changed
from whatworks.records.writing.private_file import private_folder
from whatworks.simulation.agencies.dirt import spoiled_lines
from whatworks.simulation.agencies.extract import Extract
from whatworks.simulation.agencies.extracts_community import COUNCIL, HEALTH
from whatworks.simulation.agencies.extracts_journeys import JOURNEYS
from whatworks.simulation.agencies.extracts_justice import COURT, PRISON
from whatworks.simulation.agencies.extracts_places import PLACE_FILES
from whatworks.simulation.agencies.extracts_police import POLICE
from whatworks.simulation.agencies.extracts_probation import PROBATION
from whatworks.simulation.agencies.extracts_survey import SURVEY_FILES
from whatworks.simulation.agencies.journey_records import journey_frames
from whatworks.simulation.agencies.mapping_text import import_text, mapping_text
from whatworks.simulation.agencies.misrecording import written_by
from whatworks.simulation.agencies.numbering import AGENCIES
from whatworks.simulation.agencies.records_kept import fixed_frames
from whatworks.simulation.agencies.writing import ExtractFile
from whatworks.simulation.casework.planted import CASEWORK_FILES, casework_frames, casework_truth
from whatworks.simulation.folder_text import partnership_text, protocol_text
from whatworks.simulation.lists.planted import LIST_FILES, list_frames, list_rule, list_truth, victims_of
from whatworks.simulation.lists.planted import NAME as LIST_NAME
from whatworks.simulation.places.layout import ward_geojson
from whatworks.simulation.places.subjects import place_frames, place_truth
from whatworks.simulation.settings import SimulationSettings
from whatworks.simulation.society.surveys import survey_frames
from whatworks.simulation.streams import stream
from whatworks.simulation.truth.files import write_place_truth, write_survey_truth, write_truth
from whatworks.simulation.truth.society_truth import society_frame, who_is_who, write_society
from whatworks.simulation.world import World, world

EXTRACTS: tuple[Extract, ...] = (
    *POLICE, *PROBATION, *PRISON, *COURT, *COUNCIL, *HEALTH, *SURVEY_FILES, *JOURNEYS, *PLACE_FILES, *LIST_FILES,
    *CASEWORK_FILES,
)  # fmt: skip
PART = 25_000
"""People made up at a time, so that memory does not grow with the partnership."""
MOST_PEOPLE = 8_000_000
_FIRST = (*PLACE_TABLES, *PEOPLE_TABLES, *CASEWORK_TABLES)
SHARED = ("sharing", "briefings")
"""Folders of examples that a made-up partnership has too: its agreements, and a briefing."""
WARDS_FILE = "boundaries/northbank_wards.geojson"


@dataclass(frozen=True, slots=True)
class SimulationReport:
    """What was made: people, rows of each extract, and for how many participants the true effect is known."""

    directory: Path
    people: int
    rows: dict[str, int]
    participants: int
    true_effect: float | None
    """The true average effect on proven reoffending within a year among all participants, as a proportion."""


def simulate(
    directory: Path,
    *,
    people: int,
    seed: int,
    settings: SimulationSettings | None = None,
    progress: Progress = silent,
) -> SimulationReport:
    """Make up a partnership of `people` people in `directory`; the same seed gives the same bytes.

    Refused where the folder holds something already, or the number of people is not from 1 to `MOST_PEOPLE`.
    """
    settings = settings or SimulationSettings()
    _check(directory, people, seed)
    for name in ("", "extracts", "mappings", "protocols", "lists", "results", "papers", "boundaries", "truth", *SHARED):
        private_folder(directory / name)
    mark_changed()
    _write_texts(directory, settings)
    truths: list[pl.DataFrame] = []
    identities: list[pl.DataFrame] = []
    societies: list[pl.DataFrame] = []
    planted: dict[str, Any] = {}
    progress("people made up", 0, people)
    with ExitStack() as stack:
        files = [stack.enter_context(ExtractFile(directory / "extracts", extract)) for extract in extracts(settings)]
        for first in range(0, people, PART):
            size = min(PART, people - first)
            part = world(size, seed, settings, first)
            identities.append(_send(part, files))
            truths.append(part.truth)
            societies.append(society_frame(part))
            if first == 0:
                write_place_truth(directory, place_truth(part))
                planted = {"lists": list_truth(part), "casework": casework_truth(part)}
            progress("people made up", first + size, people)
    truth = write_truth(directory, truths, identities, settings, seed, people, planted)
    write_survey_truth(directory, settings, seed)
    if settings.identity.hard:
        write_society(directory, societies)
    return SimulationReport(
        directory=directory,
        people=people,
        rows={file.extract.name: file.rows for file in files},
        participants=truth["participants"],
        true_effect=truth["true_effects"]["all_participants"]["proven_reoffending_1y"]["effect"],
    )


def _send(part: World, files: list[ExtractFile]) -> pl.DataFrame:
    """Add what all agencies hold about a part of the people to their files; return who their records really are."""
    second: list[pl.DataFrame] = []
    fixed = fixed_frames(part.settings) | survey_frames(part.settings, part.seed)
    fixed |= _of_first_part(part) if part.people.first == 0 else dict.fromkeys(_FIRST, pl.DataFrame())
    journeys = journey_frames(part)
    for number, agency in enumerate(AGENCIES):
        rng = stream(part.seed, "dirt", part.people.first * len(AGENCIES) + number)
        written = written_by(part, agency, rng)
        second.append(written.second.with_columns(organisation_id=pl.lit(agency)))
        for file in files:
            extract = file.extract
            if extract.organisation != agency:
                continue
            of_people = not any(block.table in fixed for block in extract.blocks)
            if of_people or part.people.first == 0:
                own = journeys[agency] if extract in JOURNEYS else written.frames
                lines = extract.lines(own if of_people else fixed)
                file.add(spoiled_lines(lines, extract, rng, part.settings))
    return who_is_who(part, pl.concat(second))


def _of_first_part(part: World) -> dict[str, pl.DataFrame]:
    """Return the tables of places, lists and casework, which are about people of the first part alone."""
    found, lists = place_frames(part), list_frames(part)
    named = victims_of(lists.pop("victims"), found["incident"])
    both = pl.concat([found["incident_person"], named.select(found["incident_person"].columns)])
    return found | lists | casework_frames(part) | {"incident_person": both}


def extracts(settings: SimulationSettings) -> tuple[Extract, ...]:
    """Return the files that agencies send; where homes have postcodes of their own, courts and health write them too.

    >>> from whatworks.simulation.society.identity_settings import IdentitySettings
    >>> hard = SimulationSettings(identity=IdentitySettings.realistic())
    >>> [extract.name for extract in extracts(hard) if extract not in EXTRACTS]
    ['court_defendants.csv', 'health_patients.txt']
    """
    if not settings.identity.people_a_postcode:
        return EXTRACTS
    return tuple(
        extract.sending({"postcode": "POSTCODE" if extract.organisation == "court" else "postcode"})
        if extract.name in ("court_defendants.csv", "health_patients.txt")
        else extract
        for extract in EXTRACTS
    )


def _check(directory: Path, people: int, seed: int) -> None:
    faults = []
    if not 1 <= people <= MOST_PEOPLE:
        faults.append(
            Fault(f"must lie between 1 and {MOST_PEOPLE}", "ask for so many", field="people", value=str(people))
        )
    if seed < 0:
        faults.append(Fault("must not be negative", "use 0 or more", field="seed", value=str(seed)))
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        faults.append(Fault("is not an empty folder", "name a new one", file=directory.name))
    if faults:
        raise Refused(faults)


def examples(folder: str) -> tuple[Path, ...]:
    """Return the files of a folder of examples that the software comes with.

    >>> [file.name for file in examples("briefings")]
    ['oversight.toml', 'threat.toml']
    """
    return tuple(sorted((Path(__file__).resolve().parents[1] / "examples" / folder).glob("*.toml")))


def _write_texts(directory: Path, settings: SimulationSettings) -> None:
    texts = {
        "whatworks.toml": partnership_text(settings),
        "mappings/import.toml": import_text(EXTRACTS),
        "protocols/resettlement.toml": protocol_text(settings),
        WARDS_FILE: ward_geojson(),
        f"lists/{LIST_NAME}.toml": list_rule(),
        **{f"mappings/{extract.mapping_name}": mapping_text(extract) for extract in extracts(settings)},
        **{f"{folder}/{file.name}": file.read_text("utf-8") for folder in SHARED for file in examples(folder)},
    }
    for name, text in texts.items():
        (directory / name).write_text(text, encoding="utf-8", newline="\n")
