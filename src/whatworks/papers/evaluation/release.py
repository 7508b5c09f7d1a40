"""What may leave: the result, rounded and with small counts withheld. Every page and file is drawn from it."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import Field, create_model

from whatworks.evaluation.result import Result
from whatworks.papers.disclosure.published import Before, Published
from whatworks.papers.evaluation.section import ResultSection
from whatworks.papers.evaluation.sections.declared import SECTIONS
from whatworks.papers.evaluation.sections.outcomes import Outcome


class Release(Published, of=Result):
    """An evaluation as it may leave the partnership: `summary.json`, and what every other form is drawn from."""

    schema_version: Annotated[Literal["1.0"], Before("minimum_count")] = "1.0"
    disclosure: Annotated[Literal["rounded, small counts withheld"], Before("minimum_count")] = (
        "rounded, small counts withheld"
    )
    withheld_out_of_balance: Annotated[int, Before("overlap")] = Field(
        description="Withheld rows of the balance table in the red band."
    )

    def primary(self) -> Outcome | None:
        """Return the primary outcome."""
        return next((outcome for outcome in self.outcomes if outcome.primary), None)


def release_model(sections: Iterable[ResultSection]) -> type[Release]:
    """Return the release with a list of rows for each section beside its own, at the end."""
    more: dict[str, Any] = {
        section.name: (tuple[section.published, ...], ())  # type: ignore[name-defined]
        for section in sections
        if section.name not in Release.model_fields
    }
    return create_model("Release", __base__=Release, __doc__=Release.__doc__, **more) if more else Release


def summary_schema() -> dict[str, Any]:
    """Return the JSON schema of `summary.json`.

    >>> summary_schema()["properties"]["schema_version"]["const"]
    '1.0'
    """
    return release_model(SECTIONS.values()).model_json_schema(mode="serialization")
