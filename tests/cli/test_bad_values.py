"""One bad value in an otherwise sound file of terms is refused with the file, the key and a remedy, whichever it is."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from importlib.resources import files
from math import inf, isnan, nan
from pathlib import Path
from typing import Any

import pytest

from whatworks.board.alignment import load_alignment
from whatworks.board.evidence.entry import read_entries
from whatworks.board.evidence.standards import SHIPPED, read_standards
from whatworks.board.evidence.values import read_values
from whatworks.money.contracts.load import laid_over, load_terms
from whatworks.money.futures.partners import read_partners
from whatworks.money.recharge.term_faults import term_faults
from whatworks.money.recharge.terms_file import read_terms
from whatworks.money.streams import load_streams
from whatworks.money.tables import load_exposure
from whatworks.records.refusal import Fault, Refused
from whatworks.records.toml_file import read_toml

EXAMPLES = Path(str(files("whatworks"))) / "examples"
FILE = "terms.toml"
NEVER_A_NUMBER = (nan, inf, -inf, 10**30, 1e300, "many", "31/02/2012", True, [], {})
NEVER_A_DAY = (5, "31/02/2012", "soon", True, "", nan, date(1, 1, 1), date(9999, 12, 31), [])
NEVER_A_TEXT = ("", "  ", 5, True, nan, [], {})
NEVER_A_LIST = ("x", 5, True)
NEVER_A_SECTION = ("x", 5, [])
OPEN = {
    "source", "reserve.0.purpose", "period.year-1.name", "period.year-2.name", "period.cohort-1.name",
    "period.cohort-2.name", "metric.bed-nights.recorded_by", "metric.reconvictions.recorded_by", "options.0.note",
}  # fmt: skip
"""What may be left empty, as if the key were not there."""


def toml(value: Any) -> str:
    """Write a value as TOML, on one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(one) for one in value) + "]"
    if isinstance(value, float):
        return "nan" if isnan(value) else repr(value)
    return json.dumps(value) if isinstance(value, str) else str(value)


