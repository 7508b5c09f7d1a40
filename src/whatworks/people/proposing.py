"""Propose people for a list: whoever meets its rule, by one version of the rule, on the list's own grounds."""

from datetime import date
from pathlib import Path

import polars as pl

from whatworks.people.listed_links import linked_now, marks_of
from whatworks.people.meeting import POSSIBLE, check_meeting, counted_people, meeting
from whatworks.people.rule import ListRule, load_rule, months_after
from whatworks.people.tables import LISTS, done
from whatworks.records.refusal import Fault, Refused, choice
from whatworks.records.register.entry import MANUAL, Author
from whatworks.records.register.ledger import Connection, Ledger, Row
from whatworks.records.register.person_list import GROUNDS
from whatworks.records.register.verb import Done


def propose(connection: Connection, ledger: Ledger, author: Author, rule: Path, review_on: date | None = None) -> Done:
    """Propose whoever meets the rule in a file and is not listed; the list is opened by its first proposal.

    What was proposed before and is undecided is made anew. `review_on` records that the list was reviewed. Raises
    `Refused` for a rule that is not in force, that was changed without a new version, that nobody or everybody meets,
    and for a list overdue for review.
    """
    terms = load_rule(rule)
    _check_rule(connection, ledger, author.on, terms)
    met = meeting(connection, terms, author.on)
    check_meeting(terms, met, counted_people(connection, terms, author.on))
    row = _list_of(connection, ledger, author, terms, review_on)
    listed = LISTS.entered(connection, ledger, row["id"])
    here = {each.linked_id for each in linked_now(connection, listed).values()}
    new = met.filter(~pl.col("linked_id").is_in(list(here)))
    ledger.remove(connection, "entry", "list_id = ? AND state = 'proposed'", [row["id"]])
    marks = marks_of(connection, new)
    rows = [_proposal(row, terms, author.on, person, marks) for person in new.iter_rows(named=True)]
    ledger.add_many(connection, "entry", [(each, MANUAL) for each in rows])
    ledger.note(connection, "list", row["id"], ("proposed", None, str(len(rows))), author)
    possible = sum(each["standing"] == POSSIBLE for each in rows)
    children = sum(each["under_18"] != "no" for each in rows)
    says = (
        f"{terms.name}, version {terms.version}: {terms.in_words()}\n{len(rows):,} proposed: {possible:,} of them only "
        f"possible (links between .3 and .95), {children:,} under 18 or of an age not known\n{len(listed):,} are listed"
    )
    return done(says, row["id"], rows, {"proposed": len(rows), "possible": possible, "listed": len(listed)})


def _list_of(connection: Connection, ledger: Ledger, author: Author, rule: ListRule, review_on: date | None) -> Row:
    """Return the rule's list, opened or brought to the rule's version where needed, reviewed where that was said."""
    kept = {"rule": rule.model_dump_json(by_alias=True), "rule_sha256": rule.sha256()}
    grounds = {each: getattr(rule, each) for each in (*GROUNDS, "variant_of")}
    rows = ledger.rows(connection, "list", "name = ? AND closed_on IS NULL", [rule.name])
    if not rows:
        ends = {"review_on": review_on or months_after(author.on, rule.review_months),
                "retain_until": months_after(author.on, rule.retain_months)}  # fmt: skip
        return ledger.row(connection, "list", LISTS.open(
            connection, ledger, author, name=rule.name, **grounds, **kept, **ends))  # fmt: skip
    (row,) = rows
    if row["version"] == rule.version and row["rule_sha256"] != kept["rule_sha256"]:
        remedy = "give it a new version; what one borough does otherwise is another list, with its own name and owner"
        raise Refused(Fault("says something else than the rule of this name and version did", remedy, field="version",
                            value=rule.version))  # fmt: skip
    if review_on:
        until = months_after(author.on, rule.retain_months)
        ledger.change(connection, "list", row["id"], {"retain_until": until}, author)
        LISTS.review(connection, ledger, author, row["id"], review_on)
    LISTS.current(connection, ledger, row["id"], author.on)
    ledger.change(connection, "list", row["id"], grounds, author)
    ledger.set_quietly(connection, "list", row["id"], kept)
    return ledger.row(connection, "list", row["id"])


def _check_rule(connection: Connection, ledger: Ledger, on: date, rule: ListRule) -> None:
    faults = []
    if rule.from_date > on:
        faults.append(Fault("lies ahead: this version does not hold yet", "propose from that day on", field="from",
                            value=str(rule.from_date)))  # fmt: skip
    agencies = [agency for (agency,) in connection.rows("SELECT organisation_id FROM organisation ORDER BY 1")]
    for field, named in (("owner", (rule.owner,)), ("left_out", rule.left_out)):
        faults += [Fault("is not an agency of the partnership", choice(each, agencies), field=field, value=each)
                   for each in named if each not in agencies]  # fmt: skip
    if rule.variant_of is not None:
        base = ledger.rows(connection, "list", "name = ? AND closed_on IS NULL", [rule.variant_of])
        if not base or base[0]["owner"] == rule.owner:
            problem = "is not an open list" if not base else "has the same owner"
            remedy = "a variant is another list with an owner of its own, beside the one that it varies"
            faults.append(Fault(problem, remedy, field="variant_of", value=rule.variant_of))
    if faults:
        raise Refused(faults)


def _proposal(held: Row, rule: ListRule, on: date, person: Row, marks: dict[str, Row]) -> Row:
    child = {True: "yes", False: "no", None: "not known"}[person["under_18"]]
    own = {name: person[name] for name in
           ("organisation_id", "standing", "agencies", "agencies_mean", "agencies_low", "agencies_high")}  # fmt: skip
    return own | marks[person["linked_id"]] | {
        "list_id": held["id"], "person": person["person_id"], "under_18": child, "state": "proposed",
        "evidence": f"{person['agencies']} agencies", "rule_version": rule.version, "proposed_on": on,
    }  # fmt: skip
