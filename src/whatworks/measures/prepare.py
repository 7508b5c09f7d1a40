"""Derive from the records what every measure stands on: distinct offences, stays in custody, index events."""

from collections.abc import Collection
from dataclasses import dataclass

from whatworks.measures.cohort import forget_index
from whatworks.measures.derivation import derive, put
from whatworks.measures.merging import Merging, put_agency_bits, read_merging
from whatworks.measures.settings import MeasureSettings
from whatworks.measures.severity import severity_table
from whatworks.records.engine import Engine
from whatworks.records.progress import Progress, silent
from whatworks.records.refusal import Fault, Refused
from whatworks.records.tables.standing import standing

MERGING = {
    "unusable_reference": False,
    "offence_report": False,
    "same_code": False,
    "offence_in_case": True,
    "repeated_count": False,
    "without_case": False,
    "offence_record": False,
    "distinct_offence": True,
}
"""What makes one offence of several agencies' records, in order, and whether it is a view: not what is read often."""
VIEWS = (
    "sentence_record",
    "custody_record",
    "requirement_record",
    "breach_record",
    "need_record",
)
"""Records of all agencies with the person they belong to: worked out when they are asked for."""
TABLES = (
    "custody_stay",
    "sentence_day",
    "person_disagreement",
    "person_in_conviction_record",
    "area_borough",
    "caution_wanted",
    "cautioned_offence",
    "index_day",
    "residence",
    "index_event",
    "merge_count",
)
PREFERRED = ("sex", "date_of_birth", "ethnicity", "need", "address", "died_on")
"""The fields for which a partnership may say whom it trusts first."""


@dataclass(frozen=True, slots=True)
class PreparedReport:
    """What was derived, and what a reader should know about it (numbers of rows, offences or people)."""

    people: int
    people_in_conviction_record: int
    merging: Merging
    sanctions_without_date: int
    sanctions_outside_conviction_record: int
    """Offences that only an agency which cannot prove them calls sanctioned: they prove nothing."""
    index_events: dict[str, int]
    records_without_weight: dict[str, int]
    """Offence groups (or `unknown`) that the severity edition gives no weight, with how many records they hold."""
    disagreements: dict[str, int]
    """People about whom agencies disagree, by field; the order of preference decided."""


def prepare(
    connection: Engine,
    settings: MeasureSettings,
    progress: Progress = silent,
    kept: Collection[str] = (),
) -> PreparedReport:
    """Derive `custody_stay`, `index_event` and what they stand on, as temporary tables; `distinct_offence` as a view.

    `identity` must have been filled by room linkage. The store itself is not written to. Refuses an unknown severity
    edition, a conviction record that holds nobody, and an order of preference for a field that has none. `kept` are
    tables of `MERGING` that stay as an earlier call on the connection left them.
    """
    put_settings(connection, settings)
    forget_index(connection)
    derive(connection, ["linked_person", "person_place"])
    for name, is_view in MERGING.items():
        if name not in kept:
            derive(connection, [name], view=is_view)
    standing(connection, "need", "appointment")
    derive(connection, VIEWS, view=True)
    for done, name in enumerate(TABLES):
        progress("measures", done, len(TABLES))
        if name == "residence":
            connection.derive("residence_wanted", "SELECT DISTINCT linked_id, index_date AS on_date FROM index_day")
        derive(connection, [name])
    progress("measures", len(TABLES), len(TABLES))
    return _report(connection)


def put_settings(connection: Engine, settings: MeasureSettings) -> None:
    """Make the small tables by which queries know the settings; refuse settings that cannot be followed."""
    weights = severity_table(settings.severity_edition, settings.severity_tables)
    _check(connection, settings)
    put(
        connection,
        "setting",
        "as_at DATE, conviction_record VARCHAR, outset_days BIGINT, people_per_reference BIGINT",
        [[settings.as_at, settings.conviction_record, settings.outset_days, settings.people_per_reference]],
    )
    put_agency_bits(connection)
    courts = connection.rows(
        "SELECT DISTINCT organisation_id FROM organisation WHERE kind = 'court' AND organisation_id <> ?",
        [settings.conviction_record],
    )
    standing = [[settings.conviction_record, 0], *([court, 1] for (court,) in sorted(courts))]
    put(connection, "proving_organisation", "organisation_id VARCHAR, standing BIGINT", standing)
    put(
        connection,
        "not_counted_group",
        "offence_group VARCHAR",
        [[group] for group in sorted(set(settings.not_counted))],
    )
    put(
        connection,
        "preference",
        "field VARCHAR, organisation_id VARCHAR, place BIGINT",
        [
            [field, organisation, place]
            for field, order in sorted(settings.preferences.items())
            for place, organisation in enumerate(dict.fromkeys(order))
        ],
    )
    put(connection, "severity_by_code", "offence_code VARCHAR, weight BIGINT", weights.by_code)
    put(connection, "severity_by_group", "offence_group VARCHAR, weight BIGINT", weights.by_group)


def _check(connection: Engine, settings: MeasureSettings) -> None:
    faults = [
        Fault("is not a field with an order of preference", f"name one of: {', '.join(PREFERRED)}", field=field)
        for field in sorted(settings.preferences)
        if field not in PREFERRED
    ]
    held = {row[0] for row in connection.rows("SELECT DISTINCT organisation_id FROM identity")}
    if settings.conviction_record not in held:
        faults.append(
            Fault(
                "holds no person that is linked, so nobody's reoffending could be proved",
                f"import its people and link them, or name one of: {', '.join(sorted(held)) or 'none yet'}",
                field="conviction_record",
                value=settings.conviction_record,
            )
        )
    if faults:
        raise Refused(faults)


def _report(connection: Engine) -> PreparedReport:
    def row(statement: str) -> tuple[int, ...]:
        return connection.rows(statement)[0]

    def counted(statement: str) -> dict[str, int]:
        return {str(name): int(number) for name, number in connection.rows(statement)}

    (no_date,) = row("SELECT count(*) FILTER (WHERE sanction IS NOT NULL AND sanctioned_on IS NULL) FROM offence")
    return PreparedReport(
        people=row("SELECT count(DISTINCT linked_id) FROM identity")[0],
        people_in_conviction_record=row("SELECT count(*) FROM person_in_conviction_record")[0],
        merging=read_merging(connection),
        sanctions_without_date=no_date,
        sanctions_outside_conviction_record=row("SELECT COALESCE(SUM(claimed_only), 0) FROM merge_count")[0],
        index_events=counted("SELECT kind, count(*) FROM index_event GROUP BY kind ORDER BY kind"),
        records_without_weight=counted(
            "SELECT COALESCE(o.offence_group, 'unknown'), count(*) FROM offence AS o "
            "WHERE NOT EXISTS (SELECT 1 FROM severity_by_code AS c WHERE c.offence_code = o.offence_code) "
            "AND NOT EXISTS (SELECT 1 FROM severity_by_group AS g WHERE g.offence_group = o.offence_group) "
            "GROUP BY 1 ORDER BY 1"
        ),
        disagreements=dict(zip(("date_of_birth", "ethnicity", "sex"), row("FROM person_disagreement"), strict=True)),
    )
