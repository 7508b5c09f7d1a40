"""Say in `whatworks.toml` what a scheme is, so that nobody has to write a file of schemes."""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from whatworks.records.hand_written import HandWritten

SCHEME_ID = r"^[A-Za-z0-9][A-Za-z0-9 _.,:&()/+-]*$"
"""How a scheme may be called: as agencies' own systems call it, spaces and all."""
AS_RECORDED = "as recorded"
"""Stands for the edition of the boundaries where a block does not say it."""


class SchemeBlock(HandWritten):
    """A scheme whose effect may be asked about, and where it works.

    >>> block = {"id": "GATE", "name": "Gate", "organisation": "probation", "from": "2021-01-04", "areas": ["Camden"]}
    >>> SchemeBlock.model_validate(block).areas
    ('Camden',)
    >>> SchemeBlock.model_validate(block | {"organisation": ["probation", "charity"]}).organisations
    ('probation', 'charity')
    """

    id: str = Field(pattern=SCHEME_ID, max_length=80, description="scheme_id of its people's rows.")
    name: str = Field(min_length=1, description="What people call it.")
    organisation: str | tuple[str, ...] = Field(
        min_length=1, description="The [[agency]] whose extracts say who took part; a list where those of several do."
    )
    from_date: date = Field(alias="from", description="Its first day.")
    to_date: date | None = Field(None, alias="to", description="Its last day, if it has ended.")
    areas: tuple[str, ...] = Field((), description="Where it works, by the codes or names that the extracts write.")
    area_vintage: str = Field(AS_RECORDED, min_length=1, description="Edition of the boundaries, where codes have one.")

    @property
    def organisations(self) -> tuple[str, ...]:
        """The agencies whose extracts say who took part."""
        return (self.organisation,) if isinstance(self.organisation, str) else self.organisation

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.to_date is not None and self.to_date < self.from_date:
            raise ValueError("to lies before from")
        for key, names in (("areas", self.areas), ("organisation", self.organisations)):
            if twice := sorted({name for name in names if names.count(name) > 1}):
                raise ValueError(f"{key} {'name' if key == 'areas' else 'names'} {', '.join(twice)} more than once")
        return self
