"""Read funding streams from TOML or CSV, and refuse with every fault what cannot be meant."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from whatworks.money.amount import check_prices, check_year
from whatworks.money.streams.terms import Flow, StreamTerms
from whatworks.records.documents import read_document
from whatworks.records.plain_number import ungrouped
from whatworks.records.refusal import Fault, Refused
from whatworks.records.toml_file import load_model

PAGE = "docs/money.md"
CSV_COLUMNS = ("stream", "from", "from_kind", "to", "to_kind", "year", "pounds")
CSV_MORE = ("status", "stage", "borough", "note")


def load_streams(path: Path, prices: str | None = None) -> StreamTerms:
    """Return the streams in a TOML file, or in a CSV file whose price base `prices` says.

    Refused, all faults at once: unknown keys, names that are nowhere declared, amounts below zero, shares above one,
    years that are none, a missing price year, a stated total that disagrees with its parts, money that flows in a
    circle.
    """
    terms = load_model(StreamTerms, path, PAGE) if path.suffix.lower() == ".toml" else _from_table(path, prices)
    faults = [
        *_twice(terms, path.name),
        *_repeated(terms, path.name),
        *_years(terms, path.name),
        *_unknown(terms, path.name),
    ]
    if not faults:
        faults = [*_totals(terms, path.name), *_circles(terms, path.name), *_matches(terms, path.name)]
    if faults:
        raise Refused(faults)
    return terms


def _from_table(path: Path, prices: str | None) -> StreamTerms:
    tables = read_document(path).tables
    rows = [[cell.text.strip() for cell in row] for row in tables[0].rows] if tables else [[]]
    missing = [name for name in CSV_COLUMNS if name not in rows[0]]
    faults = [Fault("has no such column", f"it needs {', '.join(CSV_COLUMNS)}", path.name, 1, name) for name in missing]
    strange = [name for name in rows[0] if name and name not in (*CSV_COLUMNS, *CSV_MORE)]
    remedy = f"delete it; besides the columns it needs, it may have {', '.join(CSV_MORE)}"
    faults += [Fault("is not a column of this file", remedy, path.name, 1, name) for name in strange]
    if prices is None:
        faults.append(Fault("are not said", "give --prices cash, or the price year", path.name, field="prices"))
    if faults:
        raise Refused(faults)
    given = [dict(zip(rows[0], [*row, *[""] * len(rows[0])], strict=False)) for row in rows[1:] if any(row)]
    nodes: dict[str, dict[str, Any]] = {}
    for row in given:
        nodes.setdefault(row["from"], {"code": row["from"], "name": row["from"], "kind": row["from_kind"]})
        end = {"code": row["to"], "name": row["to"], "kind": row["to_kind"]}
        end |= {key: row[key] for key in ("stage", "borough") if row.get(key)}
        nodes[row["to"]] = nodes.get(row["to"], {}) | end
    try:
        return StreamTerms.model_validate(
            {
                "title": path.stem,
                "area": "the area",
                "prices": prices,
                "node": tuple(nodes.values()),
                "stream": [{"code": code, "name": code} for code in dict.fromkeys(row["stream"] for row in given)],
                "flow": [_flow(row) for row in given],
            }
        )
    except ValidationError as found:
        raise Refused([_row_fault(one, path.name) for one in found.errors()]) from found


def _flow(row: dict[str, str]) -> dict[str, str | None]:
    kept = {key: row.get(key) or None for key in ("stream", "from", "to", "year", "note")}
    kept["pounds"] = _pounds(row["pounds"])
    return kept | ({"status": row["status"]} if row.get("status") else {})


def _pounds(text: str) -> str | None:
    """Return the amount without its thousands commas; what has another comma stands as it is, and is refused."""
    try:
        return ungrouped(text).removeprefix("£") or None
    except ValueError:
        return text


def _row_fault(error: Any, file: str) -> Fault:
    where, *rest = error["loc"]
    row = rest[0] + 2 if where == "flow" and rest and isinstance(rest[0], int) else None
    field = ".".join(str(part) for part in ((rest[1:] or rest) if row else error["loc"]))
    return Fault(
        str(error["msg"]).lower(), f"correct it; {PAGE} lists the columns", file, row, field, str(error["input"])
    )


def _twice(terms: StreamTerms, file: str) -> Iterator[Fault]:
    for kind, codes in (
        ("node", [one.code for one in terms.node]),
        ("stream", [one.code for one in terms.stream]),
        ("borough", [one.code for one in terms.borough]),
    ):
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            yield Fault("stands twice", "give each its own code", file, field=f"{kind}.code", value=code)


def _repeated(terms: StreamTerms, file: str) -> Iterator[Fault]:
    """Yield every part that says again all that another said, and would count twice."""
    for kind in ("flow", "succession", "match", "consequence", "reserve", "total", "bid", "option"):
        entries = list(getattr(terms, kind))
        for at, one in enumerate(entries):
            if one in entries[:at]:
                problem = f"repeats {kind}.{entries.index(one) + 1}, and would count twice"
                yield Fault(problem, "delete it", file, field=f"{kind}.{at + 1}")
    for at, then in enumerate(terms.succession, 1):
        for code in sorted({code for code in then.streams if then.streams.count(code) > 1}):
            yield Fault("stands there twice", "name it once", file, None, f"succession.{at}.streams", code)


def _years(terms: StreamTerms, file: str) -> Iterator[Fault]:
    try:
        check_prices(terms.prices)
    except Refused as refused:
        yield from (Fault(one.problem, one.remedy, file, None, one.field, one.value) for one in refused.faults)
    for kind in ("flow", "succession", "reserve", "total", "bid", "option"):
        for at, one in enumerate(getattr(terms, kind), 1):
            try:
                check_year(one.year, f"{kind}.{at}.year")
            except Refused as refused:
                fault = refused.faults[0]
                yield Fault(fault.problem, fault.remedy, file, None, fault.field, fault.value)


def _unknown(terms: StreamTerms, file: str) -> Iterator[Fault]:
    """Yield every name that the file uses and nowhere declares."""
    known = {
        "node": {one.code for one in terms.node},
        "stream": {one.code for one in terms.stream},
        "borough": {one.code for one in terms.borough} if terms.borough else None,
        "service": {one.code for one in terms.node if one.kind == "service"},
        "outcome": {one.code for one in terms.node if one.kind == "outcome"},
    }
    for field, what, value in _uses(terms):
        codes = known[what]
        if value is None or codes is None or value in codes:
            continue
        near = get_close_matches(value, sorted(codes), 1, 0.5)
        remedy = f'did you mean "{near[0]}"?' if near else f"declare it as a [[{'node' if what != 'stream' else what}]]"
        if what == "borough":
            remedy = f'did you mean "{near[0]}"?' if near else "declare it as a [[borough]]"
        yield Fault(f"is not a {what} of this file", remedy, file, field=field, value=value)


def _uses(terms: StreamTerms) -> Iterator[tuple[str, str, str | None]]:
    for at, node in enumerate(terms.node, 1):
        yield f"node.{at}.borough", "borough", node.borough
        yield f"node.{at}.provider", "node", node.provider
    for at, flow in enumerate(terms.flow, 1):
        yield f"flow.{at}.stream", "stream", flow.stream
        yield f"flow.{at}.from", "node", flow.start
        yield f"flow.{at}.to", "node", flow.end
        yield f"flow.{at}.rest_from", "node", flow.rest_from
    for at, then in enumerate(terms.succession, 1):
        yield from ((f"succession.{at}.streams", "stream", code) for code in then.streams)
        yield f"succession.{at}.into", "stream", then.into
    for at, match in enumerate(terms.match, 1):
        yield f"match.{at}.stream", "stream", match.stream
        yield f"match.{at}.partner", "node", match.partner
        yield f"match.{at}.service", "service", match.service
    for at, one in enumerate(terms.consequence, 1):
        yield f"consequence.{at}.service", "service", one.service
        yield f"consequence.{at}.lands_on", "node", one.lands_on
        yield f"consequence.{at}.outcome", "outcome", one.outcome
    yield from ((f"reserve.{at}.node", "node", held.node) for at, held in enumerate(terms.reserve, 1))
    yield from ((f"total.{at}.into", "node", stated.into) for at, stated in enumerate(terms.total, 1))
    for at, option in enumerate(terms.option, 1):
        yield f"option.{at}.stream", "stream", option.stream
        yield f"option.{at}.from", "node", option.start


def _totals(terms: StreamTerms, file: str) -> Iterator[Fault]:
    for at, stated in enumerate(terms.total, 1):
        parts = [flow for flow in terms.of_year(stated.year) if flow.end == stated.into]
        if any(flow.pounds is None for flow in parts):
            yield Fault("has parts that are not stated", "state them, or delete the total", file, field=f"total.{at}")
            continue
        found = sum((flow.pounds or Decimal(0) for flow in parts), Decimal(0))
        if found != stated.pounds:
            problem = f"disagrees with its parts, which sum to {found:,}"
            yield Fault(
                problem, "correct the total or its parts", file, field=f"total.{at}", value=f"{stated.pounds:,}"
            )


def _circles(terms: StreamTerms, file: str) -> Iterator[Fault]:
    for year in terms.years:
        left = {(flow.start, flow.end) for flow in terms.of_year(year)}
        while left:
            ends = {end for _, end in left}
            outer = {pair for pair in left if pair[0] not in ends}
            if not outer:
                codes = ", ".join(sorted(ends))
                yield Fault(
                    f"money flows in a circle in {year}", "delete one of its flows", file, field="flow", value=codes
                )
                return
            left -= outer


def _matches(terms: StreamTerms, file: str) -> Iterator[Fault]:
    for at, one in enumerate(terms.consequence, 1):
        money, units = (one.lands_on, one.per_pound), (one.outcome, one.units_per_pound)
        if (
            (None in money and money != (None, None))
            or (None in units and units != (None, None))
            or not any(money + units)
        ):
            remedy = "give lands_on with per_pound, or outcome with units_per_pound, or both"
            yield Fault("is half said", remedy, file, field=f"consequence.{at}")
    for at, match in enumerate(terms.match, 1):
        if not any(flow.start == match.partner and flow.end == match.service for flow in terms.flow):
            remedy = "add the flow of the partner's match money to the service"
            yield Fault("has no flow", remedy, file, field=f"match.{at}", value=f"{match.partner} to {match.service}")
            continue
        for year in terms.years:
            paid = _sum(
                flow for flow in terms.of_year(year) if (flow.start, flow.end) == (match.partner, match.service)
            )
            fed = _sum(
                flow for flow in terms.of_year(year) if flow.end == match.service and flow.stream == match.stream
            )
            if match.per_pound * fed > paid:
                problem = f"takes away more than the £{paid:,} that is paid in {year}"
                remedy = f"{match.per_pound} for each of £{fed:,} is £{match.per_pound * fed:,}: correct one of them"
                yield Fault(problem, remedy, file, field=f"match.{at}.per_pound", value=str(match.per_pound))


def _sum(flows: Iterable[Flow]) -> Decimal:
    return sum((flow.pounds or Decimal(0) for flow in flows), Decimal(0))
