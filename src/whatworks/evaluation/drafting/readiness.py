"""Say what an evaluation would lack, before any outcome is opened: tables, links, follow-up, people, areas, dates."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from whatworks.evaluation.drafting.choices import SchemeHeld, choose, schemes_held
from whatworks.evaluation.question.protocol import Protocol, check_protocol
from whatworks.evaluation.studied.cohort import Cohort, find_cohort
from whatworks.evaluation.studied.partnership_sample import check_names
from whatworks.evaluation.studied.records_lacking import check_records
from whatworks.evaluation.whole import measure_settings
from whatworks.linkage import link
from whatworks.measures.prepare import prepare
from whatworks.measures.settings import MeasureSettings
from whatworks.records.engine import Engine, Store
from whatworks.records.follow_up import PROOF_MONTHS
from whatworks.records.imports.how_read import source_notes
from whatworks.records.partnership import PartnershipConfig
from whatworks.records.progress import Progress, silent
from whatworks.records.refusal import Refused
from whatworks.records.showing.banded import banded
from whatworks.statistics.areas.planning import smallest_p

NEEDED = {
    "person": "import each agency's people",
    "offence": "import the police's or courts' offences, with the day of conviction or caution",
    "participation": "import who took part in the scheme",
    "scheme": "add a [[scheme]] block to whatworks.toml",
}
"""The tables without which there is no evaluation, each with the way to fill it."""
LINKED_ENOUGH = 0.9
SIGNIFICANT = 0.05
_EMPTY = {"scheme": {"id": "none", "name": "none", "title": "none"}, "comparison": {"covariates": ["age"]}}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what there is, whether it is lacking, and then what to do."""

    about: str
    lacking: bool
    says: str
    remedy: str = ""


def measured(connection: Store, config: PartnershipConfig, progress: Progress = silent) -> MeasureSettings:
    """Link people and derive the index events, not the outcomes; return the settings by which it was done."""
    settings = measure_settings(check_protocol(_EMPTY, "none"), config)
    link(connection, config.linkage)
    prepare(connection, settings, progress)
    return settings


def readiness(
    connection: Store,
    config: PartnershipConfig,
    protocols: Sequence[tuple[str, Callable[[], Protocol]]],
    progress: Progress = silent,
) -> tuple[Finding, ...]:
    """Return what was looked at, in the order in which it should be put right. `protocols` are read when asked.

    No outcome is measured: not whether anybody reoffended, nor how many did.
    """
    found = [*_tables(connection), *_dates(connection, config), *_notes(connection)]
    if any(one.lacking for one in found if one.about.startswith("table ")):
        return tuple(found)
    try:
        found += _links(connection, config)
        settings = measured(connection, config, progress)
    except Refused as refused:
        return (*found, *_refused("measures", refused))
    if protocols:
        for file, load in protocols:
            found += _of_protocol(connection, file, load, settings, config.settings.minimum_count)
    else:
        for scheme in schemes_held(connection):
            found += _of_scheme(connection, scheme, settings, config.settings.minimum_count)
        found.append(Finding("protocol", True, "none is written yet", "run `whatworks protocol new`"))
    return tuple(found)


