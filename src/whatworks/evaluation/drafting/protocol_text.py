"""Write a drafted protocol as TOML that validates as it stands, with a remark wherever a person has to decide."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from whatworks.evaluation.drafting.choices import USUAL_MONTHS, Choices
from whatworks.measures.covariates import COVARIATES
from whatworks.records.follow_up import PROOF_MONTHS, windowed

TO_DECIDE = (
    "scheme.title, item, decision_sought, prepared_for: what the board reads first",
    "cohort.population: who is studied, in words",
    "outcomes.smallest_worthwhile: the smallest fall that would be worth having",
    "comparison.covariates: take out what the scheme itself may have changed",
)
"""What only a person can say."""
_REMARKS = {
    "who": "other_areas, same_areas, anyone_else, eligible",
    "clock": "from the event for everyone (index_event), or from the start of the scheme (scheme_start)",
    "first_index": "the scheme's first day",
    "missing": "a value that is not known is a category of its own",
}


def protocol_text(choices: Choices, folder: str) -> str:
    """Return the protocol; `folder` names its results and paper."""
    return "\n".join(_lines(choices, folder)) + "\n"


def _lines(choices: Choices, folder: str) -> Iterator[str]:
    content = choices.content
    yield f"# A draft on {choices.scheme.name}, from what the records hold; no outcome was opened."
    yield "# Lines marked DECIDE are for a person. docs/protocol.md lists the keys. Lock it before it is evaluated."
    yield from (f"id = {_toml(folder)}", "seed = 1", "", "[scheme]")
    usual = {"decision_sought": "To note the findings.", "prepared_for": "The partnership board"}
    scheme = content["scheme"] | {key: value for key, value in usual.items() if key not in content["scheme"]}
    decide = ("title", "decision_sought", "prepared_for")
    yield from (f"{key} = {_toml(scheme[key])}{'    # DECIDE' if key in decide else ''}" for key in scheme)
    yield from ("", "[cohort]")
    if "population" not in content["cohort"]:
        yield '# population = "adults released from a custodial sentence"    # DECIDE: in words'
    seen = ", ".join(f"{kind}: {people}" for kind, people in choices.kinds.items() if people >= 10)
    months = content["outcomes"].get("follow_up_months", USUAL_MONTHS)
    over = f"the last day whose follow-up of {months} months, and {PROOF_MONTHS} for proof, is over"
    remarks = {
        **_REMARKS,
        "last_index": over,
        "index": f"kinds of event that the records hold near a start or referral: {seen or 'few'}",
    }
    yield from _section(content["cohort"], remarks)
    yield from ("", "[comparison]")
    rest = {key: value for key, value in content["comparison"].items() if key != "covariates"}
    yield from _section(rest, _REMARKS)
    yield '# loosen = { quarter = "..." }    # only with a reason: a match is always equal in kind of event and quarter'
    yield "covariates = [                       # DECIDE: take out what the scheme itself may have changed"
    yield from (f"  {_toml(name)},    # {COVARIATES[name].label}" for name in content["comparison"]["covariates"])
    yield from (f"  # {_toml(name)}: {why}" for name, why in choices.left_out.items())
    yield from ("]", "", "[outcomes]")
    others = [windowed("frequency", months), windowed("reconvicted", months)]
    outcomes = {"others": others, "placebo": [f"{windowed('proven_reoffending', months)}_before"]}
    yield from _section({**outcomes, **content["outcomes"]}, {"primary": "the one outcome with a verdict"})
    if "smallest_worthwhile" not in content["outcomes"]:
        yield "# smallest_worthwhile = 0.05    # DECIDE: the smallest fall worth having; 0.05 is five percentage points"


def _section(keys: dict[str, Any], remarks: dict[str, str]) -> Iterator[str]:
    for key, value in keys.items():
        yield f"{key} = {_toml(value)}" + (f"    # {remarks[key]}" if key in remarks else "")


def _toml(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(_toml(one) for one in value)}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
