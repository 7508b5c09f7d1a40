"""What a page may ask: a command's own question, with the fields of its form."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any, Literal

from whatworks.records.refusal import Fault, Refused, choice

if TYPE_CHECKING:
    from pathlib import Path

    from whatworks.papers.answer import Answer
    from whatworks.papers.paper import Paper
    from whatworks.records.partnership import Partnership

OF_THE_FORM = ("ask", "done", "form_token")
"""What a form sends besides its fields."""
NAME = re.compile(r"[\w-]+")
"""The name of something ready-made: no path, and no name of a file."""
Kind = Literal["text", "number", "choice", "yes", "many", "file"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: the parameter that it fills, its label, and the values that it may have.

    `flag` is what a command calls it. `choices` are all the values; where others may be written in, `suggested`.
    """

    name: str
    label: str
    hint: str
    flag: str = ""
    kind: Kind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()
    default: Any = None
    whole: bool = False
    several: bool = False
    least: float | None = None
    most: float | None = None
    or_file: bool = False
    """Whether a file may be sent in place of the name of something ready-made; a name is never a path."""

    def read(self, text: str, files: "Sequence[Path]" = ()) -> Any:
        """Return what was filled in, or the files that were sent, or refuse what the field may not hold.

        >>> Field("repeat", "Repeat", "", kind="number", whole=True, least=2).read("3")
        3
        >>> Field("by", "By", "", kind="choice", choices=("borough",)).read("brough")
        Traceback (most recent call last):
        whatworks.records.refusal.Refused: By "brough": is not one of the choices; choose borough
        """
        if self.kind == "file":
            if self.required and not files:
                raise Refused(Fault("is not chosen", "choose a file", field=self.label))
            return (list(files) if self.several else files[0]) if files else self.default
        text = text.strip()
        if self.or_file and files:
            return str(files[0])
        if self.or_file and text and not NAME.fullmatch(text):
            raise Refused(Fault("is not a name", "choose a ready-made one, or send your file", field=self.label))
        if self.kind == "yes":
            return text == "yes"
        if self.kind == "many" and text:
            return [line.strip() for line in text.splitlines() if line.strip()]
        if not text:
            if self.required:
                raise Refused(Fault("is empty", "fill it in", field=self.label))
            return self.default
        if self.kind == "choice" and text not in self.choices:
            remedy = f"choose {' or '.join(self.choices)}"
            raise Refused(Fault("is not one of the choices", remedy, field=self.label, value=text))
        return self._number(text) if self.kind == "number" else text

    def _number(self, text: str) -> float:
        kind, words = (int, "a whole number") if self.whole else (float, "a number")
        try:
            number = kind(text)
            if not isfinite(number):
                raise ValueError
        except ValueError:
            remedy = "write it in digits, as 28"
            raise Refused(Fault(f"is not {words}", remedy, field=self.label, value=text)) from None
        if (self.least is not None and number < self.least) or (self.most is not None and number > self.most):
            ends = " and ".join(
                f"{word} {end:,}" for word, end in (("at least", self.least), ("at most", self.most)) if end is not None
            )
            raise Refused(Fault("is outside of what can be asked", f"it is {ends}", field=self.label, value=text))
        return number


@dataclass(frozen=True, slots=True)
class Said:
    """What a command says, a line each; `faults` say what was left undone; a `paper` stands in place of the lines.

    `notes` stand beside it; `files` are what the command wrote, by their names.
    """

    lines: tuple[str, ...]
    faults: tuple[Fault, ...] = ()
    paper: "Paper | None" = None
    notes: tuple[str, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What a command answers or changes: where it stands, what it says of itself, its fields, and how it is asked.

    Verbs of a register stand under the `thing` that they are about.
    """

    room: str
    name: str
    help: str
    fields: tuple[Field, ...]
    ask: "Callable[[Path, dict[str, Any]], Answer | Said]"
    thing: str = ""
    changes: bool = False
    writes: bool = False

    @property
    def path(self) -> str:
        """Its address below `/questions/`."""
        return "/".join(filter(None, (self.room, self.thing, self.name)))

    @property
    def title(self) -> str:
        """Its name as a heading.

        >>> Question("journeys", "time", "Say how long.", (), print).title
        'Journeys: time'
        """
        words = f"{self.thing} {self.name}".strip().replace("-", " ")
        return f"{self.room.capitalize()}: {words}"

    @property
    def told(self) -> tuple[str, ...]:
        """Its help as paragraphs of a page: options by the labels of their fields, nothing of what only a screen does.

        >>> by = Field("by", "By", "", "--by")
        >>> Question("a", "b", "Say how long.\\n\\nWith --by each\\nalone. --json has all.", (by,), print).told
        ('Say how long.', 'With “By” each alone.')
        """
        labels = {field.flag: f"“{field.label}”" for field in self.fields}
        told = []
        for part in self.help.split("\n\n"):
            sentences = re.split(r"(?<=[.?!]) ", " ".join(part.split()))
            named = [re.sub(r"--[a-z-]+", lambda found: labels.get(found[0], found[0]), one) for one in sentences]
            told.append(" ".join(one for one in named if "--" not in one))
        return tuple(filter(None, told))

    @property
    def sends(self) -> bool:
        """Whether its form is sent rather than named in an address: it changes or writes something, or needs a file."""
        return self.changes or self.writes or any(one.kind == "file" and one.required for one in self.fields)

    @property
    def takes_files(self) -> bool:
        """Whether a file may be sent with its form."""
        return any(one.kind == "file" or one.or_file for one in self.fields)

    def answer(
        self, here: "Partnership", given: Mapping[str, str], files: "Mapping[str, Sequence[Path]] | None" = None
    ) -> "Answer | Said":
        """Return the answer to what was filled in and the files sent, or refuse all faults at once."""
        known = [field.name for field in self.fields]
        unknown = [name for name in given if name not in (*known, *OF_THE_FORM)]
        values, faults = (
            dict[str, Any](),
            [Fault("is not a field", choice(name, known), field=name) for name in unknown],
        )
        for field in self.fields:
            try:
                values[field.name] = field.read(given.get(field.name, ""), (files or {}).get(field.name, ()))
            except Refused as refused:
                faults += refused.faults
        if faults:
            raise Refused(faults)
        return self.ask(here.root, values)
