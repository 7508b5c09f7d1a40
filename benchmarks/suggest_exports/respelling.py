"""Write an export's headings as another system's hand would: other words, another order, another case."""

import random
import re
from dataclasses import replace

from suggest_exports.export import Export

_WORDS = {
    "number": ("No", "Number", "Num", "Ref", "ID", "No."),
    "no": ("No", "Number", "Num", "Ref"),
    "ref": ("Ref", "Reference", "No"),
    "id": ("ID", "Identifier", "No"),
    "urn": ("URN", "Ref", "ID"),
    "surname": ("Surname", "Last Name", "Family Name", "SName"),
    "forename": ("Forename", "First Name", "Given Name", "Forename(s)", "FName"),
    "dob": ("DOB", "D.O.B.", "DoB", "Date of Birth", "Birth Date"),
    "gender": ("Gender", "Sex"),
    "sex": ("Sex", "Gender"),
    "start": ("Start", "From"),
    "end": ("End", "To"),
    "date": ("Date", "Dt", "DATE"),
    "postcode": ("Postcode", "Post Code", "PCode"),
    "ethnicity": ("Ethnicity", "Ethnic Group"),
    "offence": ("Offence", "Off"),
}
_ONE = {"First Name": "forename", "Last Name": "surname", "Date of Birth": "dob", "Post Code": "postcode"}


def respelt(export: Export, seed: int) -> Export:
    """Return the export under other spellings of its headings; its marks follow. Two headings never become one."""
    drawn = random.Random(seed)
    style = drawn.choice((_spaced, _snake, _upper, _camel, _dashed))
    names: dict[str, str] = {}
    for heading in export.columns:
        changed = style(_reworded(heading, drawn))
        names[heading] = heading if changed in names.values() or changed in export.columns else changed
    columns = {names[heading]: write for heading, write in export.columns.items()}
    marks = {
        table: {ours: re.sub(r"^(.*?)(\[\d\])?$", lambda found: names[found[1]] + (found[2] or ""), theirs, count=1)
                for ours, theirs in pairs.items()}
        for table, pairs in export.marks.items()
    }  # fmt: skip
    return replace(export, columns=columns, marks=marks, delimiter="|")


def _reworded(heading: str, drawn: random.Random) -> list[str]:
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading).replace("/", " ").replace("_", " ")
    for phrase, word in _ONE.items():
        text = re.sub(rf"\b{phrase}\b", word, text, flags=re.IGNORECASE)
    words = text.split()
    if len(words) == 2 and words[1].lower() == "date" and drawn.random() < 0.5:
        words = drawn.choice((["Date", "of", words[0]], ["Date", words[0]]))
    return [drawn.choice(_WORDS.get(word.lower(), (word,))) for word in words]


def _spaced(words: list[str]) -> str:
    return " ".join(words)


def _bare(words: list[str]) -> list[str]:
    return re.sub(r"[().]", "", " ".join(words)).split()


def _snake(words: list[str]) -> str:
    return "_".join(_bare(words)).lower()


def _upper(words: list[str]) -> str:
    return "_".join(_bare(words)).upper()


def _camel(words: list[str]) -> str:
    first, *rest = _bare(words)
    return first.lower() + "".join(word[:1].upper() + word[1:].lower() for word in rest)


def _dashed(words: list[str]) -> str:
    return "-".join(_bare(words))
