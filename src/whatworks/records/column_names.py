"""Guess which of an agency's columns is which of ours, from what they are called."""

import re
from difflib import SequenceMatcher

_SHORT = {
    "no": "number", "num": "number", "nr": "number", "dt": "date", "dob": "date of birth", "urn": "reference",
    "ref": "reference", "id": "number", "off": "offence", "crime": "offence", "sent": "sentence", "rel": "released",
    "rec": "received", "estab": "establishment", "pcode": "postcode", "fname": "first name", "sname": "surname",
    "lname": "surname", "gender": "sex", "offender": "person", "prisoner": "person", "nominal": "person",
    "subject": "person", "client": "person", "defendant": "person", "patient": "person", "len": "length",
    "appt": "appointment", "req": "requirement", "sched": "scheme", "lad": "area", "ward": "area", "borough": "area",
    "lsoa": "area",
}  # fmt: skip
_ALSO = {
    "person_id": ("person number", "person reference", "person"),
    "forename": ("first name", "given name"),
    "surname": ("last name", "family name"),
    "date_of_birth": ("birth date", "born"),
    "died_on": ("date of death", "death date", "deceased"),
    "ethnicity": ("ethnic group", "ethnic appearance"),
    "pnc_id": ("pnc number", "pnc"),
    "prison_number": ("noms number", "prison number"),
    "crn": ("case reference number", "probation number"),
    "committed_from": ("offence date", "offence date from", "date from", "committed date", "start date of offence"),
    "committed_to": ("offence date to", "date to", "end date of offence"),
    "recorded_on": ("recorded date", "date recorded", "created date"),
    "charged_on": ("charge date", "date charged"),
    "sanctioned_on": ("conviction date", "disposal date", "outcome date", "date of conviction"),
    "sanction": ("disposal", "outcome type"),
    "offence_ref": ("offence reference", "court reference", "case reference", "asn"),
    "offence_code": ("home office code", "offence code"),
    "offence_class": ("mode of trial", "triable", "class of offence"),
    "offence_group": ("offence type", "offence category", "offence group"),
    "sentenced_on": ("sentence date", "date of sentence", "result date", "hearing date"),
    "length_days": ("sentence length", "days"),
    "received_on": ("reception date", "date received", "custody start"),
    "released_on": ("release date", "date released", "discharge date", "custody end"),
    "status": ("custody type", "custody status", "reason held"),
    "kind": ("type", "category", "disposal", "result"),
    "outcome": ("result", "attendance"),
    "requirement_id": ("component number",),
    "level": ("severity", "score"),
    "due_on": ("appointment date", "date due", "contact date"),
    "breached_on": ("breach date", "date of breach"),
    "assessed_on": ("assessment date", "date assessed"),
    "met_on": ("date met", "need met date"),
    "eligible_on": ("eligibility date",),
    "referred_on": ("referral date",),
    "offered_on": ("offer date",),
    "started_on": ("start date",),
    "completed_on": ("completion date",),
    "ended_on": ("end date",),
    "from_date": ("start date", "date from"),
    "to_date": ("end date", "date to"),
}


def likeness(ours: str, theirs: str) -> float:
    """Return how alike the names of our column and of theirs are, from 0 to 1.

    >>> likeness("date_of_birth", "DOB")
    1.0
    >>> likeness("released_on", "RelDate") > 0.8 > 0.5 > likeness("released_on", "Surname")
    True
    """
    name = _words(theirs)
    return max(_alike(_words(one), name) for one in (ours, *_ALSO.get(ours, ())))


def _words(name: str) -> list[str]:
    apart = re.sub(r"(?<=[A-Z]{2})(ID|NO|REF|URN|DATE)\b", r" \1", name.replace("_on", "_date"))
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", apart)
    return [word for part in parts for word in _SHORT.get(part.lower(), part.lower()).split() if word != "of"]


def _alike(one: list[str], other: list[str]) -> float:
    if not one or not other:
        return 0.0
    letters = SequenceMatcher(None, " ".join(sorted(one)), " ".join(sorted(other))).ratio()
    shared = 2 * len(set(one) & set(other)) / (len(set(one)) + len(set(other)))
    holds = 0.8 - 0.05 * len(set(other) - set(one)) if set(one) <= set(other) else 0.0
    return max((letters + shared) / 2, holds)
