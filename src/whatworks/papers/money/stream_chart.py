"""Two diagrams of the streams: where one year's money goes, and what each stream became."""

from decimal import Decimal

from whatworks.money.streams.flows import Flows
from whatworks.money.streams.terms import Flow, Node, StreamTerms
from whatworks.papers.money.box_chart import Band, Box, box_chart
from whatworks.pictures.palette import DARK_PINK, TURQUOISE

HEADINGS = {
    "funder": "Funders",
    "pot": "Pots",
    "partner": "Partners",
    "service": "Services",
    "outcome": "Outcomes",
    "reserve": "Reserves",
}
ORDER = tuple(HEADINGS)
EDGES = {"upstream": TURQUOISE, "downstream": DARK_PINK}


def flow_chart(terms: StreamTerms, year: str) -> str:
    """Return the diagram of a year's flows, from funder to service to outcome, as SVG."""
    flows = list(terms.of_year(year))
    nodes = [node for node in terms.node if any(node.code in (flow.start, flow.end) for flow in flows)]
    kinds = [kind for kind in ORDER if any(node.kind == kind for node in nodes)]
    boxes = [
        Box(node.code, kinds.index(node.kind), node.name, _words(node, flows), EDGES.get(node.stage or ""))
        for node in nodes
    ]
    bands = [Band(flow.start, flow.end, None if flow.pounds is None else float(flow.pounds)) for flow in flows]
    return box_chart([HEADINGS[kind] for kind in kinds], boxes, bands)


def flow_words(terms: StreamTerms, year: str) -> str:
    """Return the diagram in words, a clause a flow."""
    said = [
        f"{terms.named(flow.start).name} to {terms.named(flow.end).name}: {_amount(flow.pounds)} "
        f"({terms.called(flow.stream)})"
        for flow in terms.of_year(year)
    ]
    stages = [f"{node.name} is {node.stage}" for node in terms.node if node.stage]
    return f"Money of {year}. {'; '.join(said)}.{' ' + '; '.join(stages) + '.' if stages else ''}"


def lineage_chart(found: Flows) -> str:
    """Return the diagram of what became of the streams, a column a year, as SVG."""
    years = _years(found)
    columns = {step.stream: years.index(_year_of(found, at)) for at, step in enumerate(found.lineage)}
    boxes = [
        Box(step.stream, columns[step.stream], step.name, (_amount(step.pounds),) if step.last_year else ())
        for step in found.lineage
    ]
    codes = {step.name: step.stream for step in found.lineage}
    bands = []
    for step in found.lineage:
        if step.ends == "becomes" and step.into:
            bands.append(Band(step.stream, codes[step.into], None if step.pounds is None else float(step.pounds)))
        elif step.year is not None:
            key = f"{step.stream} open"
            column = min(len(years) - 1, columns[step.stream] + 1)
            boxes.append(Box(key, column, "Not stated", (f"what becomes of {step.stream}",), DARK_PINK))
            bands.append(Band(step.stream, key, None))
    return box_chart(years, boxes, bands)


def lineage_words(found: Flows) -> str:
    """Return the lineage in words."""
    said = []
    for step in found.lineage:
        was = f"{step.name} ({_amount(step.pounds)} in {step.last_year})" if step.last_year else step.name
        if step.into:
            said.append(f"{was} becomes {step.into} in {step.year}")
        else:
            said.append(f"{was}: {step.ends}")
    return f"What became of each stream. {'; '.join(said)}."


def _words(node: Node, flows: list[Flow]) -> tuple[str, ...]:
    side = [flow.pounds for flow in flows if (flow.start if node.kind == "funder" else flow.end) == node.code]
    own = side or [flow.pounds for flow in flows if flow.start == node.code]
    total = None if None in own else sum((one or Decimal(0) for one in own), Decimal(0))
    return (_amount(total), *((node.stage,) if node.stage else ()))


def _amount(value: Decimal | None) -> str:
    return "not stated" if value is None else f"£{value:,.0f}"


def _years(found: Flows) -> list[str]:
    years = {step.last_year for step in found.lineage} | {step.year for step in found.lineage}
    known = sorted(year for year in years if year is not None)
    return known or ["all years"]


def _year_of(found: Flows, at: int) -> str:
    """Return the year in whose column a stream stands: its last, else the one before it became another."""
    step, years = found.lineage[at], _years(found)
    if step.last_year is not None:
        return step.last_year
    return years[max(0, years.index(step.year) - 1)] if step.year is not None else years[0]