def _tables(connection: Engine) -> Iterator[Finding]:
    for table, remedy in NEEDED.items():
        rows = _count(connection, f'SELECT count(*) FROM "{table}"')
        aside = _count(
            connection,
            "SELECT count(*) FROM (SELECT DISTINCT q.source_id, q.line FROM quarantine q "
            "JOIN source s USING (source_id) "
            f"WHERE s.\"table\" = '{table}')",
        )
        waiting = f", {aside:,} in quarantine" if aside else ""
        remedy = "see `whatworks quarantine list`" if aside and not rows else remedy
        yield Finding(f"table {table}", not rows, f"{rows:,} rows{waiting}", "" if rows else remedy)
    proved = _count(connection, "SELECT count(*) FROM offence WHERE sanctioned_on IS NOT NULL")
    remedy = "map sanctioned_on, the day of conviction or caution: without it nothing is proved"
    yield Finding(
        "proof", not proved, f"{proved:,} offences have a day of conviction or caution", "" if proved else remedy
    )
    homes = _count(connection, "SELECT count(*) FROM address WHERE area_code IS NOT NULL AND from_date IS NOT NULL")
    remedy = (
        "map address with area_code and from_date: without it people are compared whatever their area (anyone_else)"
    )
    yield Finding(
        "where people lived", not homes, f"{homes:,} addresses with area and first day", "" if homes else remedy
    )
    areas = _count(connection, "SELECT count(*) FROM scheme_area")
    remedy = (
        "say in areas of the [[scheme]] block where it works, as the extracts write it; one that works everywhere is "
        'compared with anybody else (who = "anyone_else")'
    )
    yield Finding("where schemes work", not areas, f"{areas:,} areas", "" if areas else remedy)
    events = [
        table
        for table in ("custody_spell", "requirement", "sentence")
        if _count(connection, f"SELECT count(*) FROM {table}")
    ]
    cautions = _count(connection, "SELECT count(*) FROM offence WHERE sanction <> 'conviction'")
    held = [*events, *(["cautions"] if cautions else [])]
    remedy = "import releases (custody_spell) or orders (requirement): a person's time is counted from one of them"
    yield Finding("index events", not held, f"from {', '.join(held) or 'nothing'}", "" if held else remedy)


def _dates(connection: Engine, config: PartnershipConfig) -> Iterator[Finding]:
    rows = connection.rows(
        "SELECT as_at, list(DISTINCT name ORDER BY name) FROM source WHERE organisation_id <> 'partnership' "
        "GROUP BY as_at ORDER BY as_at"
    )
    if not rows:
        return
    early = [(day, names) for day, names in rows if day < config.as_at]
    days = "; ".join(f"{day}: {', '.join(names)}" for day, names in rows)
    remedy = (
        f"set as_at of whatworks.toml to {rows[0][0]}, or import newer extracts: what came later is not in all of them"
    )
    yield Finding("as-at dates", bool(early), days, remedy if early else "")


def _notes(connection: Engine) -> Iterator[Finding]:
    for source, notes in source_notes(connection).items():
        yield Finding(f"source {source}", False, "; ".join(notes))


def _links(connection: Store, config: PartnershipConfig) -> Iterator[Finding]:
    report = link(connection, config.linkage)
    for agency in report.organisations:
        share = agency.linked / agency.records if agency.records else 0.0
        about, people = f"links of {agency.organisation_id}", f"{100 * share:.0f}% of {agency.records:,} people"
        if not agency.by_number:
            yield Finding(about, False, f"{people} are joined with another record")
            continue
        lacking = share < LINKED_ENOUGH
        remedy = "map the PNC number to pnc_id, or ask the agency for it: who has none is a person of that agency only"
        if report.by_number_for_now:
            remedy = "run `whatworks link`, which joins by names and dates too; else who has no number stays alone"
        says = f"{people} have the number that agencies share"
        says += "".join(f"; pnc_id is {reason} in {count:,}" for reason, count in agency.reasons.items() if lacking)
        yield Finding(about, lacking, says, remedy if lacking else "")


def _of_scheme(connection: Engine, scheme: SchemeHeld, settings: MeasureSettings, few: int) -> Iterator[Finding]:
    try:
        content = choose(connection, scheme, settings).content
    except Refused as refused:
        yield from _refused(f"scheme {scheme.id}", refused)
        return
    yield from _of_cohort(connection, f"scheme {scheme.id}, as `protocol new` would draft it", content, settings, few)


