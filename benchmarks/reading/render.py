"""Lay a made-up meeting out as one board would, and keep the right answer: what that layout printed.

A layout is a Jinja template whose first line says its form, as `{# docx us head="Minutes" #}`. What it prints through
`here`, `away`, `item`, `decided` and `act` is the answer; what it prints otherwise is not to be read as such. Text and
HTML are written as they stand. Word and PDF are written from lines: `# heading`, `## lesser heading`, `* bullet`,
`| cells | of a table` (`;;` starts a new paragraph in a cell), `~ columns ~ without rules`, else a paragraph.
"""

import datetime as dt
import itertools
import re
import textwrap
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import docx
import jinja2
import typst
from content import Action, Meeting, Person

HERE = Path(__file__).resolve().parent


def ordinal(day: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    return f"{day}{'th' if day in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def fmt(day: dt.date | dt.time, pattern: str) -> str:
    """A date or time by strftime; `%o` is the day with st, nd, rd or th; am and pm are in lower case."""
    if isinstance(day, dt.date):
        pattern = pattern.replace("%o", ordinal(day.day))
    return day.strftime(pattern).replace("AM", "am").replace("PM", "pm")


def wrapped(text: str, width: int, indent: str = "") -> str:
    """A paragraph on lines of so many characters, those after the first set in."""
    return textwrap.fill(text, width, subsequent_indent=indent, break_on_hyphens=False)


@dataclass
class Printed:
    """An action as a layout prints it."""

    do: str
    who: str
    by: str
    """With its preposition: " by 5 March"; empty where no date is given."""
    when: str
    """Bare, for a cell: "5 March"."""

    def sentence(self, verb: str = "to") -> str:
        """As one sentence: "AO to circulate the figures by 5 March."."""
        text = f"{self.who} {verb} {self.do}" if self.who else self.do[0].upper() + self.do[1:]
        return f"{text}{self.by}."


def day_pattern(kind: str, pattern: str) -> str:
    """The pattern of a due date: a date in words may lose its year, or its year and gain its weekday."""
    if kind == "day" or not re.search("%[Bb]", pattern):
        return pattern
    return ("%A " if kind == "weekday" else "") + pattern.replace(" %Y", "").strip(", ")


def owner_forms(owner: Person | str) -> list[str]:
    """Every form of an owner's name that is right."""
    if isinstance(owner, str):
        return [owner]
    return [owner.full, owner.titled, owner.short, owner.courtesy, owner.initials, owner.last]


def person_forms(person: Person, text: str) -> list[str]:
    """Every form of a name that is right where it is printed so: a surname alone only where no more is printed."""
    given = re.search(rf"\b{person.first[0]}", text.replace(person.last, "").removeprefix(person.title))
    return [person.full, person.short] + (
        [] if given else [person.last, f"{person.title} {person.last}", person.courtesy]
    )


@dataclass
class Recorder:
    """What a layout has printed of a meeting."""

    meeting: Meeting
    people: list[dict[str, Any]] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    optional_items: list[str] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)
    optional_decisions: list[str] = field(default_factory=list)
    actions: list[dict[str, Any]] = field(default_factory=list)
    optional_actions: list[str] = field(default_factory=list)

    def here(self, person: Person, text: str) -> str:
        """Print somebody who was present, by this text."""
        self.people.append({"names": person_forms(person, text), "present": True})
        return text

    def away(self, person: Person, text: str) -> str:
        """Print somebody who was not."""
        self.people.append({"names": person_forms(person, text), "present": False})
        return text

    def item(self, title: str) -> str:
        """Print the title of an item of the agenda."""
        self.items.append(title)
        return title

    def sub(self, title: str) -> str:
        """Print a lesser heading, which may be read as an item or not."""
        self.optional_items.append(title)
        return title

    def decided(self, text: str, core: str = "") -> str:
        """Print what the board decided; `core` is what a reading must hold, if that is not all."""
        self.decisions.append(core or text)
        return text

    def maybe(self, text: str) -> str:
        """Print what may be read as a decision or not: "RESOLVED that the report be noted"."""
        self.optional_decisions.append(text)
        return text

    def old(self, text: str, status: str) -> str:
        """Print an action of an earlier meeting: one that still runs may be carried, one that is done may not."""
        if re.match("ongoing|carried|in progress|open|outstanding", status, re.IGNORECASE):
            self.optional_actions.append(text)
        return text

    def act(
        self, action: Action, who: str = "full", day: str = "%-d %B %Y", join: str = " and ", nobody: str = ""
    ) -> Printed:
        """An action, its owners in the form named (a field of `Person`), its date in the form given.

        `nobody` is printed where it has no owner, and may be read as one."""
        due = action.due
        when = due.phrase or (fmt(due.day, day_pattern(due.kind, day)) if due.day else "")
        owners = [owner_forms(owner) for owner in action.owners]
        answer = {"text": action.do, "owners": owners, "due": due.day and due.day.isoformat(), "due_text": when}
        others = [day and day.isoformat() for day in due.others]
        self.actions.append(answer | {"kind": due.kind, "due_or": others, "owner_or": nobody})
        names = join.join(owner if isinstance(owner, str) else getattr(owner, who) for owner in action.owners) or nobody
        link = {"within": " ", "open": " ", "next": " for ", "month meeting": " for ", "week": " in the "}.get(
            due.kind, " by "
        )
        return Printed(action.do, names, link + when if when else "", when[:1].upper() + when[1:])

    def answer(self) -> dict[str, Any]:
        """The right answer, as a plain document."""
        meeting = self.meeting
        return {
            "body": meeting.body,
            "date": meeting.date.isoformat(),
            "previous": meeting.previous.isoformat(),
            "next": meeting.following.isoformat(),
            "people": self.people,
            "items": self.items,
            "optional_items": self.optional_items,
            "decisions": self.decisions,
            "optional_decisions": self.optional_decisions,
            "actions": self.actions,
            "optional_actions": self.optional_actions + meeting.undertakings,
        }


