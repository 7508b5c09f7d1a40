"""The published form of a part of the result: each field leaves as its type in the result says, or not at all."""

from dataclasses import dataclass
from inspect import get_annotations
from types import NoneType
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from whatworks.evaluation.result.outcome import AlternativeEstimate
from whatworks.evaluation.result.part import GroupResult, Part, Shown
from whatworks.papers.disclosure.nested import Count, Nested
from whatworks.papers.disclosure.rounding import SCALES, Rounded, Scale, p_value, rounded
from whatworks.papers.words import without_small_counts


@dataclass(frozen=True, slots=True)
class Disclosure:
    """How one row is published: what count is small, whether its figures, or its numbers of people, are withheld.

    Where the numbers of people are, `coarse` rows have their shares in whole points.
    """

    minimum: int
    withheld: bool = False
    coarse: bool = False
    scale: Scale = SCALES["score"]


@dataclass(frozen=True, slots=True)
class Before:
    """Where a field that the result does not have stands: before one that it has."""

    field: str


@dataclass(frozen=True, slots=True)
class Derived:
    """A published field: from which field of the result, by which rule, and the published class of a part."""

    source: str
    shown: Shown
    part: "type[Published] | None"

    def value(self, found: Any, row: Disclosure) -> Any:
        """Return what is published of a field's value."""
        shown = self.shown
        withheld = not shown.always and (row.withheld or (shown.fine and row.coarse))
        if found is None or (withheld and shown.rule == "known"):
            return None
        if self.part is not None:
            parts = found if isinstance(found, tuple) else (found,)
            made = tuple(self.part.of(part, row) for part in parts)
            return made if isinstance(found, tuple) else made[0]
        match shown.rule:
            case "difference":
                return rounded(found, withheld, row.scale.end_places, row.scale.factor)
            case "mean":
                return rounded(found, withheld, row.scale.value_places, row.scale.factor)
            case "rounded":
                return rounded(found, withheld, shown.places, shown.factor)
            case "p":
                return None if withheld else p_value(found)
            case "sentence":
                return "" if withheld else without_small_counts(found, row.minimum)
            case "people":
                return "c" if withheld or Nested(row.minimum).sensitive(found) else found
            case "marked":
                return "c" if withheld and found else found
        return found


class Published(BaseModel):
    """A published part. `class Name(Published, of=Part)` has the fields of that part of the result that may leave.

    They stand in the order of the result; fields of the class's own stand at the end, or `Before` one of those.

    >>> from typing import Annotated
    >>> class Value(Published, of=GroupResult):
    ...     blurred: Annotated[bool, Before("value")] = False
    >>> list(Value.model_fields)
    ['n', 'blurred', 'value', 'ci_low', 'ci_high']
    >>> seven = GroupResult(n=7, events=3, value=3 / 7, ci_low=None, ci_high=None)
    >>> Value.of(seven, Disclosure(10, scale=SCALES["yes_no"]))
    Value(n='c', blurred=False, value=Decimal('43'), ci_low=None, ci_high=None)
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    derived: ClassVar[dict[str, Derived]] = {}
    forms: ClassVar[dict[type[Part], "type[Published]"]] = {}
    """The published class of each part of a result, the first that was derived from it."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def __init_subclass__(cls, of: type[BaseModel] | None = None, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if of is None:
            return
        inherited = {name for base in cls.__mro__[1:] for name in getattr(base, "__pydantic_fields__", {})}
        cls.derived = {**cls.derived, **derive(of)}
        own = get_annotations(cls)
        fields: dict[str, Any] = {}
        for name in (name for name in derive(of) if name not in inherited):
            fields |= {extra: kind for extra, kind in own.items() if _place(kind) == name}
            field = of.model_fields[cls.derived[name].source]
            fields[name] = own.get(name, _kind(field, cls.derived[name]))
            if name not in own and field.description:
                setattr(cls, name, Field(description=field.description))
        cls.__annotations__ = fields | {name: kind for name, kind in own.items() if name not in fields}
        if issubclass(of, Part):
            Published.forms.setdefault(of, cls)

    @classmethod
    def holds_people(cls) -> bool:
        """Return whether a count of people is among its fields, or among those of a part."""
        found = cls.derived.values()
        return any(one.shown.rule == "people" or (one.part is not None and one.part.holds_people()) for one in found)

    @classmethod
    def of(cls, part: object, row: Disclosure, **given: Any) -> Self:
        """Return what is published of a part of the result; `given` are fields that a rule by hand decided."""
        found = {
            name: one.value(getattr(part, one.source), row)
            for name, one in cls.derived.items()
            if name not in given and hasattr(part, one.source)
        }
        return cls(**found, **given)


def derive(source: type[BaseModel]) -> dict[str, Derived]:
    """Return the fields of a part of the result that may be published, by the name under which they do."""
    found = {}
    for name, field in source.model_fields.items():
        shown = next((mark for mark in field.metadata if isinstance(mark, Shown)), None)
        if shown is not None:
            found[shown.to or name] = Derived(name, shown, _part(field.annotation))
    return found


def _place(kind: Any) -> str:
    return next((mark.field for mark in getattr(kind, "__metadata__", ()) if isinstance(mark, Before)), "")


def _part(kind: Any) -> "type[Published] | None":
    """Return the published class of the part that a field holds, alone, in a tuple, or where there is one."""
    for one in (kind, *get_args(kind)):
        if isinstance(one, type) and issubclass(one, Part) and one in Published.forms:
            return Published.forms[one]
    return next((found for one in get_args(kind) if get_args(one) and (found := _part(one))), None)


def _kind(field: FieldInfo, one: Derived) -> Any:
    """Return the type of a published field."""
    kind: Any = field.annotation
    optional = NoneType in get_args(kind)
    if one.part is not None:
        whole: Any = one.part
        kind = tuple[whole, ...] if get_origin(kind) is tuple else whole
    else:
        rounded: Any = Rounded if one.shown.always else Rounded | Literal["c"]
        figures = dict.fromkeys(("difference", "mean", "rounded"), rounded)
        kind = {**figures, "p": str, "people": Count, "marked": kind | Literal["c"]}.get(one.shown.rule, kind)
    return kind | None if optional or one.shown.rule in ("p", "known") else kind


class Group(Published, of=GroupResult):
    """One group's outcome: a percentage where the kind is yes_no or share, else in the outcome's unit."""


class Effect(Published, of=AlternativeEstimate):
    """A difference, scheme minus comparison, with its 95% interval, in percentage points or the outcome's unit."""

    p: str | None = None
    note: str = ""
