"""Keep the register of interventions in the store: enter, change, and give it all back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from whatworks.board.evidence.entry import EvidenceFile, InterventionEntry, StudyEntry, StudyRow, children_faults
from whatworks.board.evidence.intervention import POSITIONS, Delivery, Emmie, Intervention
from whatworks.board.evidence.own import ResultNotes, own_studies
from whatworks.board.evidence.standards import Standards
from whatworks.board.evidence.study import Study
from whatworks.board.register import ledger
from whatworks.evaluation.result import Result
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection, value_of
from whatworks.records.register.verb import Done, without_taken_away

ENTER = "whatworks board evidence add --file FILE --by NAME"
_ENTRY_PARTS = {"delivery", "study", "emmie"}


@dataclass(slots=True)
class EnteredRows:
    """What entering did: rows by what became of them, and what was left out with the reason."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    left_out: list[str] = field(default_factory=list)


def add_file(connection: Connection, file: EvidenceFile, author: Author, standards: Standards) -> EnteredRows:
    """Enter interventions with what is delivered and known of them; what stands already is changed, with its history.

    Refused, and nothing entered, where children below the age of criminal responsibility would be given an outcome of
    offending, or no horizon.
    """
    faults = [fault for intervention in file.intervention for fault in _children(connection, intervention, standards)]
    if faults:
        raise Refused(faults)
    done = EnteredRows()
    for intervention in file.intervention:
        _enter(connection, intervention, author, done)
    return done


def add_studies(
    connection: Connection, studies: Sequence[StudyRow], author: Author, standards: Standards
) -> EnteredRows:
    """Enter published studies of interventions that the register holds; refuse the others, all at once."""
    known = {one.short: one for one in read_register(connection)}
    faults = [
        Fault("is not in the register of interventions", "enter it first, with --file and a TOML file", value=short)
        for short in dict.fromkeys(study.intervention for study in studies)
        if short not in known
    ]
    for one in studies:
        held = known.get(one.intervention)
        if held is not None:
            outcome = [(one.family, one.outcome_label)]
            below = standards.rules.children_below
            faults += children_faults(held.short, held.age_to, held.horizon_years, outcome, below)
    if faults:
        raise Refused(faults)
    done = EnteredRows()
    for one in studies:
        _keep(connection, "study", _study_values(known[one.intervention].id, one), ("intervention_id", "key"),
              author, done)  # fmt: skip
    return done


def add_result(
    connection: Connection, result: Result, intervention: str, notes: ResultNotes, author: Author, standards: Standards
) -> EnteredRows:
    """Enter an evaluation of our own as studies of an intervention; entered again, it replaces what it said before.

    Outcomes that were only described are left out, and named: nothing was compared.
    """
    held = find(connection, intervention)
    rows, left_out = own_studies(result, notes, standards)
    unknown = [name for name in notes.higher_is_better if name not in {outcome.name for outcome in result.outcomes}]
    faults = [Fault("is not an outcome of the result", "name one that is", field="higher_is_better", value=name)
              for name in unknown]  # fmt: skip
    outcomes = [(str(row["family"]), str(row["outcome_label"])) for row in rows]
    faults += children_faults(held.short, held.age_to, held.horizon_years, outcomes, standards.rules.children_below)
    if faults:
        raise Refused(faults)
    done = EnteredRows(left_out=[f"{label}: described only, nothing was compared" for label in left_out])
    for row in rows:
        _keep(connection, "study", {"intervention_id": held.id, **row}, ("intervention_id", "key"), author, done)
    return done


def change_intervention(connection: Connection, short: str, author: Author, **given: Any) -> Done:
    """Change some columns of an intervention (its owner, say), keeping what stood before."""
    held = find(connection, short)
    changed = ledger.change(connection, "intervention", held.id, without_taken_away(given), author)
    columns = f"{', '.join(changed)} changed" if changed else "as before"
    return Done(f"intervention {short}: {columns}", held.id, tuple(changed))


def find(connection: Connection, short: str) -> Intervention:
    """Return the intervention of that short name, or refuse naming those known."""
    held = read_register(connection)
    for one in held:
        if one.short == short:
            return one
    names = [one.short for one in held]
    near = get_close_matches(short, names, 1)
    known = f"known: {', '.join(names)}" if names else "the register holds none yet"
    remedy = f"did you mean {near[0]}?" if near else f"enter it with `{ENTER}`; {known}"
    raise Refused(Fault("is not in the register of interventions", remedy, field="intervention", value=short))


