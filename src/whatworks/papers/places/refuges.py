"""Refuges as a business case: need once a person, waiting, flows, supply, where to add places, options and bills."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from whatworks.journeys.watch import UNSEEN, WatchedDay
from whatworks.money.recharge.business_case import PEOPLE_PER_PLACE, Supply, business_case
from whatworks.money.recharge.document import document
from whatworks.money.recharge.recharge import recharge
from whatworks.money.recharge.referrals import OUTSIDE, Demand
from whatworks.papers.answer import Answer, Rows, TableColumn
from whatworks.papers.disclosure.nested import Count
from whatworks.papers.disclosure.rounding import half_away
from whatworks.papers.journeys.words import share_words
from whatworks.papers.money.business_case import options, unknown
from whatworks.papers.money.demand_clearance import ClearDemand
from whatworks.papers.money.recharge import recharge_sheets
from whatworks.papers.money.recharge_clearance import evened
from whatworks.papers.money.recharge_leaving import leaving
from whatworks.papers.money.recharge_sections import bills, decision
from whatworks.papers.money.recharge_words import decimal
from whatworks.papers.paper import Bullets, Figure, Section
from whatworks.papers.places.refuge_clearance import boroughs_of, clear_refuges, flow_name
from whatworks.papers.places.words import map_figure
from whatworks.papers.words import WITHHELD, text
from whatworks.pictures.area_map import RAMP
from whatworks.places.refuges.episodes import DAYS, DELAYED, OPEN, PLACED, UNMET, WAYS
from whatworks.places.refuges.report import RefugeReport
from whatworks.places.refuges.supply import FAMILY_PLACE
from whatworks.records.audit.telling import Telling

ITEM = "Violence against women and girls: refuges"
NOTE = (
    "[c] is withheld: fewer than the minimum, or what would give such a number back, from margins and net figures too."
)
REASONS = {
    "no_space": "No space", "needs_not_met": "Needs that the service does not meet",
    "out_of_area": "Out of the area", "other": "Another reason",
}  # fmt: skip
WAY_WORDS = {PLACED: "Placed", "safe_elsewhere": "Safe elsewhere", "returned": "Returned", "lost": "Lost touch"}
SAFETY = "Where a refuge is stands in no figure, table or file: boroughs only, and distances are between their middles."
Clear = Mapping[str, Count]


def refuges_answer(report: RefugeReport, minimum: int, told: Telling | None = None) -> Answer:
    """Return the business case that the board asked for, small counts and whatever gives them back withheld."""
    told = told or Telling()
    clear = clear_refuges(report, minimum, told)
    tables = (
        _boroughs(report, clear),
        _flows(report, clear),
        _waiting(report, clear),
        _reasons(report, clear),
    )
    supply = tuple(_supply(report))
    sentences = (*_need(report, clear), *_waits(report, clear), *_places(report), *_never_asked(report), SAFETY,
                 *filter(None, (told.beside,)))  # fmt: skip
    answer = Answer(
        title=report.terms.title,
        sentences=sentences,
        tables=(*tables, *supply),
        sections=(
            Section(
                "need",
                "Is demand met?",
                (Bullets(sentences), *_map(report, clear), *(one.on_page() for one in tables if one.rows)),
            ),
            Section("supply", "What is there, and where would more help?", tuple(one.on_page() for one in supply)),
        ),
        item=ITEM,
        prepared_for="The board",
        as_at=report.as_at,
    )
    figures = answer.summary()
    return (
        replace(answer, figures=figures)
        if report.usage is None
        else _with_bills(answer, figures, report, clear, minimum)
    )


def _map(report: RefugeReport, clear: Clear) -> Iterator[Figure]:
    """Yield the map of demand by borough of origin; a withheld borough is hatched, and no finer place is drawn."""
    areas = report.areas
    if areas is None:
        return
    counts = [clear.get(f"asked {code}", 0) for code in areas.codes]
    rates = [
        None if count == "c" or not people > 0 else PEOPLE_PER_PLACE * int(count) / people
        for count, people in zip(counts, areas.people, strict=True)
    ]
    known = sorted(rate for rate in rates if rate is not None)
    if len(known) < 3:
        return
    low, high = (half_away(known[len(known) * part // 3], 1) for part in (1, 2))
    if low == high:
        return
    classes = [None if rate is None else (rate >= low) + (rate >= high) for rate in rates]
    most = max(zip(rates, areas.names, strict=True), key=lambda row: row[0] or 0.0)[1]
    finding = f"Of the boroughs that may be shown, most asked from {most}, for its people: households per 10,000."
    words = (f"under {low}", f"{low} to under {high}", f"{high} or more")
    picture = map_figure(
        areas, classes, words, RAMP[::2], "Households that asked, per 10,000 people", finding, "withheld, hatched"
    )
    if picture is not None:
        yield picture


def _need(report: RefugeReport, clear: Clear) -> Iterator[str]:
    need, terms = report.need, report.terms
    yield (
        f"From {terms.first_day} to {terms.last_day}, {text(clear['episodes'])} households asked for a place of "
        f"safety, each counted once however often they called: {text(clear['calls'])} calls were made."
    )
    yield (
        f"{text(clear[UNMET])} were placed nowhere within {DAYS} days of their first call. {text(clear[DELAYED])} "
        f"others were placed after a refusal: delayed, not unmet. {text(clear[OPEN])} are open: {DAYS} days have not "
        "passed."
    )
    if need.unlinked:
        yield (
            "Some calls cannot be linked to anybody, since names are kept safe. From all repeats to all new people, "
            f"{text(clear['episodes'])} to {text(clear['episodes high'])} households asked, and "
            f"{text(clear['unmet low'])} to {text(clear['unmet high'])} were placed nowhere."
        )


def _waits(report: RefugeReport, clear: Clear) -> Iterator[str]:
    last = report.waiting[-1]
    if clear[f"{PLACED} by {last.day}"] != "c" and clear["episodes"] != "c":
        share = last.shares[PLACED]
        yield f"By day {last.day}, {share_words(share.value, share.low, share.high)} were placed."
    own = [clear[f"own {code}"] for code in report.names]
    if clear[PLACED] not in ("c", 0) and "c" not in own:
        stayed = sum(int(count) for count in own)
        yield f"Of {text(clear[PLACED])} placed, {stayed:,} stayed in their own borough."


def _places(report: RefugeReport) -> Iterator[str]:
    if report.supply is None:
        yield f"No place is counted in family places, so that none can be held to one for {PEOPLE_PER_PLACE:,} people."
    else:
        places, short = sum(one.places for one in report.supply), sum((one.short for one in report.supply), Fraction(0))
        side = "short of" if short > 0 else "above"
        yield f"There are {places:,} family places: {decimal(abs(short))} {side} one for {PEOPLE_PER_PLACE:,} people."
    for units, held in report.places.items():
        if units != FAMILY_PLACE:
            name = units.replace("_", " ")
            yield f"{sum(held.values()):,} {name}s are in no sum with family places: one is not the other."
    if report.more is not None and report.terms.siting is not None:
        hosts = ", ".join(report.names[code] for code in report.more.hosts)
        yield (
            f"More places would lie least far from the need in {hosts}: {half_away(report.more.mean_km, 1)} km on "
            f"average, none nearer than {report.terms.siting.nearest_km:g} km, since the nearest place is unsafe."
        )
        if set(report.origins) - set(report.names):
            yield "Of some who asked the borough is not known, or is not one of these: their way is not weighed there."


def _never_asked(report: RefugeReport) -> Iterator[str]:
    asked = report.terms.never_asked
    if asked is None:
        yield "How many never asked is not known: the terms give no estimate with a source."
    else:
        yield f"{asked.low:,} to {asked.high:,} households a year never asked, by {asked.source}."


def _count(heading: str, kind: str, clear: Clear) -> TableColumn[str]:
    return TableColumn(heading, lambda code: clear.get(f"{kind} {code}", 0), text, numeric=True)


def _boroughs(report: RefugeReport, clear: Clear) -> Rows[str]:
    rows = boroughs_of(report)
    columns = (("Asked", "asked"), ("Unmet", UNMET), ("Placed", PLACED), ("In their own borough", "own"),
               ("Sent elsewhere", "sent"), ("Hosted from elsewhere", "hosted"), ("Net", "net"))  # fmt: skip
    return Rows(
        "Boroughs",
        "Households by the borough that they came from, and those that each borough hosted",
        rows,
        (TableColumn("Borough", lambda code: report.names.get(code, code.capitalize()), width=2.0),
         *(_count(heading, kind, clear) for heading, kind in columns)),
        notes=(NOTE, "Net: hosted from elsewhere less sent elsewhere; over all boroughs it is zero."),
    )  # fmt: skip


def _flows(report: RefugeReport, clear: Clear) -> Rows[tuple[str, str]]:
    shown = [pair for pair in report.flows if pair[0] != pair[1] and clear[flow_name(*pair)] != "c"]
    return Rows(
        "Flows",
        "From borough to borough, where so many went that it may be shown",
        shown,
        (TableColumn("From", lambda pair: report.names.get(pair[0], pair[0])),
         TableColumn("To", lambda pair: report.names.get(pair[1], pair[1])),
         TableColumn("Households", lambda pair: clear[flow_name(*pair)], numeric=True)),
    )  # fmt: skip


def _waiting(report: RefugeReport, clear: Clear) -> Rows[WatchedDay]:
    """Return who was out by each way, by cumulative incidence; never one minus Kaplan-Meier."""

    def cell(way: str) -> Any:
        def shown(row: WatchedDay) -> str:
            ways = (PLACED, *WAYS) if way == UNSEEN else (way,)
            if clear["episodes"] == "c" or any(clear[f"{one} by {row.day}"] == "c" for one in ways):
                return WITHHELD
            share = row.shares[way]
            return share_words(share.value, share.low, share.high)

        return shown

    words = WAY_WORDS | {UNSEEN: "Waiting still"}
    return Rows(
        "Waiting",
        "By so many days from the first call",
        report.waiting,
        (TableColumn("Days", lambda row: row.day, numeric=True),
         *(TableColumn(words[way], cell(way), width=1.6) for way in (*WAY_WORDS, UNSEEN))),
        notes=("Shares of all who asked, by cumulative incidence, with 95% intervals.", NOTE),
    )  # fmt: skip


def _reasons(report: RefugeReport, clear: Clear) -> Rows[tuple[str, Count]]:
    return Rows(
        "Reasons",
        "Why those whose need stayed unmet were refused",
        [(REASONS[reason], clear[f"reason {reason}"]) for reason in report.need.reasons],
        (
            TableColumn("Reason", lambda row: row[0], width=2.0),
            TableColumn("Households", lambda row: row[1], numeric=True),
        ),
        notes=("A household may be refused for several reasons: the rows do not add.", NOTE),
    )


def _supply(report: RefugeReport) -> Iterator[Rows[Any]]:
    reach = report.reach
    if report.supply is not None:
        columns: list[TableColumn[Supply]] = [
            TableColumn("Borough", lambda row: report.names[row.borough], width=2.0),
            TableColumn("People", lambda row: row.population, numeric=True),
            TableColumn("Family places", lambda row: row.places, numeric=True),
            TableColumn("Standard", lambda row: Decimal(decimal(row.standard)), numeric=True),
            TableColumn("Short", lambda row: half_away(float(row.short), 1), text, numeric=True),
        ]
        if reach is not None:
            near: TableColumn[Supply] = TableColumn(
                "Within safe reach, per 10,000", lambda row: half_away(reach[row.borough], 2), numeric=True
            )
            columns.append(near)
        yield Rows("Supply", "Family places beside one for 10,000 people", report.supply, columns)
    others = [(units, code, count) for units, held in report.places.items() if units != FAMILY_PLACE
              for code, count in held.items()]  # fmt: skip
    if others:
        yield Rows(
            "Other units",
            "Places counted in other units, which never add to family places",
            others,
            (TableColumn("Borough", lambda row: report.names.get(row[1], row[1])),
             TableColumn("Counted in", lambda row: f"{row[0].replace('_', ' ')}s"),
             TableColumn("Places", lambda row: row[2], numeric=True)),
        )  # fmt: skip
    if report.more is not None:
        yield Rows(
            "More places",
            "Where more places would lie least far from the need",
            list(report.more.hosts.items()),
            (TableColumn("Host", lambda row: report.names[row[0]]),
             TableColumn("For those from", lambda row: ", ".join(report.names[code] for code in row[1]), width=3.0)),
        )  # fmt: skip


def _with_bills(answer: Answer, figures: Any, report: RefugeReport, clear: Clear, minimum: int) -> Answer:
    """Return the answer with options, bills by every model and who would do better to leave, by money's recharge."""
    if report.usage is None or report.terms.recharge is None:
        return answer
    usage = report.usage
    allowed = evened(usage.terms, usage.placements, minimum)
    billed = recharge(allowed.terms, allowed.placements, report.terms.recharge.year)
    case = business_case(billed, _demand(report, billed.year))
    families = ClearDemand(clear["episodes"], clear["calls"], {}, {"placed": clear[PLACED]}, {})
    notes = (Section("not billed", "What is in no bill", (Bullets(usage.notes),)),) if usage.notes else ()
    return replace(
        answer,
        sections=(
            decision(billed),
            *answer.sections,
            options(case, families),
            bills(billed),
            leaving(billed),
            *notes,
            unknown(case),
        ),
        figures=figures | {"recharge": document(billed, flows=False), "unknown": list(case.unknown)},
        sheets=recharge_sheets(billed),
        notice=allowed.notice,
    )


def _demand(report: RefugeReport, year: str) -> Demand:
    """Return the need in money's words: the unmet as refused, the open as waiting."""
    codes = {*report.names, OUTSIDE}
    outcomes = {code: dict.fromkeys(("placed", "waiting", "refused", "withdrawn"), 0) for code in sorted(codes)}
    for origin, fates in report.origins.items():
        row = outcomes[origin if origin in codes else OUTSIDE]
        row["refused"] += fates[UNMET]
        row["waiting"] += fates[OPEN]
        row["placed"] += sum(fates.values()) - fates[UNMET] - fates[OPEN]
    return Demand(year, report.need.episodes.linked, report.need.calls, outcomes, {})
