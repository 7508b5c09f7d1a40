"""Agreements to share: who gives what of whom to whom, for which purpose, on what law, until when."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import Field, ValidationError

from whatworks.records.hand_written import HandWritten
from whatworks.records.partnership import Partnership
from whatworks.records.refusal import Fault, Refused, choice
from whatworks.records.toml_file import model_faults, read_toml
from whatworks.sharing.bases import COMPETENT, Basis, Shared, categories, law_faults, listing_faults
from whatworks.sharing.declared import fields_of, table_names
from whatworks.sharing.purposes import PURPOSES, purpose_fault
from whatworks.sharing.selection import set_faults

FOLDER, PAGE = "sharing", "docs/sharing.md"
EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "sharing"
Faults = Iterator[Fault]
Part = TypeVar("Part", "Clause", Basis)


class Clause(HandWritten):
    """One permission: fields of a table, of some people's records, from parties to parties, for one purpose."""

    number: str = Field(description="Its number in the agreement, as 4.1.")
    gives: tuple[str, ...] = Field(min_length=1, description="Whose records.")
    receives: tuple[str, ...] = Field(min_length=1, description="Who may see them.")
    purpose: str = Field(description="The purpose.", json_schema_extra={"enum": [*PURPOSES]})
    table: str = Field(description="The table, as in docs/data-dictionary.md or docs/register.md.")
    fields: tuple[str, ...] = Field(min_length=1, description="Its columns.")
    whose: tuple[str, ...] = Field(
        min_length=1,
        description="Sets of people: list:NAME, scheme:ID, area:CODE, under_18, adult, joined by + for those in all of "
        "them, or everybody.",
    )
    conditions: tuple[str, ...] = Field((), description="What the receiver undertakes, in words.")
    retain_days: int = Field(ge=1, le=3660, description="Days for which the receiver may keep what was released.")


class Agreement(HandWritten):
    """An agreement of a partnership: a file of its folder `sharing/`."""

    reference: str = Field(pattern=r"^[A-Za-z0-9][\w.-]*$", max_length=40, description="What papers call it.")
    title: str = Field(description="What people call it.")
    owner: str = Field("", description="The post that answers for it.")
    dpia: str = Field("", description="Reference of the data protection impact assessment.")
    starts_on: date = Field(description="First day in force.")
    review_on: date = Field(description="The day by which it is to be reviewed.")
    ends_on: date = Field(description="Last day in force.")
    parties: tuple[str, ...] = Field(min_length=2, description="Agencies of whatworks.toml.")
    beside: tuple[str, ...] = Field((), description="Agreements that it adds to; all others it narrows.")
    basis: tuple[Basis, ...] = Field(description="The law, by parties and purpose.")
    clause: tuple[Clause, ...] = Field(description="What is permitted.")

    def name(self, clause: Clause) -> str:
        """Return what a ruling calls a clause."""
        return f"{self.reference} clause {clause.number}"


def agreement_schema() -> dict[str, Any]:
    """Return the JSON schema of agreements; closed lists stand in it as enumerations."""
    return Agreement.model_json_schema()


def read_agreements(here: Partnership) -> tuple[Agreement, ...]:
    """Return the agreements of a partnership's folder `sharing/` by reference; refused with the faults of all files."""
    kinds = {agency.organisation_id: agency.kind for agency in here.config.agency}
    read: list[tuple[str, Agreement]] = []
    faults: list[Fault] = []
    for path in sorted((here.root / FOLDER).glob("*.toml")):
        try:
            read.append((path.name, load_agreement(path, kinds)))
        except Refused as refused:
            faults += refused.faults
    known = [agreement.reference for _, agreement in read]
    for file, agreement in read:
        if known.count(agreement.reference) > 1:
            faults.append(Fault("names two agreements", "give each its own", file, field="reference"))
        for other in agreement.beside if not faults else ():
            if other not in known:
                faults.append(Fault("is not an agreement", choice(other, known), file, field="beside", value=other))
    if faults:
        raise Refused(faults)
    return tuple(sorted((agreement for _, agreement in read), key=lambda each: each.reference))


def load_agreement(path: Path, kinds: Mapping[str, str]) -> Agreement:
    """Return one file's agreement, or refuse it with every fault; `kinds` are the partnership's agencies and kinds."""
    content = read_toml(path)
    faults: list[Fault] = []
    agreement: Agreement | None = None
    try:
        agreement = Agreement.model_validate(content)
    except ValidationError as found:
        faults = model_faults(found, path.name, PAGE)
    parties = _texts(content.get("parties")) or tuple(kinds)  # what is wrong with them is told once
    faults += [fault for party in parties if (fault := _party_fault(party, kinds, "parties"))]
    clauses = _sound(content.get("clause"), Clause, lambda clause: clause_faults(clause, parties), faults)
    bases = _sound(content.get("basis"), Basis, lambda basis: basis_faults(basis, parties), faults)
    faults += [*_number_faults(clauses), *_law(clauses, bases, kinds)]
    if len(bases) == len(content.get("basis", ())):
        faults += _resting(clauses, bases)
    if agreement is not None:
        faults += day_faults(agreement)
    if faults or agreement is None:
        raise Refused([replace(fault, file=fault.file or path.name) for fault in faults])
    return agreement


