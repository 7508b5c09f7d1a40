"""Read who was there, in which capacity, and who sent apologies."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from whatworks.board.parsed import Capacity, ListedPerson, Unresolved
from whatworks.board.reading.attendance_label import AttendanceLabel, read_label
from whatworks.board.reading.attendee import ListedEntry, read_entry, read_list
from whatworks.board.reading.block import plain
from whatworks.board.reading.marker import read_marker
from whatworks.records.documents import Line

_COLUMNS = re.compile(r"\t|\s{2,}|\|")
_FIRST_ITEMS = re.compile(
    r"^(?:chair'?s? )?(?:welcome|introductions?|opening|minutes of|minutes and|apologies and|declarations? of"
    r"|matters arising|actions? (?:from|log|arising)"
    r"|review of (?:the )?(?:minutes|actions)|urgent business|public questions|agenda)\b",
    re.IGNORECASE,
)
_PROSE = re.compile(
    r"\b(?:welcomed|opened|noted|agreed|thanked|reported|updated|introduced|presented|resolved|explained|advised"
    r"|were received|was (?:given|noted|agreed|received)|started at|commenced at|are asked|is asked|there were)\b",
    re.IGNORECASE,
)
_HEADS: dict[str, str] = {
    **dict.fromkeys(("name", "names", "attendee", "attendees", "member", "members", "representative"), "name"),
    **dict.fromkeys(("title", "role", "position", "job title", "post", "designation", "title/role"), "role"),
    **dict.fromkeys(("organisation", "organization", "agency", "representing", "body", "partner"), "organisation"),
    **dict.fromkeys(("organisation/agency", "department"), "organisation"),
    **dict.fromkeys(("present", "attendance", "status", "attended", "capacity"), "status"),
    "initials": "initials",
}
_AWAY = re.compile(r"^(?:apologies|absent|apols?\.?|no|sent apologies)\b", re.IGNORECASE)
_PROSE_APOLOGIES = re.compile(
    r"\bapologies(?: for (?:absence|non-attendance))?\s*(?:(?:were|was|had been|have been)\s+)?(?:also\s+)?"
    r"(?:received|given|sent|noted|submitted|tendered|recorded|accepted)?\s*(?:from|for|by|on behalf of)\s+"
    r"(?P<names>[^\n]+)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class AttendanceLists:
    """The people of a meeting, and which lines say so."""

    people: list[ListedPerson] = field(default_factory=list)
    first: int | None = None
    """Line on which the lists begin; None where there is none."""
    last: int = 0
    """Last line before the first item."""
    placed: set[int] = field(default_factory=set)
    labelled: bool = False


def is_attendance_head(cells: Sequence[str]) -> bool:
    """Tell whether a row is the header of a table of people.

    >>> is_attendance_head(("Name", "Job title", "Organisation")), is_attendance_head(("Action", "Owner", "Due"))
    (True, False)
    """
    kinds = [_HEADS.get(cell.strip(" :").lower()) for cell in cells]
    return "name" in kinds and len([kind for kind in kinds if kind]) >= 2


def read_attendance(lines: Sequence[Line], first: int, last: int) -> AttendanceLists:
    """Return the people listed between these lines, up to the first item of the agenda."""
    reader = _Reader()
    for line in _unwrapped(lines[first - 1 : last]):
        text = plain(line.text)
        if not text:
            continue
        if reader.ends(text, line.text):
            break
        reader.take(line, text)
    reader.forget()
    for line in lines[first - 1 : last]:
        if line.wrapped and line.number - 1 in reader.held.placed:
            reader.held.placed.add(line.number)
    if not any(person.capacity == "board" for person in reader.held.people):
        reader.held.people = [_as_member(person) for person in reader.held.people]
    return reader.held


def _unwrapped(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines, each with those that go on with it for want of room on the page."""
    whole: Line | None = None
    for line in lines:
        if whole and line.wrapped and not read_label(plain(line.text)):
            whole = replace(whole, text=f"{whole.text} {line.text.strip()}")
            continue
        if whole:
            yield whole
        whole = line
    if whole:
        yield whole


def _as_member(person: ListedPerson) -> ListedPerson:
    """Where no list of members stands, those "in attendance" are the members."""
    heading = (person.heading or "").lower()
    return replace(person, capacity="board") if person.present and heading == "in attendance" else person


def apologies_in(text: str) -> tuple[ListedEntry, ...]:
    """Return who sent apologies, where a sentence says so.

    >>> [one.name for one in apologies_in("Apologies were received from Cllr Ada Example and Joe Sample.")]
    ['Ada Example', 'Joe Sample']
    """
    found = _PROSE_APOLOGIES.search(text)
    return read_list(re.split(r"\.\s+(?=[A-Z][a-z]+ )|\.$", found.group("names"))[0]) if found else ()


def merge(people: Iterable[ListedPerson]) -> tuple[ListedPerson, ...]:
    """Return each person once: who stands in two lists is named where they come first."""
    kept: dict[str, ListedPerson] = {}
    for person in people:
        key = person.name.replace("’", "'").lower()
        if key in kept:
            before = kept[key]
            near = abs(person.lines[0] - before.lines[1]) <= 1
            kept[key] = replace(
                before,
                role=before.role or person.role,
                organisation=before.organisation or person.organisation,
                lines=(min(before.lines[0], person.lines[0]), max(before.lines[1], person.lines[1]))
                if near
                else before.lines,
            )
        else:
            kept[key] = person
    return tuple(kept.values())


