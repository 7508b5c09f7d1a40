"""Who is lost while an order is in force: no kept contact for so many days; how often, how soon, and found again?"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from whatworks.casework.prepared import EVERYBODY, ORDERS_OF, order_groups, prepared, query
from whatworks.journeys.watch import WatchedDay, shares_by
from whatworks.linkage.identities.lasting_name import lasting_names
from whatworks.measures.derivation import derive
from whatworks.records.engine import Engine
from whatworks.records.refusal import Fault, Refused
from whatworks.statistics.groups.person_rates import PersonRate, person_rate

MONTH = 365.25 / 12
LOST_BY, FOUND_BY = (91, 182, 365), (14, 28, 91)
LOST, FOUND, ENDED = "lost", "found", "ended"


@dataclass(frozen=True, slots=True)
class LostContact:
    """Of a group on an order and at liberty: losses per person-month of not being lost, first losses and recoveries.

    `first` are the shares first lost, and out of the order before, by days on it; `recovery` those found again, and
    whose order ended unseen, by days since they were lost. `lost_people` were lost once or more.
    """

    name: str
    people: int
    lost_people: int
    rate: PersonRate
    first: tuple[WatchedDay, ...]
    recovery: tuple[WatchedDay, ...]


@dataclass(frozen=True, slots=True)
class LostContacts:
    """Everybody and each provider. Nobody's to print are `people` (`unit`, `provider`, `lost`, and `days` and `way` of
    the first loss) and `losses` (`unit`, `provider`, and `days` and `way` of what became of it)."""

    after: int
    as_at: date
    groups: tuple[LostContact, ...]
    people: pl.DataFrame
    losses: pl.DataFrame


def lost_contact(store: Engine, after: int = 28, *, by_provider: bool = False) -> LostContacts:
    """Return who was lost: on an order, at liberty, without a kept contact for more than `after` days.

    The loss falls on the last of these days; from it until the next kept contact nobody is at risk of being lost again.
    By provider, an order is that of the provider and a contact is that with anybody. Refused where nobody is on one.
    """
    if after < 1:
        raise Refused(Fault("is not a number of days to wait", "give 1 or more", field="after", value=str(after)))
    as_at = prepared(store, "contact", "appointment", "requirement", "custody_spell")
    derive(store, [query("held_order"), query("contacts_from")])
    derive(store, [query("agency_contact"), query("kept_contact")], view=True)
    groups, people, losses = [], [], []
    for name in order_groups(store, by_provider=by_provider):
        store.derive("asked_order", ORDERS_OF, [name, EVERYBODY])
        derive(store, [query("order_spell"), query("silence")])
        rows = silences(store.fetch("SELECT s.* FROM silence AS s ORDER BY s.linked_id, s.on_day"), after)
        if rows.height:
            everybody, lost = _people(rows), _losses(rows)
            groups.append(_group(name, everybody, lost))
            people.append(everybody.with_columns(provider=pl.lit(name)))
            losses.append(lost.with_columns(provider=pl.lit(name)))
    if not groups:
        raise Refused("nobody was on an order and at liberty", "import requirement; docs/casework.md shows its columns")
    named = [_named(store, pl.concat(parts)) for parts in (people, losses)]
    return LostContacts(after, as_at, tuple(groups), *named)


def silences(rows: pl.DataFrame, after: int) -> pl.DataFrame:
    """Return the silences of `sql/silence.sql` with `risk` (days at risk), `lost`, `lost_days` and `found`.

    >>> from datetime import date
    >>> seen = [date(2025, 1, 1), date(2025, 1, 20), date(2025, 4, 1)]
    >>> same = {"linked_id": "L1", "starts": seen[0], "until": date(2025, 4, 10), "as_at": date(2025, 4, 10)}
    >>> rows = pl.DataFrame(same | {"on_day": seen, "left_on": [*seen[1:], None]})
    >>> silences(rows, 28).select("risk", "lost", "lost_days", "found").rows()
    [(19, False, 0, True), (28, True, 43, True), (9, False, 0, False)]
    """
    spent = (pl.coalesce("left_on", "until") - pl.col("on_day")).dt.total_days()
    return rows.with_columns(
        risk=pl.min_horizontal(spent, pl.lit(after)).cast(pl.Int64), lost=spent > after,
        lost_days=pl.max_horizontal(spent - after, pl.lit(0)).cast(pl.Int64), found=pl.col("left_on").is_not_null(),
        watched=pl.col("until") >= pl.col("as_at"),
    )  # fmt: skip


def _people(rows: pl.DataFrame) -> pl.DataFrame:
    """Return a row a person: losses, months at risk, and days and way of the first loss in the first time on an order.

    Without a loss the days run until that order was over (`ENDED`) or was watched no longer (no way).
    """
    first = pl.col("starts") == pl.col("starts").min()
    until = (pl.col("on_day") - pl.col("starts")).dt.total_days() + pl.col("risk")
    loss, over = until.filter(first & pl.col("lost")).min(), (first & ~pl.col("watched")).any()
    each = rows.group_by("linked_id").agg(
        loss=loss, whole=until.filter(first).max(), over=over, losses=pl.col("lost").sum(),
        months=pl.col("risk").sum() / MONTH,
    )  # fmt: skip
    way = pl.when(pl.col("loss").is_not_null()).then(pl.lit(LOST)).when("over").then(pl.lit(ENDED))
    lost = pl.when(pl.col("losses") > 0).then(pl.lit("yes")).otherwise(pl.lit("no"))
    return each.sort("linked_id").select(
        "linked_id", "losses", "months", lost=lost, days=pl.coalesce("loss", "whole"), way=way
    )


def _losses(rows: pl.DataFrame) -> pl.DataFrame:
    """Return a row a loss: days until the person was seen again, the order was over, or watched no longer."""
    way = pl.when("found").then(pl.lit(FOUND)).when(~pl.col("watched")).then(pl.lit(ENDED))
    return rows.filter("lost").select("linked_id", "on_day", days="lost_days", way=way)


def _named(store: Engine, rows: pl.DataFrame) -> pl.DataFrame:
    names = lasting_names(store, rows["linked_id"])
    days = rows["on_day"].cast(pl.String) if "on_day" in rows.columns else pl.lit("")
    return rows.with_columns(unit=pl.concat_str(names, days, separator="\x1f"))


def _group(name: str, people: pl.DataFrame, lost: pl.DataFrame) -> LostContact:
    return LostContact(
        name, people.height, int((people["losses"] > 0).sum()),
        person_rate(people["losses"].to_numpy(), people["months"].to_numpy()),
        shares_by(people["days"].to_numpy(), people["way"].to_list(), (LOST, ENDED), LOST_BY),
        shares_by(lost["days"].to_numpy(), lost["way"].to_list(), (FOUND, ENDED), FOUND_BY) if lost.height else (),
    )  # fmt: skip
