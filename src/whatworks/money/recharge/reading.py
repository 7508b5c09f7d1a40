"""Read terms, usage and referrals together, so that everything wrong with any of them is said at once."""

from dataclasses import dataclass
from pathlib import Path

from whatworks.money.recharge.business_case import check_standard
from whatworks.money.recharge.referrals import Call, read_referrals
from whatworks.money.recharge.term_faults import term_faults
from whatworks.money.recharge.terms import Terms
from whatworks.money.recharge.terms_file import read_terms
from whatworks.money.recharge.usage_file import Placement, read_usage
from whatworks.records.refusal import Fault, Refused


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a recharge is worked out from; `calls` is None where no referrals were given."""

    terms: Terms
    placements: tuple[Placement, ...]
    calls: tuple[Call, ...] | None
    notes: tuple[str, ...] = ()
    """What is to be told of how the files were read."""


def read_inputs(terms: Path, usage: Path, referrals: Path | None = None, *, standard: bool = False) -> Inputs:
    """Return the inputs, or refuse them with the faults of all files; `standard` asks that supply can be judged too."""
    faults: list[Fault] = []
    found: Terms | None = None
    try:
        found = read_terms(terms)
        faults += term_faults(found, terms.name)
        if standard:
            check_standard(found)
    except Refused as refused:
        faults += refused.faults
    used = read_usage(usage, found)
    asked = read_referrals(referrals, found) if referrals is not None else None
    faults += [*used.faults, *(asked.faults if asked is not None else ())]
    if found is None or faults:
        raise Refused(list(dict.fromkeys(faults)))
    notes = (*used.notes, *(asked.notes if asked is not None else ()))
    return Inputs(found, tuple(used.placements), tuple(asked.calls) if asked is not None else None, notes)