def both_ways(people: Iterable[ListedPerson]) -> Iterator[Unresolved]:
    """Yield who is listed as present and under apologies: which of the two is right, the paper does not say."""
    seen: dict[str, ListedPerson] = {}
    for person in people:
        before = seen.setdefault(person.name.replace("’", "'").lower(), person)
        if before.present != person.present:
            here, away = (before, person) if before.present else (person, before)
            reason = f"is listed as present on line {here.lines[0]} and under apologies on line {away.lines[0]}"
            yield Unresolved(person.name, "attendance", (), reason, person.lines)


class _Reader:
    """Goes down the lists line by line."""

    def __init__(self) -> None:
        self.held = AttendanceLists()
        self.label: AttendanceLabel | None = None
        self.columns: tuple[str, ...] = ()
        self.pending: list[tuple[int, str]] = []

    def ends(self, text: str, raw: str) -> bool:
        """Tell whether the lists are over, or never began, at this line."""
        marker, rest = read_marker(text)
        if marker and marker.kind == "item":
            return True
        if marker and marker.kind != "bullet":
            return not (self.label and marker.kind in ("number", "letter") and _person_stands_in(rest))
        if self.label is None:
            return False
        if _FIRST_ITEMS.match(text) or re.match(r"^actions?\b", text, re.IGNORECASE):
            return True
        cells = [cell.strip().lower() for cell in re.split(r"\t|\|", raw)]
        if any(re.fullmatch(r"actions?(?: (?:by|owner|required|points?))?", cell) for cell in cells):
            return True
        return bool(_PROSE.search(text)) and len(text.split()) >= 5 and not read_label(text)

    def take(self, line: Line, text: str) -> None:
        """Take in one line of the lists."""
        cells = tuple(plain(cell) for cell in re.split(r"\t|\|", line.text.strip().strip("|")))
        if is_attendance_head(cells):
            self._begin(line.number, self.label or AttendanceLabel("board", "", ""))
            self.columns = tuple(_HEADS.get(cell.strip(" :").lower(), "") for cell in cells)
            self.held.placed.add(line.number)
            return
        label = read_label(line.text.replace("|", "\t").replace("**", "").strip()) or read_label(text)
        if label:
            self.forget()
            self._begin(line.number, label)
            self.columns = () if not label.rest else self.columns
            self.held.placed.add(line.number)
            if label.rest and not re.fullmatch(r"[\W_]*", label.rest):
                self._entries(line.number, label.rest)
            self.held.last = line.number
            return
        if self.label is None:
            return
        self._entries(line.number, line.text.strip().strip("|").strip())

    def _begin(self, number: int, label: AttendanceLabel) -> None:
        self.label = label
        self.held.first = self.held.first or number
        self.held.last = number
        self.held.labelled = True

    def _entries(self, number: int, raw: str) -> None:
        assert self.label is not None  # noqa: S101
        away = False
        if self.columns and len(cells := [plain(cell) for cell in re.split(r"\t|\|", raw)]) > 1:
            found, away = _by_columns(cells, self.columns)
        else:
            raw = read_marker(raw)[1] if read_marker(raw)[0] else raw
            single = read_entry(raw) if _COLUMNS.search(raw) else None
            found = [single] if single else list(read_list(plain(raw)))
        if not found:
            self.pending.append((number, plain(raw)))
            return
        began = self.pending[0][0] if self.pending and len(found) == 1 and not found[0].role else number
        role = " ".join(text for _, text in self.pending) if began != number else None
        self.held.placed.update([*(at for at, _ in self.pending if role), number])
        self.held.last = max(self.held.last, number)
        self.pending = []
        for one in found:
            self.held.people.append(_person(one, self.label, role, away=away, lines=(began, number)))

    def forget(self) -> None:
        """Leave lines in which nobody was found to be listed as unplaced."""
        if self.label and self.label.capacity == "apologies":
            self.held.placed.update(at for at, text in self.pending if re.match(r"none|nil|n/?a", text, re.IGNORECASE))
        self.pending = []


def _person(
    one: ListedEntry, label: AttendanceLabel, role: str | None, *, away: bool, lines: tuple[int, int]
) -> ListedPerson:
    capacity: Capacity = "apologies" if away else label.capacity
    said = role or one.role
    if label.chairing and "chair" not in (said or "").lower():
        said = f"{said}, {label.printed}" if said else label.printed
    return ListedPerson(
        one.name, said, one.organisation, capacity, capacity != "apologies", lines, label.printed or None
    )


def _by_columns(cells: Sequence[str], columns: Sequence[str]) -> tuple[list[ListedEntry], bool]:
    values = dict(zip(columns, cells, strict=False))
    found = read_entry(values.get("name", "")) or (read_entry(" , ".join(cells)) if not values.get("name") else None)
    name = values.get("name", "").strip()
    if found is None and re.fullmatch(r"(?:[A-Z][\w'’.-]*\s?){2,4}", name):
        found = ListedEntry(name, None, None)
    if found is None:
        return [], False
    role = ", ".join(one for one in (found.role, values.get("role")) if one) or None
    person = ListedEntry(found.name, role, values.get("organisation") or found.organisation)
    return [person], bool(_AWAY.match(values.get("status", "")))


def _person_stands_in(text: str) -> bool:
    return bool(read_list(text)) and not _FIRST_ITEMS.match(text) and not text.isupper()