def places(content: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield every key of a file with its value; of a list, itself and what is in its first entry."""
    if at:
        yield at, content
    if isinstance(content, dict):
        for key, value in content.items():
            yield from places(value, (*at, key))
    elif isinstance(content, list) and content:
        yield from places(content[0], (*at, 0))


def never(value: Any) -> tuple[Any, ...]:
    """Return what can never be meant in the place of a value."""
    if isinstance(value, bool):
        return (5, "perhaps", [])
    if isinstance(value, int | float) or (isinstance(value, str) and value.replace(".", "", 1).isdecimal()):
        return NEVER_A_NUMBER
    kinds = {date: NEVER_A_DAY, str: NEVER_A_TEXT, list: NEVER_A_LIST, dict: NEVER_A_SECTION}
    return kinds[type(value)]


def changed(content: Any, at: tuple[Any, ...], value: Any) -> Any:
    """Return a copy of a file with another value in one place."""
    whole = inside = deepcopy(content)
    for part in at[:-1]:
        inside = inside[part]
    inside[at[-1]] = value
    return whole


def example(*parts: str) -> dict[str, Any]:
    return read_toml(EXAMPLES.joinpath(*parts))


def contract(name: str) -> dict[str, Any]:
    whole: dict[str, Any] = laid_over(
        example("contracts", f"{name}.toml"), example("contracts", "figures", f"{name}.toml")
    )
    return whole


def settle(folder: Path) -> None:
    load_terms(str(folder / FILE))


def settle_figures(folder: Path) -> None:
    load_terms("youth-custody-pathfinder", (), folder / FILE)


def recharge(folder: Path) -> None:
    found = term_faults(read_terms(folder / FILE), FILE)
    if found:
        raise Refused(found)


def partners(folder: Path) -> None:
    terms = load_terms("financial-incentive-model-youth", ["payment.share=half"])
    read_partners(folder / FILE, terms)


LOADERS: dict[str, Callable[[Path], Any]] = {
    "contract": settle,
    "contract of a cohort": settle,
    "figures": settle_figures,
    "partners": partners,
    "streams": lambda folder: load_streams(folder / FILE),
    "exposure": lambda folder: load_exposure(folder / FILE),
    "recharge": recharge,
    "alignment": lambda folder: load_alignment(folder / FILE),
    "evidence": lambda folder: read_entries(folder / FILE),
    "values": lambda folder: read_values(folder / FILE),
    "standards": lambda folder: read_standards(folder / FILE),
}
STUDY = {
    "title": "A made-up trial", "source": "Made up 2020", "dated": date(2020, 1, 1), "design": "trial", "maryland": 5,
    "outcome": "reoffending_1y", "outcome_label": "Reoffending", "family": "reoffending", "lower_is_better": True,
    "effect": -0.05, "ci_low": -0.09, "ci_high": -0.01, "treated": 100, "comparison": 100, "follow_up": "a year",
    "population": "men", "place": "here", "differs": "nothing", "caveats": "none",
}  # fmt: skip
DELIVERY = {
    "place": "Here", "provider": "A charity", "serves": "all", "cost_a_year": 1000, "people_a_year": 10,
    "fidelity": "partly", "fidelity_evidence": "seen", "from_date": date(2020, 1, 1), "to_date": date(2021, 1, 1),
}  # fmt: skip
INTERVENTION = {
    "short": "nurse", "name": "Nurse", "position": "prevention", "strand": "s", "age_from": 1, "age_to": 20,
    "place": "p", "partners": ["A"], "theory": "t", "owner": "o", "horizon_years": 10, "scheme_id": "x",
    "delivery": [DELIVERY], "study": [STUDY],
    "emmie": [{"heading": "effect", "text": "t", "quality": 3, "source": "s"}],
}  # fmt: skip
WORTH = {
    "years": 5,
    "discount_rate": 0.035,
    "value": [{"outcome": "reoffending_1y", "pounds": 1000, "price_year": "2024-25", "source": "made up"}],
    "test": [{"intervention": "nurse", "treated": 100, "comparison": 100, "cost": 1000, "baseline": 0.4,
              "people_a_year": 10, "cost_a_year": 1000}],
}  # fmt: skip


def sound(name: str) -> dict[str, Any]:
    """Return a file with nothing wrong, with as many keys as it may have."""
    if name == "streams":
        whole = example("money", "streams-example.toml")
        whole["succession"] = [{"streams": ["DRUGS"], "year": "2026/27", "into": "SAFETY"}]
        whole["total"] = [{"into": "TEAM", "year": "2026/27", "pounds": 900000}]
        whole["flow"][0] |= {"share_of_whole": 0.5, "rest_from": "CENTRE", "status": "paid", "note": "some"}
        return whole
    if name == "recharge":
        whole = example("recharge", "terms.toml")
        whole["service"]["models"] = ["equal_shares", "usage"]
        return whole
    if name == "partners":
        whole = example("partners", "three-boroughs.toml")
        own = {"reach": 0.5, "trend": -0.02, "overdispersion": 1.5, "churn": 0.1, "people": 9, "comparison_people": 9}
        whole["partner"] = {"Croydon": whole["partner"]["Croydon"] | own}
        return whole
    return {
        "contract": lambda: contract("youth-custody-pathfinder"),
        "contract of a cohort": lambda: contract("peterborough-bond"),
        "figures": lambda: example("contracts", "figures", "youth-custody-pathfinder.toml"),
        "exposure": lambda: example("money", "budget-exposure.toml"),
        "alignment": lambda: example("board", "alignment.toml"),
        "evidence": lambda: {"intervention": [INTERVENTION]},
        "values": lambda: WORTH,
        "standards": lambda: read_toml(SHIPPED),
    }[name]()


def faults(name: str, folder: Path, content: Any) -> tuple[Fault, ...]:
    """Return what is wrong with a file; nothing but a refusal may come of it."""
    (folder / FILE).write_text("\n".join(f"{json.dumps(key)} = {toml(value)}" for key, value in content.items()))
    try:
        LOADERS[name](folder)
    except Refused as refused:
        return refused.faults
    return ()


def named(fault: Fault, at: tuple[Any, ...]) -> bool:
    """Tell whether a fault is of a key, of what it holds, or of the list or section that it stands in."""
    where = ".".join(str(part + 1) if isinstance(part, int) else str(part) for part in at)
    field = fault.field or fault.problem
    return field.startswith(where) or where.startswith(field) or str(at[-1]) in f"{field} {fault.remedy}"


@pytest.mark.parametrize("name", LOADERS)
def test_a_value_that_cannot_be_meant_is_refused_with_its_file_key_and_remedy(name: str, tmp_path: Path) -> None:
    whole = sound(name)
    assert faults(name, tmp_path, whole) == ()
    tried = 0
    for at, value in places(whole):
        for bad in never(value):
            if bad == "" and ".".join(map(str, at)) in OPEN:
                continue
            found = faults(name, tmp_path, changed(whole, at, bad))
            assert found, (at, bad)
            assert all(one.remedy for one in found)
            assert any(named(one, at) and str(one.file).endswith(FILE) for one in found), (at, bad, found)
            tried += 1
    assert tried > 40


def doubled(content: dict[str, Any], *at: Any) -> dict[str, Any]:
    """Return a file whose list has its first entry twice."""
    inside: Any = content
    for part in at:
        inside = inside[part]
    whole: dict[str, Any] = changed(content, at, [*inside, inside[0]])
    return whole


TWICE: dict[str, list[tuple[Any, ...]]] = {
    "contract": [("payees",), ("up_front",)],
    "streams": [("node",), ("stream",), ("flow",), ("match",), ("consequence",), ("reserve",), ("total",), ("bid",),
                ("option",), ("borough",), ("succession",), ("succession", 0, "streams")],
    "exposure": [("funder",), ("spender",), ("funder", 0, "lines")],
    "recharge": [("boroughs",), ("parties",), ("years",), ("options",), ("service", "models"), ("years", 0, "places"),
                 ("years", 0, "costs")],
    "alignment": [("objective",), ("project",), ("link",)],
    "evidence": [("intervention",), ("intervention", 0, "study"), ("intervention", 0, "delivery"),
                 ("intervention", 0, "emmie"), ("intervention", 0, "partners")],
    "values": [("value",), ("test",)],
    "standards": [("scale",), ("heading",)],
}  # fmt: skip
EMPTY: dict[str, list[tuple[Any, ...]]] = {
    "contract": [("payees",), ("metric",), ("period",), ("target", "falls")],
    "partners": [("partner",), ("partner", "Croydon", "expected")],
    "streams": [("node",), ("stream",), ("flow",), ("succession", 0, "streams")],
    "exposure": [("funder", 0, "lines")],
    "recharge": [("boroughs",), ("years",), ("years", 0, "costs"), ("years", 0, "places"), ("service", "models")],
    "alignment": [("objective",), ("project",)],
    "evidence": [("intervention",)],
    "values": [("value",)],
    "standards": [("scale",), ("scale", 0, "levels"), ("heading",)],
}
MEANINGLESS: dict[str, list[tuple[tuple[Any, ...], Any]]] = {
    "contract": [(("metric", "bed-nights", "unit_price"), 0), (("break_clause", "on"), date(2011, 9, 30)),
                 (("break_clause", "on"), date(2013, 10, 1)), (("period", "year-1", "first"), "2011-09-30"),
                 (("up_front", 0, "amount"), -1), (("target", "falls", 0), -0.1)],
    "contract of a cohort": [(("payment", "maximum"), 0), (("payment", "threshold"), -0.1)],
    "partners": [(("partner", "Croydon", "expected", "long-sentences"), 0), (("partner", "Croydon", "people"), 0),
                 (("partner", "Croydon", "overdispersion"), 0.5), (("partner", "Croydon", "reach"), -0.1)],
    "streams": [(("borough", 0, "need"), 0), (("borough", 0, "population"), 0), (("flow", 0, "share_of_whole"), 0),
                (("flow", 0, "pounds"), -1), (("option", 0, "step"), 0), (("match", 0, "per_pound"), -1)],
    "exposure": [(("unit",), 0), (("unit",), -1), (("funder", 0, "fallback_size"), -1)],
    "recharge": [(("own_cost", "cost_per_place"), 0), (("own_cost", "occupancy"), 0),
                 (("boroughs", 0, "population"), 0), (("service", "placement_nights"), 0),
                 (("years", 0, "places", 0, "places"), -1)],
    "alignment": [(("objective", 1, "until"), date(2020, 1, 1))],
    "evidence": [(("intervention", 0, "study", 0, "treated"), 0), (("intervention", 0, "study", 0, "comparison"), 0),
                 (("intervention", 0, "delivery", 0, "cost_a_year"), -1), (("intervention", 0, "age_to"), 0)],
    "values": [(("value", 0, "pounds"), 0), (("years",), 0), (("discount_rate",), -0.1), (("test", 0, "treated"), 1)],
    "standards": [(("rules", "enough"), 0), (("rules", "fresh_years"), 0), (("rules", "chance_widths"), -1)],
}  # fmt: skip


@pytest.mark.parametrize("name", TWICE)
def test_what_stands_there_twice_is_refused(name: str, tmp_path: Path) -> None:
    for at in TWICE[name]:
        assert faults(name, tmp_path, doubled(sound(name), *at)), at


@pytest.mark.parametrize("name", EMPTY)
def test_a_list_that_needs_an_entry_is_refused_without_one(name: str, tmp_path: Path) -> None:
    for at in EMPTY[name]:
        held: Any = sound(name)
        for part in at:
            held = held[part]
        assert faults(name, tmp_path, changed(sound(name), at, type(held)())), at


@pytest.mark.parametrize("name", MEANINGLESS)
def test_a_number_or_day_without_meaning_is_refused(name: str, tmp_path: Path) -> None:
    for at, value in MEANINGLESS[name]:
        found = faults(name, tmp_path, changed(sound(name), at, value))
        assert any(named(one, at) for one in found), (at, value, found)
