"""Which objective does this serve? Projects against the objectives that they claim, with orphans on both sides."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from whatworks.records.hand_written import HandWritten
from whatworks.records.toml_file import load_model

Claim = Literal["addresses", "contributes"]
CLAIMS_ALL = 0.8
"""A project that claims so large a part of all objectives, of four or more, is asked which it really serves."""
FEWEST = 4
Text = Annotated[str, Field(min_length=1)]


class Objective(HandWritten):
    """An objective as its owner put it, with the days in which it held; no end where none is stated."""

    id: Text
    text: Text
    owner: str | None = None
    from_date: date | None = Field(None, alias="from")
    until: date | None = None
    source: str | None = None


class Project(HandWritten):
    """A project or scheme."""

    id: Text
    name: Text
    from_date: date | None = Field(None, alias="from")
    until: date | None = None


class Link(HandWritten):
    """What a project claims: to address an objective, or only to contribute to it; `mechanism` says how."""

    project: Text
    objective: Text
    claim: Claim
    mechanism: str | None = None
    source: str | None = None


class Alignment(HandWritten):
    """Objectives, projects, and what the projects claim. A link names both by `id`."""

    title: Text
    objective: tuple[Objective, ...] = Field(min_length=1)
    project: tuple[Project, ...] = Field(min_length=1)
    link: tuple[Link, ...] = ()

    @model_validator(mode="after")
    def _links_lead_somewhere(self) -> "Alignment":
        wrong = []
        for kind, names in (("objective", self.objective), ("project", self.project)):
            known = [one.id for one in names]
            wrong += [f"{kind} {name} is named twice" for name in dict.fromkeys(known) if known.count(name) > 1]
            wrong += [
                f"link {at + 1} names {kind} {getattr(link, kind)}, which is not there"
                for at, link in enumerate(self.link)
                if getattr(link, kind) not in known
            ]
        wrong += [
            f"{kind} {one.id}: until lies before from"
            for kind, names in (("objective", self.objective), ("project", self.project))
            for one in names
            if one.from_date and one.until and one.until < one.from_date
        ]
        pairs = [(link.project, link.objective) for link in self.link]
        wrong += [f"{a} and {b} are linked twice" for a, b in dict.fromkeys(pairs) if pairs.count((a, b)) > 1]
        if wrong:
            raise ValueError("; ".join(wrong))
        return self


@dataclass(frozen=True, slots=True)
class Coverage:
    """How objectives and projects meet on a day. `claims` has, by (project, objective), what is claimed."""

    on: date
    objectives: tuple[Objective, ...]
    projects: tuple[Project, ...]
    claims: dict[tuple[str, str], Claim]
    objectives_alone: tuple[str, ...]
    projects_alone: tuple[str, ...]
    only_contributed: tuple[str, ...]
    claims_all: tuple[str, ...]
    without_mechanism: tuple[tuple[str, str], ...]
    lapsed: tuple[tuple[str, str], ...]
    """Links to an objective, or of a project, that did not hold on the day."""


def coverage(alignment: Alignment, on: date) -> Coverage:
    """Return who serves what on a day: only objectives and projects that hold then meet.

    An objective to which projects only contribute is not counted as addressed; one that nobody serves, and a project
    that serves none, are orphans.

    >>> both = {"objective": [{"id": "A", "text": "Fewer burglaries"}], "project": [{"id": "x", "name": "Locks"}]}
    >>> found = coverage(Alignment.model_validate({"title": "T", **both}), date(2024, 1, 1))
    >>> found.objectives_alone, found.projects_alone
    (('A',), ('x',))
    """
    objectives = tuple(one for one in alignment.objective if _holds(one, on))
    projects = tuple(one for one in alignment.project if _holds(one, on))
    here, there = {project.id for project in projects}, {objective.id for objective in objectives}
    live = [link for link in alignment.link if link.project in here and link.objective in there]
    claims: dict[tuple[str, str], Claim] = {(link.project, link.objective): link.claim for link in live}
    served = {link.objective for link in live}
    addressed = {link.objective for link in live if link.claim == "addresses"}
    return Coverage(
        on,
        objectives,
        projects,
        claims,
        tuple(objective.id for objective in objectives if objective.id not in served),
        tuple(project.id for project in projects if all(link.project != project.id for link in live)),
        tuple(objective.id for objective in objectives if objective.id in served - addressed),
        tuple(project.id for project in projects if _claims_all(project.id, claims, len(objectives))),
        tuple((link.project, link.objective) for link in live if not (link.mechanism or "").strip()),
        tuple((link.project, link.objective) for link in alignment.link if link not in live),
    )


def load_alignment(path: Path) -> Alignment:
    """Read objectives, projects and links from TOML, or refuse the file with every fault at once."""
    return load_model(Alignment, path, "docs/evaluation.md")


def _holds(one: Objective | Project, on: date) -> bool:
    return (one.from_date is None or one.from_date <= on) and (one.until is None or on <= one.until)


def _claims_all(project: str, claims: dict[tuple[str, str], Claim], objectives: int) -> bool:
    claimed = sum(name == project for name, _ in claims)
    return objectives >= FEWEST and claimed >= CLAIMS_ALL * objectives
