"""Find a contract's terms, fill their gaps with what the user states, and refuse them with every fault at once."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from whatworks.money.contracts.consistency import consistency_faults
from whatworks.money.contracts.numbers import GAP
from whatworks.money.contracts.terms import Terms
from whatworks.records.model_fault import place_of, problem_of
from whatworks.records.refusal import Fault, Refused
from whatworks.records.toml_file import read_toml

READY_MADE = Path(__file__).resolve().parents[2] / "examples" / "contracts"
PAGE = "docs/money.md lists the terms"
KINDS = {
    "string_type": ("is not text", "write it in quotes"),
    "tuple_type": ("is not a list", 'write it in brackets, as in ["Lambeth", "Croydon"]'),
    "dict_type": ("is not a section", f"give it keys of its own; {PAGE}"),
    "model_type": ("is not a section", f"give it keys of its own; {PAGE}"),
}
"""What is said of a value of the wrong kind, and its remedy."""


def ready_made() -> tuple[str, ...]:
    """Return the names of the contracts that come with the software.

    >>> "peterborough-bond" in ready_made()
    True
    """
    return tuple(sorted(path.stem for path in READY_MADE.glob("*.toml")))


def ready_made_path(name: str) -> Path:
    """Return the file of a ready-made contract; refused where there is none of that name.

    >>> ready_made_path("peterborough-bond").name
    'peterborough-bond.toml'
    """
    if name not in ready_made():
        near = get_close_matches(name, ready_made(), 1)
        meant = f'did you mean "{near[0]}"? ' if near else ""
        raise Refused(Fault("is not there", f"{meant}ready-made are {', '.join(ready_made())}", name))
    return READY_MADE / f"{name}.toml"


def terms_path(name: str) -> Path:
    """Return the file of a ready-made contract's bare name, or the path that was given: one with a folder or an ending.

    >>> terms_path("peterborough-bond").name
    'peterborough-bond.toml'
    """
    path = Path(name)
    if path.is_dir():
        raise Refused(Fault("is a folder", "name a file of terms", name))
    return ready_made_path(name) if not path.is_file() or (path.name == name and not path.suffix) else path


def load_terms(name: str, settings: Sequence[str] = (), figures: Path | None = None) -> Terms:
    """Read the terms of a file, or of a ready-made contract by its bare name.

    `figures` is a TOML file laid over them, `settings` single terms as in `payment.share=half`, laid over that. Refused
    with every fault at once: gaps that are still open, unknown keys, values out of range, clauses that disagree.

    >>> load_terms("financial-incentive-model-youth", ["payment.share=half"]).payment.threshold
    Decimal('0.1')
    """
    path = terms_path(name)
    content: Any = read_toml(path)
    above: list[tuple[str, Any]] = [] if figures is None else [(figures.name, read_toml(figures))]
    above += [("--set", parsed(setting, content)) for setting in settings]
    for _, one in above:
        content = laid_over(content, one)
    try:
        return check_terms(content, path.name)
    except Refused as refused:
        raise Refused([replace(one, file=_source(one.field, above, path.name)) for one in refused.faults]) from refused


def _source(field: str | None, above: Sequence[tuple[str, Any]], file: str) -> str:
    """Return the file that a field was last stated in, or all files that a section was put together from."""
    found = file
    for name, content in above:
        stated = _stated(content, field.split(".") if field else [])
        if stated is not None:
            found = f"{found} with {name}" if isinstance(stated, Mapping) and name not in found else name
    return found


def _stated(content: Any, parts: list[str]) -> Any:
    """Return what a file says of a field, or the value that holds the field; None where it says nothing of it."""
    for part in parts:
        if isinstance(content, Mapping):
            if part not in content:
                return None
            content = content[part]
        elif isinstance(content, list) and part.isdecimal() and 1 <= int(part) <= len(content):
            content = content[int(part) - 1]
        else:
            break
    return content


def check_terms(content: Mapping[str, Any], file: str) -> Terms:
    """Return parsed content as `Terms`, or refuse it; `file` is named in the faults."""
    open_gaps = list(gaps(content))
    closed = {field for field, _ in open_gaps}
    faults = [
        Fault(
            f"is a gap that the terms must fill: {hint}" if hint else "is a gap that the terms must fill",
            f"state it with --set {field}=VALUE, with --figures FILE, or in a copy of the terms",
            file,
            field=field,
        )
        for field, hint in open_gaps
    ]
    found: Terms | None = None
    try:
        found = Terms.model_validate(content)
    except ValidationError as errors:
        faults += [fault for one in errors.errors() if (fault := _fault(one, file)).field not in closed]
    faults += consistency_faults(content, file)
    if faults or found is None:
        raise Refused(faults)
    return found


def gaps(content: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Yield the field of every gap, and what is said about it.

    >>> list(gaps({"payment": {"share": "? half or half-then-all"}, "on": [{"amount": "?"}]}))
    [('payment.share', 'half or half-then-all'), ('on.1.amount', '')]
    """
    if isinstance(content, Mapping):
        for key, value in content.items():
            yield from gaps(value, f"{at}.{key}" if at else str(key))
    elif isinstance(content, list):
        for place, value in enumerate(content, 1):
            yield from gaps(value, f"{at}.{place}")
    elif isinstance(content, str) and content.startswith(GAP):
        yield at, content.removeprefix(GAP).strip()


