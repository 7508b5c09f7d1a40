"""What every payment for results states, whatever its rule; a rule is a class that says what a fall is owed."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from fractions import Fraction
from importlib import import_module
from pkgutil import iter_modules
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field, SerializeAsAny, WrapValidator
from pydantic.json_schema import models_json_schema

from whatworks.money.contracts.exact import ExactFractionArray
from whatworks.money.contracts.line import Line
from whatworks.money.contracts.numbers import Fall, Pounds, Share, refuse
from whatworks.records.hand_written import HandWritten

RULES: "dict[str, type[Payment]]" = {}
"""Every rule by each of its names in `payment.share`; the files of `rules/` enter themselves."""


def rules() -> "dict[str, type[Payment]]":
    """Return the payment rules that terms may name, by name.

    >>> list(rules())
    ['half', 'half-then-all', 'steps']
    """
    from whatworks.money.contracts import rules as folder

    for module in iter_modules(folder.__path__):
        import_module(f"{folder.__name__}.{module.name}")
    return RULES


def _known(name: str) -> str:
    if name not in rules():
        raise refuse("is not a share rule", f"choose from {', '.join(rules())}")
    return name


class Payment(HandWritten):
    """What a fall pays.

    A rule is a subclass: its `names` in the terms, the keys that it adds, what is `owed`, its `working` and `words`.
    The threshold, the gateway condition, the maximum and the rounding are the contract's, and hold for every rule.
    """

    names: ClassVar[Mapping[str, str]] = {}
    """What terms call the rule in `share`, and what each name means."""

    threshold: Fall = Field(description="A smaller fall pays nothing.")
    cap: Share | None = Field(None, description="A larger fall pays no more than this one.")
    share: Annotated[str, AfterValidator(_known)] = Field(description="The rule.")
    maximum: Pounds | None = Field(None, description="Most that is ever paid for results, for each unit of settlement.")
    after_months: int = Field(0, ge=0, le=120, description="Months from a period's end to its payment.")

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Enter a rule by its names."""
        RULES.update(dict.fromkeys(cls.names, cls))

    @abstractmethod
    def owed(self, expected: ExactFractionArray, actual: ExactFractionArray) -> ExactFractionArray:
        """Return the pence that a fall from `expected` to `actual` pays on every path that reaches the threshold."""

    @abstractmethod
    def working(self, expected: Fraction, actual: Fraction) -> Iterator[Line]:
        """Yield how that was worked out for one value of demand expected and counted, in pounds."""

    def words(self) -> str:
        """Return what papers call the rule."""
        return self.share

    def counted(self, expected: ExactFractionArray, actual: ExactFractionArray) -> ExactFractionArray:
        """Return the pence of the fall that count: none for a rise, and none beyond the cap."""
        saving = (expected - actual).positive()
        return saving if self.cap is None else saving.minimum(expected.times(self.cap))


def _by_its_rule(value: Any, handler: Any) -> Any:
    """Read a payment section by the rule that it names; one that names none is read by the first, which says so."""
    if not isinstance(value, Mapping):
        return handler(value)
    name = value.get("share")
    known = rules()
    return known.get(name if isinstance(name, str) else "", next(iter(known.values()))).model_validate(value)


StatedPayment = Annotated[SerializeAsAny[Payment], WrapValidator(_by_its_rule)]
"""A payment section of the terms, read by the rule that it names."""


def with_rules(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of terms with a payment section of one of the rules: each with its own names and keys."""
    classes = list(dict.fromkeys(rules().values()))
    _, found = models_json_schema([(rule, "validation") for rule in classes])
    for rule in classes:
        meanings = " ".join(f"`{name}`: {meaning}." for name, meaning in rule.names.items())
        found["$defs"][rule.__name__]["properties"]["share"] |= {"enum": list(rule.names), "description": meanings}
    stated = [{"$ref": f"#/$defs/{rule.__name__}"} for rule in classes]
    schema["properties"]["payment"]["anyOf"] = [*stated, {"type": "null"}]
    others = {name: one for name, one in schema["$defs"].items() if name != "Payment"}
    return schema | {"$defs": dict(sorted((others | found["$defs"]).items()))}