def render(layout: Path, meeting: Meeting, folder: Path) -> tuple[str, dict[str, Any]]:
    """Write the paper; return its name and the right answer."""
    loader = jinja2.FileSystemLoader(layout.parent)
    env = jinja2.Environment(
        loader=loader, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined, autoescape=False
    )
    env.filters |= {
        "fmt": fmt,
        "upper1": lambda text: text[0].upper() + text[1:],
        "lines": str.splitlines,
        "wrap": wrapped,
    }
    options = layout.read_text("utf-8").split("\n", 1)[0].strip("{}# ")
    form, *_ = options.split()
    settings = dict(re.findall(r'(\w+)="([^"]*)"', options))
    if "body" in settings:
        meeting = replace(meeting, body=settings["body"].replace("AREA", meeting.area))
    recorder = Recorder(meeting)
    verbs = {
        name: getattr(recorder, name) for name in ("here", "away", "item", "sub", "decided", "maybe", "old", "act")
    }
    number = itertools.count(1)
    text = env.get_template(layout.name).render(m=meeting, n=lambda: next(number), zip=zip, roman=roman, **verbs)
    name = f"{meeting.seed}.{form}"
    {"txt": write_text, "html": write_text, "docx": write_word, "pdf": write_pdf}[form](folder / name, text, settings)
    answer = recorder.answer()
    for unprinted in settings.get("without", "").split():
        answer[unprinted] = None
        for action in answer["actions"]:
            if unprinted == "next" and action["kind"] == "next":
                action["due"] = None
    return name, answer


def roman(number: int) -> str:
    """I to XX."""
    tens, ones = divmod(number, 10)
    return "X" * tens + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][ones]


def write_text(path: Path, text: str, settings: dict[str, str]) -> None:
    """Write text or HTML as it stands."""
    path.write_text(text, "utf-8")


def blocks(text: str) -> list[tuple[str, list[list[str]]]]:
    """The lines of a template by kind; neighbouring rows of as many cells make one block."""
    kinds: list[tuple[str, list[list[str]]]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        mark = re.match(r"(#{1,2}|[*|~])\s*", line)
        kind = mark[1] if mark else ""
        rest = line[mark.end() :] if mark else line
        cells = [cell.strip() for cell in rest.rstrip(kind).split(kind)] if kind in ("|", "~") else [rest]
        if kind in ("|", "~") and kinds and kinds[-1][0] == kind and len(kinds[-1][1][0]) == len(cells):
            kinds[-1][1].append(cells)
        else:
            kinds.append((kind, [cells]))
    return kinds


def write_word(path: Path, text: str, settings: dict[str, str]) -> None:
    """Write a Word document; columns without rules are set with tabs."""
    document = docx.Document()
    if "foot" in settings:
        document.sections[0].footer.paragraphs[0].text = settings["foot"]
    for kind, rows in blocks(text):
        if kind == "|":
            table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, words in zip(row.cells, cells, strict=True):
                    first, *more = words.split(";;")
                    cell.text = first.strip()
                    for paragraph in more:
                        cell.add_paragraph(paragraph.strip())
        elif kind == "~":
            for cells in rows:
                document.add_paragraph("\t".join(cells))
        elif kind in ("#", "##") and settings.get("bold"):
            document.add_paragraph().add_run(rows[0][0]).bold = True
        elif kind in ("#", "##"):
            document.add_heading(rows[0][0], len(kind))
        else:
            document.add_paragraph(rows[0][0], style="List Bullet" if kind == "*" else None)
    document.save(str(path))


def quoted(text: str) -> str:
    """Text as a Typst string shown as it is."""
    return '#"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def write_pdf(path: Path, text: str, settings: dict[str, str]) -> None:
    """Write a PDF of A4 pages with a foot, of one column or more."""
    foot = quoted(settings.get("foot", "Page ")) + ' #context counter(page).display("1")'
    head = f"[{quoted(settings['head'])}]" if "head" in settings else "none"
    page = f'paper: "a4", columns: {settings.get("columns", 1)}, header: {head}, footer: align(center)[{foot}]'
    lines = [f"#set page({page})\n#set text(size: 10pt, hyphenate: false)\n#set smartquote(enabled: false)"]
    widths = settings.get("widths", "")
    for kind, rows in blocks(text):
        if kind in ("|", "~"):
            cells = ", ".join(
                "[" + " #parbreak() ".join(quoted(part.strip()) for part in cell.split(";;")) + "]"
                for row in rows
                for cell in row
            )
            columns = widths if widths.count(",") + 1 == len(rows[0]) else "1fr, " * len(rows[0])
            rule = "0.5pt" if kind == "|" else "none"
            lines.append(f"#table(columns: ({columns}), stroke: {rule}, inset: 4pt, {cells})\n")
        elif kind in ("#", "##"):
            lines.append(f"#block[#strong[{quoted(rows[0][0])}]]\n")
        else:
            lines.append(("- " if kind == "*" else "") + quoted(rows[0][0]) + "\n")
    typst.compile("\n".join(lines).encode(), output=str(path))