def laid_over(below: Any, above: Any) -> Any:
    """Return `below` with the values of `above`: tables are merged, and tables keyed by 1, 2, ... into lists.

    >>> laid_over({"a": {"x": 1, "y": 2}, "l": [{"k": 1}]}, {"a": {"y": 3}, "l": {"1": {"k": 2}}})
    {'a': {'x': 1, 'y': 3}, 'l': [{'k': 2}]}
    """
    if isinstance(below, Mapping) and isinstance(above, Mapping):
        return {
            key: laid_over(below[key], above[key]) if key in below and key in above else above.get(key, below.get(key))
            for key in [*below, *(key for key in above if key not in below)]
        }
    if isinstance(below, list) and isinstance(above, Mapping) and _places(above, len(below)):
        return [laid_over(value, above[str(at)]) if str(at) in above else value for at, value in enumerate(below, 1)]
    return above


def _places(above: Mapping[str, Any], length: int) -> bool:
    return all(key.isdecimal() and 1 <= int(key) <= length for key in above)


def parsed(setting: str, content: Any) -> dict[str, Any]:
    """Return a setting such as `payment.share=half` as nested tables; its value is TOML, or else text.

    >>> parsed("payment.threshold=0.05", {}), parsed('payees=["Lambeth"]', {}), parsed("payment.share=half", {})
    ({'payment': {'threshold': 0.05}}, {'payees': ['Lambeth']}, {'payment': {'share': 'half'}})
    """
    field, equals, text = setting.partition("=")
    keys = [part.strip() for part in field.split(".")]
    if not equals or not all(keys):
        raise Refused(
            Fault("is not a setting", "write KEY=VALUE, as in payment.share=half", field="--set", value=setting)
        )
    try:
        value = tomllib.loads(f"value = {text.strip()}")["value"]
    except (ValueError, RecursionError):
        value = text.strip()
    for key in reversed(keys):
        value = {key: value}
    table: dict[str, Any] = value
    return table


def _fault(error: ErrorDetails, file: str) -> Fault:
    field = place_of(error)
    if error["type"] == "extra_forbidden":
        return Fault("is not a term of a contract", f"correct or delete it; {PAGE}", file, field=field)
    if error["type"] == "missing":
        return Fault("is missing", f"state it; {PAGE}", file, field=field)
    problem, remedy = KINDS.get(error["type"], (problem_of(error), f"correct it; {PAGE}"))
    remedy = (error.get("ctx") or {}).get("remedy", remedy)
    value = error.get("input")
    shown = str(value) if isinstance(value, str | int | float) else None
    return Fault(problem, remedy, file, field=field, value=shown)
