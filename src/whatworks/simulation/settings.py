"""Choose what the made-up partnership is like: how well the scheme works, and which assumptions are broken."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from whatworks.records.refusal import Fault, Refused
from whatworks.simulation.society.identity_settings import PLAIN, IdentitySettings


@dataclass(frozen=True, slots=True)
class SimulationSettings:
    """What is true in the made-up world, and how badly its agencies write it down.

    `effect` is the hazard ratio of offending after the index release for those referred to the scheme, whether or not
    they start (1.0: no effect). `subgroup_effect` is the same for those under `subgroup_age` on that day; None makes it
    a fifth lower than a protective `effect`. The three breaks of the design are zero by default: `hidden_confounding`
    (log hazard, and log chance of referral, per standard deviation of a trait that nobody records),
    `missing_by_outcome` (added to the chance of having no shared number, for people who reoffend within a year) and
    `borough_shocks` (standard deviation between boroughs of the log hazard from the first index day on).
    `identity` says how hard it is to tell who is who; `windows` are the months over which the truth is worked out, a
    year among them.

    >>> SimulationSettings().under_age_effect
    0.6
    >>> SimulationSettings(effect=1.0).under_age_effect
    1.0
    """

    effect: float = 0.75
    subgroup_effect: float | None = None
    subgroup_age: int = 25
    hidden_confounding: float = 0.0
    missing_by_outcome: float = 0.0
    borough_shocks: float = 0.0
    lost_share: float = 0.20
    no_pnc_share: float = 0.03
    typos: bool = True
    gaps: bool = True
    duplicates: bool = True
    disagreements: bool = True
    records_from: date = date(2016, 1, 1)
    as_at: date = date(2025, 6, 30)
    first_index: date = date(2021, 1, 1)
    last_index: date = date(2023, 12, 31)
    not_counted: tuple[str, ...] = ("breach",)
    windows: tuple[int, ...] = (12, 24)
    identity: IdentitySettings = PLAIN

    def __post_init__(self) -> None:
        faults = [
            Fault(f"must lie between {low} and {high}", "give a value within the limits", field=name, value=str(value))
            for name, value, low, high in self._limits()
            if not low <= value <= high
        ]
        if not self.records_from < self.first_index <= self.last_index < self.as_at:
            faults.append(
                Fault("dates are out of order", "use records_from < first_index <= last_index < as_at", field="as_at")
            )
        if 12 not in self.windows or min(self.windows) < 1:
            remedy = "give whole months above zero, 12 among them"
            faults.append(Fault("are not windows", remedy, field="windows", value=str(self.windows)))
        if faults:
            raise Refused(faults)

    def _limits(self) -> tuple[tuple[str, float, float, float], ...]:
        return (
            ("effect", self.effect, 0.05, 3.0),
            ("subgroup_effect", self.under_age_effect, 0.04, 3.0),
            ("hidden_confounding", self.hidden_confounding, 0.0, 2.0),
            ("missing_by_outcome", self.missing_by_outcome, 0.0, 0.9),
            ("borough_shocks", self.borough_shocks, 0.0, 1.0),
            ("lost_share", self.lost_share, 0.0, 0.9),
            ("no_pnc_share", self.no_pnc_share, 0.0, 0.9),
        )

    @property
    def under_age_effect(self) -> float:
        """Return the hazard ratio for those under `subgroup_age`."""
        if self.subgroup_effect is not None:
            return self.subgroup_effect
        return round(self.effect * 0.8, 12) if self.effect < 1 else self.effect

    def as_written(self) -> dict[str, Any]:
        """Return the settings by name, identity and windows only where they differ from the plain partnership's."""
        usual = {"identity": not self.identity.hard, "windows": self.windows == (12, 24)}
        return {name: value for name, value in asdict(self).items() if not usual.get(name)}

    @property
    def clean(self) -> bool:
        """Return whether the agencies write everything down as it is."""
        return not (self.typos or self.gaps or self.duplicates or self.disagreements)
