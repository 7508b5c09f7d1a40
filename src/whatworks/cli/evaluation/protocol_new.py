"""`whatworks protocol new`: a commented protocol of the partnership's own scheme, areas, dates and covariates."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whatworks.cli.answer import print_json
from whatworks.cli.options import FolderOption, JsonOption, printable, read_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whatworks.evaluation.drafting.choices import Choices, SchemeHeld
    from whatworks.records.engine import Store
    from whatworks.records.partnership import Partnership


def new(
    scheme: Annotated[str | None, typer.Option(help="The scheme's id; needed where the records hold several.")] = None,
    index: Annotated[str | None, typer.Option(help="release, order_start, caution or participation_start.")] = None,
    clock: Annotated[str | None, typer.Option(help="index_event or scheme_start.")] = None,
    first: Annotated[str | None, typer.Option(help="First day of the window for index events.")] = None,
    last: Annotated[str | None, typer.Option(help="Last day of the window.")] = None,
    who: Annotated[
        str | None, typer.Option(help="Who may be a comparison: other_areas, same_areas, anyone_else, eligible.")
    ] = None,
    covariate: Annotated[list[str] | None, typer.Option(help="A covariate; give it once for each.")] = None,
    primary: Annotated[str | None, typer.Option(help="The primary outcome.")] = None,
    title: Annotated[str | None, typer.Option(help="Title of the paper.")] = None,
    decision: Annotated[str | None, typer.Option(help="What the board is asked to do.")] = None,
    prepared_for: Annotated[str | None, typer.Option(help="Which board.")] = None,
    population: Annotated[str | None, typer.Option(help="Who is studied, in words.")] = None,
    smallest_worthwhile: Annotated[
        float | None, typer.Option(help="Smallest effect worth having; 0.05 is five points.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The file to write; by default protocols/SCHEME.toml.")] = None,
    partnership: FolderOption = None,
    json: JsonOption = False,
) -> None:
    """Write a commented protocol with the partnership's own scheme, areas, dates and covariates; no outcome is opened.

    On a terminal what only a person can say is asked, where no option says it.
    """
    from whatworks.cli.place import prepared
    from whatworks.evaluation.drafting.choices import chosen_scheme, schemes_held
    from whatworks.evaluation.drafting.protocol_text import TO_DECIDE, protocol_text
    from whatworks.evaluation.question.protocol import check_protocol
    from whatworks.records.partnership import Partnership
    from whatworks.records.toml_file import parse_toml
    from whatworks.records.writing.private_file import private_folder, write_private

    here = Partnership.open(partnership)
    given: dict[str, dict[str, Any]] = {
        "scheme": {"title": title, "decision_sought": decision, "prepared_for": prepared_for},
        "cohort": {
            "population": population, "index": index, "clock": clock,
            "first_index": read_day(first) if first else None, "last_index": read_day(last) if last else None,
        },
        "comparison": {"who": who, "covariates": covariate or None},
        "outcomes": {"primary": primary, "smallest_worthwhile": smallest_worthwhile},
    }  # fmt: skip
    given = {name: {key: value for key, value in keys.items() if value is not None} for name, keys in given.items()}
    with prepared(here) as store:
        held = chosen_scheme(schemes_held(store), scheme or _asked_scheme(schemes_held(store)))
        if sys.stdin.isatty() and not json:
            _ask(given, held)
        choices = _chosen(store, held, here, given)
    folder = _folder(held.id)
    path = out or here.protocols / f"{folder}.toml"
    _refuse_there(path)
    text = protocol_text(choices, path.stem)
    check_protocol(parse_toml(text, path.name), path.name)
    private_folder(path.parent)
    write_private(path, text)
    if json:
        print_json({"protocol": str(path), "treated": choices.treated, "comparisons": choices.comparisons,
                    "left_out": choices.left_out, "to_decide": TO_DECIDE})  # fmt: skip
        return
    typer.echo(f"Wrote {path}: {printable(held.name)}, by what the records hold. No outcome was opened.")
    typer.echo("Only a person can say (marked DECIDE):")
    for line in TO_DECIDE:
        typer.echo(f"  {line}")
    typer.echo(f"\nNext: look through it, then `whatworks check` and `whatworks protocol lock {_shown(path, here)}`.")


def _chosen(
    connection: "Store", held: "SchemeHeld", here: "Partnership", given: dict[str, dict[str, Any]]
) -> "Choices":
    from whatworks.cli.progress import bars
    from whatworks.evaluation.drafting.choices import choose
    from whatworks.evaluation.drafting.readiness import measured

    with bars() as progress:
        return choose(connection, held, measured(connection, here.config, progress), given)


def _asked_scheme(schemes: "Sequence[SchemeHeld]") -> str | None:
    """Return the scheme that a person names on a terminal, where there are several."""
    if len(schemes) < 2 or not sys.stdin.isatty():
        return None
    names = ", ".join(one.id for one in schemes)
    return str(typer.prompt(f"Which scheme ({names})?", default=schemes[0].id)).strip()


def _ask(given: dict[str, dict[str, Any]], held: "SchemeHeld") -> None:
    """Ask on a terminal what only a person can say and no option says; an empty answer leaves the draft's words."""
    questions = (
        ("scheme", "title", "Title of the paper", f"{held.name}: did it reduce reoffending?"),
        ("scheme", "decision_sought", "What is the board asked to do", "To note the findings."),
        ("scheme", "prepared_for", "Which board", "The partnership board"),
        ("cohort", "population", "Who is studied, in words", ""),
        (
            "outcomes",
            "smallest_worthwhile",
            "Smallest fall worth having (0.05 is five points; empty if not decided)",
            "",
        ),
    )
    for section, key, question, usual in questions:
        if key in given[section]:
            continue
        answer = str(typer.prompt(question, default=usual, show_default=bool(usual), err=True)).strip()
        if answer:
            given[section][key] = _number(answer) if key == "smallest_worthwhile" else answer


def _number(answer: str) -> float:
    from whatworks.records.refusal import Fault, Refused

    try:
        return float(answer)
    except ValueError:
        raise Refused(Fault("is not a number", "write it as 0.05", field="smallest_worthwhile", value=answer)) from None


def _folder(scheme: str) -> str:
    """Return a file's name for a scheme.

    >>> _folder("New Leaf (2)")
    'new-leaf-2'
    """
    return re.sub(r"[^a-z0-9]+", "-", scheme.lower()).strip("-")


def _refuse_there(path: Path) -> None:
    from whatworks.records.refusal import Fault, Refused

    if path.exists():
        raise Refused(Fault("is there already", "edit it, or name another file with --out", path.name))


def _shown(path: Path, here: "Partnership") -> str:
    return path.relative_to(here.root).as_posix() if path.is_relative_to(here.root) else str(path)
