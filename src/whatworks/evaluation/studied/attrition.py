"""Count, by group, who was lost at each step from submitted to analysed, and why."""

from dataclasses import dataclass, field

import polars as pl

from whatworks.evaluation.result import AttritionStep


@dataclass(slots=True)
class Trail:
    """The steps so far. A step holds how many are left; its `reason` says why the others went.

    >>> trail = Trail()
    >>> trail.step("Submitted by the scheme", None, 321)
    >>> trail.step("Linked to the conviction record", "no shared number", 287)
    >>> [(step.step, step.treated, step.comparison) for step in trail.steps]
    [('Submitted by the scheme', 321, None), ('Linked to the conviction record', 287, None)]
    """

    steps: list[AttritionStep] = field(default_factory=list)
    people: dict[int, pl.Series] = field(default_factory=dict)

    def step(
        self,
        name: str,
        reason: str | None,
        treated: int,
        comparison: int | None = None,
        whom: pl.Series | None = None,
    ) -> None:
        """Add a step, and `whom` of the scheme it left, where that is known. No reason is given if nobody was lost."""
        if whom is not None:
            self.people[len(self.steps)] = whom
        lost = bool(self.steps) and (
            treated < self.steps[-1].treated
            or (comparison is not None and comparison < (self.steps[-1].comparison or comparison))
        )
        self.steps.append(
            AttritionStep(step=name, reason=reason if lost else None, treated=treated, comparison=comparison)
        )

    @property
    def left(self) -> tuple[int, int | None]:
        """How many are left now."""
        last = self.steps[-1]
        return last.treated, last.comparison
