"""Who meets a list's rule on a day, at how many agencies, and how sure the links behind that number are."""

from datetime import date
from importlib.resources import files

import numpy as np
import polars as pl
from numpy.typing import NDArray

from whatworks.people.contacts import contact_query, severity_weights
from whatworks.people.joinings import Joinings, ends, joinings
from whatworks.people.rule import ListRule
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused

ADULT = 18
LINKED, POSSIBLE, ONE_AGENCY = "linked", "possible", "one_agency"


def meeting(engine: Engine, rule: ListRule, on: date, links: Joinings | None = None) -> pl.DataFrame:
    """Return a row for everybody who meets the rule on a day, or may: most agencies first, then by record.

    Columns: linked_id, organisation_id and person_id (their lowest record that counts), agencies (by the links in
    force), agencies_mean, agencies_low, agencies_high (2.5% and 97.5% over the draws of the linkage), proven (offences
    in the window, the most that any agency holds), standing, under_18 and also_victim. A person `linked` meets the rule
    by links of .95 or more alone, one who is `possible` only with links between .3 and .95, which a person has to
    decide; `one_agency` stands where a rule asks for no more. under_18 is null where no agency holds a date of birth.
    The dead are left out. Nothing that rests on a contact as victim changes a row but also_victim.
    """
    links = links or joinings(engine)
    return _marked(engine, rule, on, _counted(engine, rule, on), links)


def check_meeting(rule: ListRule, met: pl.DataFrame, everybody: int) -> None:
    """Refuse a rule that nobody meets, or everybody of those with any contact that counts."""
    if met.is_empty():
        remedy = (
            "check that the agencies' extracts of its kinds are imported; ask for fewer agencies, or a longer window"
        )
        raise Refused(Fault("nobody meets the rule", remedy, field="agencies", value=str(rule.agencies)))
    if met.height >= everybody > 1:
        problem = f"everybody with a contact that counts meets the rule ({everybody:,} people): it chooses nobody"
        raise Refused(Fault(problem, "ask for more agencies, or a shorter window", field="agencies",
                            value=str(rule.agencies)))  # fmt: skip


def counted_people(engine: Engine, rule: ListRule, on: date) -> int:
    """Return how many people have any contact that counts within the rule's window: its N."""
    records = _counted(engine, rule, on)
    with engine.lent("counted_record", records):
        [(people,)] = engine.rows(
            "SELECT count(DISTINCT i.linked_id) FROM counted_record AS c JOIN identity AS i "
            "ON i.organisation_id = c.organisation_id AND i.person_id = c.person_id"
        )
    return int(people)


def _counted(engine: Engine, rule: ListRule, on: date) -> pl.DataFrame:
    first, last = rule.window(on)
    query = f"WITH counted_contact AS ({contact_query(engine, rule.kinds)})\n{_sql('counted_record')}"
    with severity_weights(engine):
        found = engine.fetch(query, {"first": first, "last": last})
    return found.filter(~pl.col("organisation_id").is_in(list(rule.left_out))).sort("organisation_id", "person_id")


def _marked(engine: Engine, rule: ListRule, on: date, counted: pl.DataFrame, links: Joinings) -> pl.DataFrame:
    rows, law = links.rows(counted), counted["with_law"].to_numpy()
    person = np.unique(links.in_force[rows], return_inverse=True)[1]

    def of_people(label: NDArray[np.int32]) -> NDArray[np.int64]:
        """Return each person's agencies under a joining: those of the largest part, where it parts the records."""
        found = np.zeros(int(person.max(initial=-1)) + 1, dtype=np.int64)
        np.maximum.at(found, person, links.agencies(label, rows, law))
        return found

    now, sure, possible = (of_people(label) for label in (links.in_force, links.sure, links.possible))
    mean, low, high = ends([of_people(label) for label in links.draws], now)
    standing = np.where(possible == 1, ONE_AGENCY, np.where(sure >= rule.agencies, LINKED, POSSIBLE))
    people = counted.with_columns(person=pl.Series(person), linked_id=pl.Series(links.linked_id[rows], dtype=pl.String))
    found = people.group_by("person").agg(
        pl.col("linked_id", "organisation_id", "person_id").first(), pl.col("proven").max()
    ).sort("person").with_columns(
        pl.Series("agencies", now), pl.Series("agencies_mean", mean), pl.Series("agencies_low", low),
        pl.Series("agencies_high", high), pl.Series("standing", standing), pl.Series("most", np.maximum(now, possible)),
    ).filter(pl.col("most") >= rule.agencies, pl.col("agencies") > 0)  # fmt: skip
    found = found.join(person_marks(engine, found["linked_id"]), on="linked_id", how="left")
    age = pl.lit(on.year) - pl.col("born").dt.year()
    age -= (pl.col("born").dt.strftime("%m%d") > f"{on:%m%d}").cast(pl.Int32)
    found = found.filter(
        (age >= rule.minimum_age) | age.is_null(), pl.col("died_on").is_null() | (pl.col("died_on") > on)
    )
    order = ["proven", "agencies"] if rule.order == "proven" else ["agencies", "proven"]
    also = pl.col("linked_id").is_in(list(victims(engine, on)))
    return found.with_columns(under_18=age < ADULT, also_victim=also).sort(
        *order, "organisation_id", "person_id", descending=[True, True, False, False]
    ).select(
        "linked_id", "organisation_id", "person_id", "agencies", "agencies_mean", "agencies_low", "agencies_high",
        "proven", "standing", "under_18", "also_victim",
    )  # fmt: skip


def person_marks(engine: Engine, people: pl.Series) -> pl.DataFrame:
    """Return what agencies hold of people, by linked number: linked_id, born, died_on, sex, ethnicity.

    Where they disagree it is the latest birth, the earliest death, and of codes the first by the alphabet.
    """
    with engine.lent("asked_person", pl.DataFrame({"linked_id": people.cast(pl.String)})):
        return engine.fetch(_sql("person_mark"))


def victims(engine: Engine, on: date) -> set[str]:
    """Return the linked numbers of everybody with a contact as victim up to a day: for safeguarding alone."""
    query = f"SELECT DISTINCT v.linked_id FROM ({contact_query(engine, ())}) AS v"
    with severity_weights(engine):
        return set(engine.fetch(query, {"first": date.min, "last": on})["linked_id"])


def _sql(name: str) -> str:
    return files("whatworks.people").joinpath(f"sql/{name}.sql").read_text("utf-8")