def read_register(connection: Connection) -> tuple[Intervention, ...]:
    """Return all interventions with what belongs to them, in the order of the map, then of their names."""
    deliveries = ledger.entries(connection, "delivery", Delivery)
    studies = ledger.entries(connection, "study", Study)
    emmie = ledger.entries(connection, "emmie", Emmie)
    schemes = _people_now(connection)
    found = [
        value_of(
            Intervention,
            row,
            deliveries=tuple(delivery for delivery in deliveries if delivery.intervention_id == row["id"]),
            studies=tuple(study for study in studies if study.intervention_id == row["id"]),
            emmie=tuple(known for known in emmie if known.intervention_id == row["id"]),
            people_now=schemes.get(row["scheme_id"]) if row["scheme_id"] else None,
        )
        for row in ledger.rows(connection, "intervention")
    ]
    return tuple(sorted(found, key=lambda one: (POSITIONS.index(one.position), one.name.casefold(), one.id)))


def _people_now(connection: Connection) -> dict[str, int]:
    """Return for each scheme of the records how many people have started and not ended."""
    rows = connection.rows(
        "SELECT scheme_id, count(DISTINCT organisation_id || ':' || person_id) FROM participation "
        "WHERE started_on IS NOT NULL AND ended_on IS NULL AND completed_on IS NULL GROUP BY scheme_id ORDER BY 1"
    )
    return {str(scheme): int(people) for scheme, people in rows}


def _children(connection: Connection, entry: InterventionEntry, standards: Standards) -> list[Fault]:
    held = [one for one in read_register(connection) if one.short == entry.short]
    outcomes: list[tuple[str, str]] = [(study.family, study.outcome_label) for study in entry.study]
    outcomes += [(study.family, study.outcome_label) for before in held for study in before.studies]
    return children_faults(entry.short, entry.age_to, entry.horizon_years, outcomes, standards.rules.children_below)


def _enter(connection: Connection, entry: InterventionEntry, author: Author, done: EnteredRows) -> None:
    values = entry.model_dump(exclude=_ENTRY_PARTS) | {"partners": "; ".join(entry.partners) or None}
    number = _keep(connection, "intervention", values, ("short",), author, done)
    for delivery in entry.delivery:
        row = delivery.model_dump(exclude={"cost_a_year"})
        row["cost_pence_a_year"] = None if delivery.cost_a_year is None else int(delivery.cost_a_year * 100)
        keys = ("intervention_id", "place", "provider")
        _keep(connection, "delivery", {"intervention_id": number, **row}, keys, author, done)
    for study in entry.study:
        _keep(connection, "study", _study_values(number, study), ("intervention_id", "key"), author, done)
    for known in entry.emmie:
        row = {"intervention_id": number, **known.model_dump()}
        _keep(connection, "emmie", row, ("intervention_id", "heading", "source"), author, done)


def _study_values(number: int, study: StudyEntry) -> dict[str, Any]:
    told = {"intervention_id": number, "key": study.key, "origin": "published"}
    return told | study.model_dump(exclude={"intervention"})


def _keep(
    connection: Connection, table: str, values: dict[str, Any], keys: tuple[str, ...], author: Author, done: EnteredRows
) -> int:
    """Add the row, or change the one that has the same keys; what is not given leaves what stands."""
    where = " AND ".join(f'"{name}" IS NOT DISTINCT FROM ?' for name in keys)
    held = ledger.rows(connection, table, where, [values[name] for name in keys])
    notes = (
        f"{ledger.term(table)} {values.get('short') or values.get('key') or values.get('place') or values['heading']}"
    )
    if not held:
        done.added.append(notes)
        return ledger.add(connection, table, values, author=author)
    number = int(held[0]["id"])
    given = {name: value for name, value in values.items() if value is not None}
    changed = ledger.change(connection, table, number, given, author)
    if changed:
        done.changed.append(f"{notes}: {', '.join(changed)}")
    else:
        done.unchanged += 1
    return number
