"""What the board decides before a question of places is answered: terms, a TOML file, one class of keys a question."""

from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from whatworks.records.hand_written import HandWritten
from whatworks.records.refusal import Fault, Refused
from whatworks.records.toml_file import load_model

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "places"
"""A full file of terms for every question, by its name."""
PAGE = "docs/places.md"
QUESTIONS: dict[str, str] = {
    "select": "whatworks.places.select_terms:SelectTerms",
    "cameras": "whatworks.places.cameras.terms:CameraTerms",
    "displacement": "whatworks.places.displacement_terms:DisplacementTerms",
    "gangs": "whatworks.places.gangs_terms:GangsTerms",
    "refuges": "whatworks.places.refuges.terms:RefugeTerms",
}
"""Question -> the class of its terms, as "module:Class"; its example lies in `EXAMPLES`."""
Terms = TypeVar("Terms", bound="PlaceTerms")


class PlaceTerms(HandWritten):
    """What all terms say: what they are for, and who decided them when."""

    title: str
    decided: str = ""


def terms_of(question: str) -> type[PlaceTerms]:
    """Return the class of a question's terms, or refuse a question that takes none."""
    if question not in QUESTIONS:
        remedy = f"questions with terms are {', '.join(sorted(QUESTIONS))}; {PAGE} has them all"
        raise Refused(Fault("is not a question that takes terms", remedy, field="question", value=question))
    module, name = QUESTIONS[question].split(":")
    found: type[PlaceTerms] = getattr(import_module(module), name)
    return found


def load_terms(model: type[Terms], path: Path) -> Terms:
    """Return a file as terms, or refuse it with every fault at once."""
    return load_model(model, path, PAGE)


def terms_schema(question: str) -> dict[str, Any]:
    """Return the JSON schema of a question's terms."""
    return terms_of(question).model_json_schema()
