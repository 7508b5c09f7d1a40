"""`whatworks board evidence`: what to commission, continue, test or stop, and why."""

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from whatworks.board.evidence import register as kept
from whatworks.board.evidence.advice import advise
from whatworks.board.evidence.entry import read_entries, read_studies
from whatworks.board.evidence.judgement import judge
from whatworks.board.evidence.own import ResultNotes
from whatworks.board.evidence.register import find, read_register
from whatworks.board.evidence.standards import Standards, read_standards, shipped_standards
from whatworks.board.evidence.values import Values, need_values, read_values
from whatworks.board.evidence.worth import ASSUMPTIONS, worth_of_testing
from whatworks.cli.answer import View
from whatworks.cli.register import Desk
from whatworks.evaluation.whole import read_result
from whatworks.papers.board.clear_evidence import clear_advice
from whatworks.papers.board.evidence_map import evidence_paper
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.ledger import Connection
from whatworks.records.register.verb import Done


def interventions(
    desk: Desk, values: Path | None = None, standards: Path | None = None, item: str = "For discussion"
) -> View:
    """Return what to commission, continue, test or stop, who would lose, and what another year's test is worth."""
    standard, worth_of = _standards(standards), _values(values)
    stored = read_register(desk.connection)
    paper, figures = evidence_paper(
        advise(stored, standard, desk.on, worth_of),
        standard,
        worth_of,
        as_at=desk.on,
        minimum=desk.minimum_count,
        prepared_for=desk.name,
        item=item,
    )
    lines = [line for each in figures["interventions"] for line in _lines(each)]
    lines.append(f"{len(stored)} interventions." if stored else "No intervention has been entered.")
    return View(figures, lines, lambda: (paper, figures))


def add(
    connection: Connection,
    author: Author,
    file: Path | None = None,
    result: Path | None = None,
    intervention: str = "",
    maryland: int | None = None,
    differs: str | None = None,
    caveats: str | None = None,
    higher_is_better: tuple[str, ...] = (),
    standards: Path | None = None,
) -> Done:
    """Enter interventions and published studies from a file, or a result of your own."""
    _check_add(file, result, intervention, maryland, author.why or "")
    standard = _standards(standards)
    if result is not None:
        evaluated = read_result(result)
        digest = sha256(result.read_bytes()).hexdigest()
        notes = ResultNotes(result, digest, maryland, differs, caveats, tuple(higher_is_better))
        entered = kept.add_result(connection, evaluated, intervention, notes, author, standard)
    elif file is not None and file.suffix.lower() == ".toml":
        entered = kept.add_file(connection, read_entries(file), author, standard)
    else:
        assert file is not None  # noqa: S101
        entered = kept.add_studies(connection, read_studies(file), author, standard)
    lines = [
        f"{word}: {row}"
        for word, rows in (("added", entered.added), ("changed", entered.changed), ("left out", entered.left_out))
        for row in rows
    ]
    lines.append(f"{len(entered.added)} added, {len(entered.changed)} changed, {entered.unchanged} as before.")
    counts = {"added": entered.added, "unchanged": entered.unchanged, "left_out": entered.left_out}
    return Done("\n".join(lines), None, tuple(entered.changed), counts)


def show(desk: Desk, short: str) -> View:
    """Return who changed an intervention and its deliveries, when, why, and what stood before."""
    stored = find(desk.connection, short)
    rows = desk.ledger.history(desk.connection, "intervention", stored.id)
    for table, numbers in (("delivery", stored.deliveries), ("study", stored.studies), ("emmie", stored.emmie)):
        rows += [row for each in numbers for row in desk.ledger.history(desk.connection, table, each.id)]
    shown = [row if row["table_name"] == "intervention" else row | {"before": None, "after": None} for row in rows]
    lines = [f"{stored.name} ({stored.short}), owner: {stored.owner or 'no owner'}", *map(_history_line, rows)]
    row = desk.ledger.row(desk.connection, "intervention", stored.id)
    return View({"row": row, "history": shown}, lines)


def worth(desk: Desk, short: str, values: Path | None = None, standards: Path | None = None) -> View:
    """Return what another year's test of an intervention would be worth, at your values; refused without them."""
    wanted, standard = need_values(_values(values)), _standards(standards)
    stored = find(desk.connection, short)
    worth_of_testing(stored, judge(stored.studies, standard.rules.enough).sound, wanted)
    advice = clear_advice(advise([stored], standard, date.today(), wanted)[0], desk.minimum_count)
    if advice.worth is None or advice.gain is None:
        raise Refused(Fault("is withheld: too few people are behind it", "look at the result inside", field=short))
    year = wanted.value[0].price_year
    answer = {
        "intervention": short,
        "gain": int(advice.gain),
        "at_most": int(advice.at_most or 0),
        "cost": int(advice.test_cost or 0),
        "worth": int(advice.worth),
        "assumptions": ASSUMPTIONS,
        "price_year": year,
    }
    most, cost = _pounds(advice.at_most), _pounds(advice.test_cost)
    lines = [
        f"Gain from knowing: {_pounds(advice.gain)} over {wanted.years} years (at most {most}).",
        f"Cost of the test: {cost}. Worth of the test: {_pounds(advice.worth)}. Prices of {year}.",
        *(f"- {line}" for line in ASSUMPTIONS),
    ]
    return View(answer, lines)


def _check_add(file: Path | None, result: Path | None, intervention: str, maryland: int | None, why: str) -> None:
    faults = []
    if (file is None) == (result is None):
        faults.append(Fault("give one of --file and --result", "a file by hand, or a result of your own"))
    if result is not None and not intervention:
        faults.append(Fault("is missing", "name the intervention that the result is about", field="--of"))
    if maryland is not None and not why.strip():
        faults.append(Fault("is missing", "say why the level is another than the design's", field="--why"))
    if faults:
        raise Refused(faults)


def _standards(path: Path | None) -> Standards:
    return shipped_standards() if path is None else read_standards(path)


def _values(path: Path | None) -> Values | None:
    return None if path is None else read_values(path)


def _lines(advice: dict[str, Any]) -> list[str]:
    position = advice["position"].replace("_", " ")
    lines = [
        f"{advice['proposal'].upper():<10} {advice['name']} ({position}, ages {advice['ages']}); "
        f"owner: {advice['owner']}",
        f"      {advice['why']}",
        *(f"      {note}" for note in advice["notes"]),
    ]
    for place in advice["loses"]:
        counted = place["people_a_year"]
        people = {"c": "a number withheld", None: "a number nobody said"}.get(counted, counted)
        lines.append(f"      would lose it: {place['place']}, {place['serves']}, people a year: {people}")
    if advice["worth_of_test"]:
        lines.append(f"      worth of another year's test: {_pounds(advice['worth_of_test']['worth'])}")
    return lines


def _pounds(amount: Any) -> str:
    return f"{'-' if amount < 0 else ''}£{abs(amount):,.0f}"


def _history_line(row: dict[str, Any]) -> str:
    """Return a change in words; values of studies and deliveries may be small counts of people, and stay inside."""
    if row["table_name"] in ("study", "delivery"):
        return (
            f"  {row['changed_on']}, {row['changed_by']}: {row['table_name']} {row['row_id']}, {row['field']} changed"
        )
    before, after = row["before"] or "nothing", row["after"] or "nothing"
    why = f" ({row['why']})" if row["why"] else ""
    return f"  {row['changed_on']}, {row['changed_by']}: {row['table_name']} {row['field']} {before} -> {after}{why}"
