"""Who is out and was seen by nobody, by name: the team's own list, for a purpose and a reason that are kept."""

from collections.abc import Mapping
from datetime import timedelta

import polars as pl

from whatworks.casework.gate import exits, unseen
from whatworks.casework.prepared import query
from whatworks.journeys.kind import load_kind
from whatworks.records.audit.reader import present_reader
from whatworks.records.engine import Engine
from whatworks.records.partnership import Partnership
from whatworks.records.refusal import Fault, Refused
from whatworks.records.register.entry import Author
from whatworks.records.register.verb import Done
from whatworks.sharing.consult import permit
from whatworks.sharing.selection import Pair

FIELDS = ("person_id", "released_on", "establishment")


def show_unseen(
    connection: Engine, author: Author, here: Partnership | None, purpose: str, after: int = 28, within: int = 182
) -> Done:
    """Name who came out in the last `within` days, is at liberty, and had no kept contact for `after` days or more.

    The longest unseen stand first, each with the prison's number, who was to pick up and the needs known. Nobody is
    named whom the reader may not see by the agreements.
    """
    if here is None:
        raise Refused("a list of people belongs to a partnership", "work in its folder")
    if within < after:
        problem = f"is less than the {after} days without a contact"
        raise Refused(Fault(problem, "give more days", field="--within", value=str(within)))
    found = exits(connection, load_kind("through_the_gate", here.root / "journeys"))
    rows = unseen(found, after).filter(pl.col("opened_on") > found.cases.as_at - timedelta(within))
    of = connection.rows(query("gate_person").text)
    owners: dict[str, Pair] = {unit: (agency, number) for unit, agency, number in of}
    people, reader = [owners[unit] for unit in rows["unit"]], present_reader(connection)
    permit(connection, here, reader, "custody_spell", FIELDS, people, purpose, author.why, author.true_day)
    needs: Mapping[str, list[str]] = dict(found.needs.group_by("unit").agg(pl.col("pathway").sort()).iter_rows())
    head = f"Out, at liberty and seen by nobody for {after} days or more by {found.cases.as_at}: {len(people)}"
    lines, listed = [head], []
    for (unit, out, days, prison, provider), person in zip(
        rows.select("unit", "opened_on", "days", "prison", "provider").iter_rows(), people, strict=True
    ):
        known = [one.replace("_", " ") for one in needs.get(unit, [])]
        lines.append(
            f"    {':'.join(person)}: out on {out} of {prison or 'a prison not known'}, {days:.0f} days; to pick up: "
            f"{provider}; needs: {', '.join(known) or 'none known'}"
        )
        listed.append({"person": person, "out_on": out, "days": int(days), "prison": prison, "provider": provider,
                       "needs": known})  # fmt: skip
    kept = {"purpose": purpose, "fields": sorted(FIELDS), "listed": len(people)}
    return Done("\n".join(lines), more={"unseen": listed}, people=tuple(sorted(set(people))), kept=kept)
