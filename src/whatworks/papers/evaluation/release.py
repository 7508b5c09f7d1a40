"""What is published: the result, rounded and with small counts withheld. Every page and file is drawn from it."""

from collections.abc import Iterable
from functools import lru_cache
from types import new_class
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from whatworks.evaluation.result import Result
from whatworks.papers.disclosure.published import Before, Published, derive

if TYPE_CHECKING:
    from whatworks.papers.evaluation.section import ResultSection


class PublishedResult(Published):
    """An evaluation as published the partnership: `summary.json`, and what every other form is drawn from.

    Its fields are those of the result that may be published, and the rows of each declared section (`release_model`).
    """

    schema_version: Literal["1.0"] = "1.0"
    disclosure: Literal["rounded, small counts withheld"] = "rounded, small counts withheld"

    def primary(self) -> Any:
        """Return the primary outcome, if there is one."""
        return next((outcome for outcome in self.outcomes if outcome.primary), None)


def release_model(sections: "Iterable[ResultSection]") -> type[PublishedResult]:
    """Return the release of these sections: the fields of the result first, in its order."""
    return _model(tuple(sections))


@lru_cache(maxsize=8)
def _model(sections: "tuple[ResultSection, ...]") -> type[PublishedResult]:
    count = Field(description="Withheld rows of the balance table in the red band.")
    kinds: dict[str, Any] = {"withheld_out_of_balance": Annotated[int, Before("overlap"), count]}
    own = {section.name: tuple[section.published, ...] for section in sections}  # type: ignore[name-defined]
    kinds |= {name: kind for name, kind in own.items() if name not in derive(Result)}
    body = {"__annotations__": kinds, "__module__": __name__, "__doc__": PublishedResult.__doc__}
    made: type[PublishedResult] = new_class(
        "Release", (PublishedResult,), {"of": Result}, lambda names: names.update(body)
    )
    return made