def day_faults(agreement: Agreement) -> Faults:
    """Yield days that cannot be, and that nothing is permitted."""
    if not agreement.clause:
        yield Fault("is empty: nothing is permitted", "write a [[clause]]", field="clause")
    if agreement.ends_on < agreement.starts_on:
        problem = f"lies before {agreement.starts_on}, when it starts"
        yield Fault(problem, "name a later day", field="ends_on", value=str(agreement.ends_on))
    elif not agreement.starts_on < agreement.review_on <= agreement.ends_on:
        problem = f"is no day for a review between {agreement.starts_on} and {agreement.ends_on}"
        yield Fault(problem, "name a day up to its end", field="review_on", value=str(agreement.review_on))


def clause_faults(clause: Clause, parties: Collection[str]) -> Faults:
    """Yield what in a clause is on no list: its parties, purpose, table, fields and sets of people."""
    for key in ("gives", "receives"):
        for party in getattr(clause, key):
            if party not in parties:
                yield Fault("is not a party", choice(party, [*parties]), field=key, value=party)
    if len({*clause.gives, *clause.receives}) == 1:
        problem = "shares with nobody: an agency reads its own records without an agreement"
        yield Fault(problem, "name the other party", field="receives", value=clause.receives[0])
    if (fault := purpose_fault(clause.purpose)) is not None:
        yield fault
    asks_who = clause.purpose not in PURPOSES or PURPOSES[clause.purpose].identifies
    columns = fields_of(clause.table)
    if columns is None:
        yield Fault("is not a table", choice(clause.table, table_names()), field="table", value=clause.table)
    for name in clause.fields:
        if columns is not None and name not in columns:
            yield Fault(f"is not a column of {clause.table}", choice(name, [*columns]), field="fields", value=name)
        elif columns is not None and not asks_who and (columns[name].metadata or {}).get("identifying"):
            problem = f"says who people are, which {clause.purpose} does not ask"
            yield Fault(problem, "take it out: what identifies nobody is enough", field="fields", value=name)
    for text in clause.whose:
        yield from set_faults(text, "whose")


def basis_faults(basis: Basis, parties: Collection[str]) -> Faults:
    """Yield what in a basis is on no list."""
    for party in basis.parties:
        if party not in parties:
            yield Fault("is not a party", choice(party, [*parties]), field="parties", value=party)
    if (fault := purpose_fault(basis.purpose)) is not None:
        yield fault
    yield from listing_faults(basis)


def _law(clauses: Sequence[Clause], bases: Sequence[Basis], kinds: Mapping[str, str]) -> Faults:
    """Yield what the law does not allow, basis by basis, seen with the clauses that rest on it."""
    for basis in bases:
        using = [each for each in clauses if each.purpose == basis.purpose
                 and not {*each.gives, *each.receives}.isdisjoint(basis.parties)]  # fmt: skip
        kind = [categories(each.table, each.fields) for each in using]
        gets = {party for each in using for party in each.receives}
        shared = Shared(
            any(special for special, _ in kind),
            any(criminal for _, criminal in kind),
            bool(gets) and gets.isdisjoint(basis.parties) and all(kinds.get(party) in COMPETENT for party in gets),
        )
        yield from _placed(_name(basis), law_faults(basis, kinds, shared))


def _resting(clauses: Sequence[Clause], bases: Sequence[Basis]) -> Faults:
    """Yield the parties of clauses that rest on no law."""
    resting = {(party, basis.purpose) for basis in bases for party in basis.parties}
    for clause in clauses:
        for party in sorted({*clause.gives, *clause.receives}):
            if (party, clause.purpose) not in resting:
                problem = f"{party} has no lawful basis for {clause.purpose}"
                remedy = f"add {party} to a [[basis]] for that purpose, or give it one of its own"
                yield Fault(problem, remedy, field=f"clause {clause.number}")


def _number_faults(clauses: Sequence[Clause]) -> Faults:
    numbers = [clause.number for clause in clauses]
    for number in sorted({number for number in numbers if numbers.count(number) > 1}):
        yield Fault("is given twice", "give each clause a number of its own", field="number", value=number)


def _party_fault(party: str, kinds: Mapping[str, str], field: str) -> Fault | None:
    remedy = choice(party, [*kinds], "agencies of whatworks.toml are")
    return None if party in kinds else Fault("is not an agency of this partnership", remedy, field=field, value=party)


def _sound(content: Any, kind: type[Part], faults_in: Callable[[Part], Faults], faults: list[Fault]) -> list[Part]:
    """Return those of a file's clauses or bases that are sound, and add the faults of those that can be read only."""
    sound = []
    for each in content if isinstance(content, list) else ():
        with suppress(ValidationError):
            part: Part = kind.model_validate(each)
            own = [*_placed(_name(part), faults_in(part))]
            faults += own
            sound += [] if own else [part]
    return sound


def _name(part: Clause | Basis) -> str:
    if isinstance(part, Clause):
        return f"clause {part.number}"
    return f"basis of {', '.join(part.parties)} for {part.purpose}"


def _placed(name: str, faults: Faults) -> Faults:
    return (replace(fault, field=f"{name}: {fault.field}") for fault in faults)


def _texts(content: Any) -> tuple[str, ...]:
    return tuple(each for each in content if isinstance(each, str)) if isinstance(content, list) else ()