def _of_protocol(
    connection: Engine,
    file: str,
    load: Callable[[], Protocol],
    settings: MeasureSettings,
    few: int,
) -> Iterator[Finding]:
    try:
        protocol = load()
        if protocol.data.source == "flat":
            yield Finding(file, False, "reads a file of its own, which `whatworks evaluate` looks at")
            return
        check_names(protocol)
    except Refused as refused:
        yield from _refused(file, refused)
        return
    yield Finding(file, False, "names are known, and its keys are sound")
    yield from _of_cohort(connection, file, protocol, settings, few)


def _of_cohort(
    connection: Engine,
    about: str,
    asked: Protocol | dict[str, object],
    settings: MeasureSettings,
    few: int,
) -> Iterator[Finding]:
    protocol = asked if isinstance(asked, Protocol) else check_protocol(asked, "the draft")
    try:
        check_records(connection, protocol)
        cohort = find_cohort(connection, protocol, settings)
    except Refused as refused:
        yield from _refused(about, refused)
        return
    yield from _arms(about, cohort, protocol, settings, few)


def _arms(about: str, cohort: Cohort, protocol: Protocol, settings: MeasureSettings, few: int) -> Iterator[Finding]:
    """Count people by tens, as no paper's numbers: in all, less those whose follow-up is over, may be a few."""
    months = protocol.outcomes.follow_up_months + PROOF_MONTHS
    over = cohort.people["index_date"].dt.offset_by(f"{months}mo") <= settings.as_at
    treated = cohort.people["treated"]
    ripe, others = int((treated & over).sum()), int((~treated & over).sum())
    wait = f"name an earlier cohort.last_index, or wait: {months} months have to be over by {settings.as_at}"
    submitted, told = banded(int(treated.sum()), few), banded(ripe, few)
    over_for = f"{months} months of it are over for {told} people of the scheme, of {submitted} in all"
    yield Finding(f"{about}: follow-up", ripe == 0, over_for, wait if ripe == 0 else "")
    least = protocol.cohort.minimum
    remedy = "widen the window of index events, or lower cohort.minimum and say why"
    yield Finding(
        f"{about}: in the scheme",
        ripe < least,
        f"{told} people, at least {least} wanted{_left_behind(cohort, protocol, few)}",
        remedy if ripe < least else "",
    )
    remedy = "widen comparison.who or the window"
    yield Finding(
        f"{about}: may be compared", others < ripe, f"{banded(others, few)} people", remedy if others < ripe else ""
    )
    if protocol.comparison.who == "other_areas":
        inside = cohort.people.filter(treated)["area"].drop_nulls().n_unique()
        outside = cohort.people.filter(~treated)["area"].drop_nulls().n_unique()
        p = smallest_p(inside, outside) if inside and outside else 1.0
        says = f"{inside} with the scheme, {outside} without; the smallest p that they can give is {p:.2g}"
        remedy = "no answer can be significant by area: take in more areas, with the scheme or without"
        yield Finding(f"{about}: areas", p > SIGNIFICANT, says, remedy if p > SIGNIFICANT else "")


def _left_behind(cohort: Cohort, protocol: Protocol, few: int) -> str:
    """Return how many who took part have no index event, where they are not few, and what is none."""
    submitted, linked = (step.treated or 0 for step in cohort.trail.steps[:2])
    treated = int(cohort.people["treated"].sum())
    if linked - treated < few:
        return ""
    none = " (a release after recall is none)" if "release" in protocol.cohort.index else ""
    whole, left = banded(submitted, few), banded(linked - treated, few)
    return (
        f"; of {whole} who took part {left} are linked, but have no index event in the window{none}, or are left out "
        "by the protocol"
    )


def _refused(about: str, refused: Refused) -> Iterator[Finding]:
    for fault in refused.faults:
        field = f"{fault.field}: " if fault.field else ""
        yield Finding(about, True, f"{field}{fault.problem}", fault.remedy)


def _count(connection: Engine, statement: str) -> int:
    return int(connection.rows(statement)[0][0])
