"""The waves of a survey in their order, and where the series breaks: another question, mode or population."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from whatworks.records.refusal import Fault, Refused

COMPARED = ("wording", "mode", "population")
"""What has to stay the same for two waves to be compared."""


@dataclass(frozen=True, slots=True)
class Wave:
    """One wave, with the words in which the question was put in it."""

    name: str
    first: date
    last: date
    wording: str | None = None
    mode: str | None = None
    population: str | None = None
    panel: str | None = None


@dataclass(frozen=True, slots=True)
class Break:
    """Between two waves something changed, so that no number before is compared with one after."""

    before: str
    after: str
    on: date
    changed: tuple[tuple[str, str, str], ...]
    """What changed (wording, mode or population), from what, to what."""

    @property
    def sentence(self) -> str:
        """Return what changed.

        >>> Break("2023-Q4", "2024-Q1", date(2024, 1, 1), (("mode", "web", "post"),)).sentence
        'Between 2023-Q4 and 2024-Q1 the mode changed ("web" became "post"): the series breaks there.'
        """
        words = {"wording": "the wording of the question", "mode": "the mode", "population": "the population"}
        what = " and ".join(f'{words[name]} changed ("{old}" became "{new}")' for name, old, new in self.changed)
        return f"Between {self.before} and {self.after} {what}: the series breaks there."


def breaks(waves: Sequence[Wave]) -> tuple[Break, ...]:
    """Return where the series breaks: each wave is held against the last before it that states the same thing.

    What a wave does not state is not known to have changed; the next that does is held against what stood before.

    >>> day = date(2024, 1, 1)
    >>> waves = [Wave("a", day, day, "Q?"), Wave("b", day, day), Wave("c", day, day, "Other?")]
    >>> [found.after for found in breaks(waves)]
    ['c']
    """
    found, last = [], dict[str, str]()
    for at, wave in enumerate(waves):
        stated = {name: getattr(wave, name) for name in COMPARED if getattr(wave, name)}
        pairs = ((name, last.get(name, new), new) for name, new in stated.items())
        changed = tuple(pair for pair in pairs if pair[1] != pair[2])
        if changed:
            found.append(Break(waves[at - 1].name, wave.name, wave.first, changed))
        last |= stated
    return tuple(found)


def runs(waves: Sequence[Wave]) -> list[list[int]]:
    """Return the places of waves that may be compared with each other, run by run.

    >>> day = date(2024, 1, 1)
    >>> runs([Wave("a", day, day, "Q?"), Wave("b", day, day, "Other?"), Wave("c", day, day, "Other?")])
    [[0], [1, 2]]
    """
    starts = {one.after for one in breaks(waves)}
    found: list[list[int]] = []
    for place, wave in enumerate(waves):
        if not found or wave.name in starts:
            found.append([])
        found[-1].append(place)
    return found


def samples(waves: Sequence[Wave]) -> list[int]:
    """Return the number of each wave's sample: waves of one panel, or whose days overlap, share people.

    >>> days = [(1, 3), (3, 5), (7, 9)]
    >>> samples([Wave(str(at), date(2024, low, 1), date(2024, high, 1)) for at, (low, high) in enumerate(days)])
    [0, 0, 2]
    """
    number = list(range(len(waves)))
    for later, wave in enumerate(waves):
        for earlier in range(later):
            other = waves[earlier]
            overlap = other.first <= wave.last and wave.first <= other.last
            if overlap or (wave.panel is not None and wave.panel == other.panel):
                number = [number[earlier] if one == number[later] else one for one in number]
    return number


def check_twice(waves: Sequence[Wave]) -> None:
    """Refuse two waves of the same days: one wave that was sent twice."""
    faults = [
        Fault(f"waves {waves[at].name} and {wave.name} have the same days", "import the wave once", field="wave_id")
        for place, wave in enumerate(waves)
        for at in range(place)
        if (waves[at].first, waves[at].last) == (wave.first, wave.last)
    ]
    if faults:
        raise Refused(faults)


def period(waves: Sequence[Wave], text: str) -> list[int]:
    """Return the places of the waves that `FIRST..LAST`, or one name, stands for.

    >>> day = date(2024, 1, 1)
    >>> period([Wave("a", day, day), Wave("b", day, day), Wave("c", day, day)], "b..c")
    [1, 2]
    """
    names = [wave.name for wave in waves]
    first, _, last = (text, "", "") if text in names else (part.strip() for part in text.partition(".."))
    faults = [
        Fault(f"{name!r} is not a wave of this question", f"the waves are {', '.join(names)}", field="wave_id")
        for name in dict.fromkeys((first, last or first))
        if name not in names
    ]
    if faults:
        raise Refused(faults)
    low, high = names.index(first), names.index(last or first)
    if low > high:
        raise Refused(f"{first} comes after {last}", "name the earlier wave first, as 2023-Q1..2023-Q4")
    return list(range(low, high + 1))
