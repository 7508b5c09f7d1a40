"""Read who was there, in which capacity, and who sent apologies."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from whatworks.board.parsed import Capacity, ListedPerson, Unresolved
from whatworks.board.reading.attendance.label import AttendanceLabel, read_label
from whatworks.board.reading.attendance.lines import (
    HEADED,
    RUNNING,
    apologies_in,
    continued,
    could_stand_before,
    implied_list,
    is_body_name,
    is_entry,
    is_list_heading,
    named_at_head,
    shared_endings,
)
from whatworks.board.reading.attendance.table import by_columns, people_columns
from whatworks.board.reading.attendee import ListedEntry, read_entry, read_list, read_substitute, split_two
from whatworks.board.reading.block import plain
from whatworks.board.reading.marker import read_marker
from whatworks.board.reading.outline import KNOWN_TITLE
from whatworks.board.reading.post import is_post, split_post
from whatworks.board.reading.sentence import sentences
from whatworks.records.documents import PARAGRAPH, Line

_COLUMNS = re.compile(r"\t|\s{2,}|\|")
_PROSE = re.compile(
    r"\b(?:welcomed|opened|noted|agreed|thanked|reported|updated|introduced|presented|resolved|explained|advised"
    r"|were received|was (?:given|noted|agreed|received)|started at|commenced at|are asked|is asked|there were)\b",
    re.IGNORECASE,
)
LONGEST_LIST = 150


@dataclass(slots=True)
class AttendanceLists:
    """The people of a meeting, and which lines say so."""

    people: list[ListedPerson] = field(default_factory=list)
    first: int | None = None
    """Line on which the lists begin; None where there is none."""
    last: int = 0
    """Last line before the first item."""
    placed: set[int] = field(default_factory=set)
    doubtful: list[str] = field(default_factory=list)
    """Lines read as two people, of which one may be a body that is not known."""


def read_attendance(lines: Sequence[Line], first: int, last: int) -> AttendanceLists:
    """Return the people listed between these lines, up to the first item of the agenda."""
    reader = _Reader()
    reader.implied = implied_list(lines[first - 1 : last])
    reader.bodies = shared_endings([plain(line.text) for line in lines[first - 1 : min(last, first + LONGEST_LIST)]])
    held = [line for line in continued(lines[first - 1 : last], reader.spans) if plain(line.text)]
    for at, line in enumerate(held):
        text = plain(line.text)
        reader.following = plain(held[at + 1].text) if at + 1 < len(held) else ""
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


_OTHER_BUSINESS = re.compile(
    r"(?:proposed|seconded|moved|proposer|seconder|agreed|resolved|decided|decision|actions?|noted"
    r"|ap\d)\b",
    re.IGNORECASE,
)
_NOTES = re.compile(r"(?:minutes?|notes?)(?: by)?\s*:?", re.IGNORECASE)
"""Above the name of who took them it heads a list; else it is an item."""
_CALLED = re.compile(
    r"apolog|attend|present|roll call|sederunt|absen|welcome|introduct|opening|order|ymddiheur"
    r"|regrets",
    re.IGNORECASE,
)


def read_within(lines: Sequence[Line], title: str) -> AttendanceLists:
    """Return the people listed below the heading of an item, if it could head such lists: prose is passed over."""
    reader = _Reader()
    if not _CALLED.search(title):
        return reader.held
    reader.label = read_label(title)
    for line in continued(lines, reader.spans):
        text = plain(line.text)
        if _OTHER_BUSINESS.match(text) or (
            read_marker(text)[0] and not is_entry(read_marker(text)[1]) and not is_entry(text)
        ):
            break
        if not text or (RUNNING.search(text) and not read_label(text)):
            continue
        reader.take(line, text)
    reader.forget()
    return reader.held


def _as_member(person: ListedPerson) -> ListedPerson:
    """Where no list of members stands, those "in attendance" are the members."""
    heading = (person.heading or "").lower()
    return replace(person, capacity="board") if person.present and heading == "in attendance" else person


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
        elif person.lines[0] - before.lines[1] > 1 and before.heading == person.heading and before.present:
            reason = f"is listed twice, on lines {before.lines[0]} and {person.lines[0]}"
            yield Unresolved(person.name, "name", (), reason, person.lines)


def _is_placed_entry(text: str, *, begun: bool) -> bool:
    """Tell whether a numbered line is somebody of a list that is begun, or a name with a post or body behind it."""
    found = read_list(text) if not KNOWN_TITLE.match(text) and not text.isupper() else ()
    return len(found) == 1 and (begun or is_post(found[0].role or "") or is_body_name(found[0].organisation or ""))


class _Reader:
    """Goes down the lists line by line."""

    def __init__(self) -> None:
        self.held = AttendanceLists()
        self.label: AttendanceLabel | None = None
        self.unknown = False
        """Whether the last heading is one that is not known: nobody below it is entered."""
        self.columns: tuple[str, ...] = ()
        self.pending: list[tuple[int, str]] = []
        self.group: str | None = None
        """The body that stands as a heading over people of the list."""
        self.below = 0
        """How many people stand under the label so far."""
        self.numbered = False
        self.following = ""
        """The next line of the paper."""
        self.spans: dict[int, int] = {}
        """The last line of each list that goes on over several lines."""
        self.implied: int | None = None
        """The first line of a list that has no heading."""
        self.bodies: frozenset[str] = frozenset()
        """Endings that several lines share: bodies that no list knows."""

    def ends(self, text: str, raw: str) -> bool:
        """Tell whether the lists are over, or never began, at this line."""
        marker, rest = read_marker(text)
        if marker and marker.kind == "section" and self.label and is_entry(text):
            return False  # "G. Ferrar" is a name
        if marker and marker.kind == "item":
            return True
        if marker and marker.kind != "bullet":
            first = (self.below == 0 and marker.key[0] == 1) or self.numbered
            listed = is_entry(rest) or (bool(self.label) and _is_placed_entry(rest, begun=self.numbered))
            self.numbered = bool(self.label and first and marker.kind in ("number", "letter") and listed)
            return not self.numbered
        self.numbered = False
        if self.label is None:
            return False
        if _NOTES.fullmatch(text):
            return not is_entry(self.following)
        if (KNOWN_TITLE.match(text) and not (read_label(text) or read_label(raw))) or re.match(
            r"^actions?\b", text, re.IGNORECASE
        ):
            return True
        cells = [cell.strip().lower() for cell in re.split(r"\t|\|", raw)]
        if any(re.fullmatch(r"actions?(?: (?:by|owner|required|points?))?", cell) for cell in cells):
            return True
        return bool(_PROSE.search(text)) and len(text.split()) >= 5 and not read_label(text)

    def take(self, line: Line, text: str) -> None:
        """Take in one line of the lists."""
        raw = line.text.replace("**", "").strip()
        cells = tuple(plain(cell) for cell in re.split(r"\t|\|", raw.strip("|")))
        if columns := people_columns(cells):
            self._begin(line.number, self.label or AttendanceLabel("board", "", ""))
            self.columns = columns
            self.held.placed.add(line.number)
        elif self.label and _NOTES.fullmatch(text):
            self.forget()
            self._begin(line.number, AttendanceLabel("secretariat", text.strip(" :"), ""))
            self.held.placed.add(line.number)
        elif label := read_label(raw.replace("|", "\t")) or (read_marker(text)[0] and read_label(read_marker(raw)[1])):
            self.forget()
            self._begin(line.number, label)
            self.columns = () if not label.rest else self.columns
            self.held.placed.add(line.number)
            for at, sentence in enumerate(sentences(label.rest)):
                if at == 0 or read_substitute(sentence.text.rstrip(".")):
                    self._entries(line.number, sentence.text.rstrip("."))
            self.held.last = line.number
        elif away := apologies_in(text):
            self._begin(line.number, AttendanceLabel("apologies", "Apologies", ""))
            self._enter(line.number, away, away=True)
            self.unknown = True
        elif self.label is not None and RUNNING.search(text):
            self.pending.append((line.number, text))
        elif self.label is not None or line.number == self.implied:
            if self.label is None:
                self._begin(line.number, AttendanceLabel("board", "", ""))
            self._entries(line.number, raw.strip("|").strip())

    def _begin(self, number: int, label: AttendanceLabel) -> None:
        self.label, self.unknown, self.group, self.below = label, False, None, 0
        self.held.first = self.held.first or number
        self.held.last = number

    def _entries(self, number: int, raw: str) -> None:
        assert self.label is not None  # noqa: S101
        away = False
        if self.columns and len(cells := [plain(cell) for cell in re.split(r"\t|\|", raw)]) > 1:
            found, away = by_columns(cells, self.columns)
        else:
            marker, rest = read_marker(raw)
            raw = rest if marker and not (marker.kind == "section" and is_entry(raw)) else raw
            found = list(self._people(raw))
        headed = HEADED.match(plain(raw))
        if headed and not self.columns and not could_stand_before(headed.group(1)):
            self.forget()
            self.unknown = True
        if self.unknown:
            self.held.last = number if found else self.held.last
        elif found:
            self._enter(number, found, away=away)
        else:
            self._nobody(number, plain(raw))

    def _people(self, raw: str) -> Iterator[ListedEntry]:
        if len(parts := [part for part in raw.split(PARAGRAPH) if part.strip()]) > 1:
            for part in map(str.strip, parts):
                single = read_entry(part)
                yield from [single] if single else self._people(part)
            return
        ending = next((body for body in self.bodies if raw.endswith(f" {body}")), None)
        if ending and not re.search(r"[,;\t(–—]|\s-\s|\s{2}", raw):
            raw = f"{raw.removesuffix(ending).strip()}, {ending}"
        if self.label and self.label.capacity == "apologies" and (pair := read_substitute(plain(raw))):
            yield from pair
            return
        cells = [cell for cell in _COLUMNS.split(raw) if cell.strip()]
        if (
            len(cells) > 1
            and all(map(named_at_head, cells))
            and sum(named_at_head(cell) == "sure" for cell in cells) >= (2 if len(cells) == 2 else 1)
        ):
            yield from (one for cell in cells for one in read_list(plain(cell)))
            return
        halves = split_two(plain(raw))
        if len(halves) > 1 or (";" in raw and not all(map(read_list, filter(str.strip, plain(raw).split(";"))))):
            self.held.doubtful.append(plain(raw))
        for half in halves:
            single = read_entry(raw) if len(halves) == 1 and _COLUMNS.search(raw) else None
            yield from [single] if single else read_list(half)

    def _enter(self, number: int, found: Sequence[ListedEntry], *, away: bool) -> None:
        assert self.label is not None  # noqa: S101
        began = self.pending[0][0] if self.pending and len(found) == 1 and not found[0].role else number
        role = split_post(" ".join(text for _, text in self.pending))[0] if began != number else None
        began = began if role else number
        self.held.placed.update([*(at for at, _ in self.pending if role), number])
        self.held.last = max(self.held.last, number)
        self.pending = []
        self.below += len(found)
        substituted = any(one.away for one in found)
        for one in found:
            if self.group and not one.organisation:
                one = replace(one, organisation=self.group)
            label = replace(self.label, capacity="board") if substituted and not one.away else self.label
            self.held.people.append(_person(one, label, role, away=away or one.away, lines=(began, number)))

    def _nobody(self, number: int, text: str) -> None:
        """Take in a line in which nobody stands: a body over its people, more of the entry above, or a heading."""
        post, body = split_post(text) if not re.search(r"[.?!]$|\d", text) else (None, None)
        is_body = body is not None and post is None and is_body_name(text)
        last = self.held.people[-1] if self.held.people and self.below else None
        follows = last is not None and last.lines[1] == self.held.last and not self.group
        if is_body and (self.below == 0 or self.group):
            self.group = text.rstrip(":")
            self.held.placed.add(number)
            self.held.last = number
        elif is_body and last and follows and not last.organisation:
            self._add_to_last(last, number, organisation=text)
        elif is_list_heading(text) and not is_body and post is None and not (self.pending and not text.endswith(":")):
            self.forget()
            self.unknown = True
        else:
            self.pending.append((number, text))

    def _add_to_last(self, last: ListedPerson, number: int, *, organisation: str) -> None:
        self.held.people[-1] = replace(last, organisation=organisation, lines=(last.lines[0], number))
        self.held.placed.add(number)
        self.held.last = number

    def forget(self) -> None:
        """Leave lines in which nobody was found to be listed as unplaced."""
        if self.label and self.label.capacity == "apologies":
            self.held.placed.update(at for at, text in self.pending if re.match(r"none|nil|n/?a", text, re.IGNORECASE))
        self.pending = []
        for first, last in self.spans.items():
            if first in self.held.placed:
                self.held.placed.update(range(first, last + 1))
                self.held.last = max(self.held.last, last)


def _person(
    one: ListedEntry, label: AttendanceLabel, role: str | None, *, away: bool, lines: tuple[int, int]
) -> ListedPerson:
    capacity: Capacity = "apologies" if away else label.capacity
    said = role or one.role
    if label.chairing and "chair" not in (said or "").lower():
        said = f"{said}, {label.printed}" if said else label.printed
    return ListedPerson(
        one.name, said, one.organisation, capacity, capacity != "apologies", lines, label.printed or None, one.initials
    )
