"""Say what is known about an intervention; nothing known is never the same as known not to work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from whatworks.board.evidence.study import Finding, Study
from whatworks.records.listing import listed

Known = Literal["works", "harms", "mixed", "cannot yet tell", "too weak to tell", "nothing known"]
KNOWN: tuple[Known, ...] = ("works", "mixed", "cannot yet tell", "too weak to tell", "nothing known", "harms")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is known of an intervention, the sentence that says so, and the studies that were heard for it.

    `sound` holds the studies heard and, of the same quality, those of outcomes that were not a study's primary one.
    """

    known: Known
    sentence: str
    heard: tuple[Study, ...]
    sound: tuple[Study, ...]


def judge(studies: Sequence[Study], enough: int) -> Judgement:
    """Return what studies say together; only those of Maryland level `enough` or more with an interval are heard.

    Of each study the primary outcome alone is heard: of many outcomes one in twenty differs by chance. Studies of
    different outcomes are set side by side, not added up.

    >>> judge([], 3).sentence
    'Nothing is known: no study of it has been entered. That is not evidence that it does not work.'
    """
    sound = tuple(study for study in studies if (study.maryland or 0) >= enough and study.finding != "no interval")
    heard = tuple(one for one in sound if one.primary)
    better, worse = _outcomes(heard, "better"), _outcomes(heard, "worse")
    if better and worse:
        return Judgement("mixed", f"Better in {listed(better)}; worse in {listed(worse)}.", heard, sound)
    if better:
        return Judgement("works", f"Found better in {listed(better)}.{_but(heard)}", heard, sound)
    if worse:
        return Judgement("harms", f"Found worse in {listed(worse)}.{_but(heard)}", heard, sound)
    if heard:
        sentence = (
            f"{_count(len(heard))} cannot tell whether it changes {listed(_outcomes(heard, 'cannot tell'))}: "
            "more people needed. That is not evidence that it does not work."
        )
        return Judgement("cannot yet tell", sentence, heard, sound)
    if studies:
        sentence = (
            f"What is held is too weak to tell: below level {enough} of the Maryland scale, not rated, without an "
            "interval, or not what a study set out to change. That is not evidence that it does not work."
        )
        return Judgement("too weak to tell", sentence, heard, sound)
    sentence = "Nothing is known: no study of it has been entered. That is not evidence that it does not work."
    return Judgement("nothing known", sentence, heard, sound)


def _outcomes(studies: Iterable[Study], finding: Finding) -> list[str]:
    return list(dict.fromkeys(_small(study.outcome_label) for study in studies if study.finding == finding))


def _small(label: str) -> str:
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _but(heard: Sequence[Study]) -> str:
    unsure = _outcomes(heard, "cannot tell")
    return f" Cannot yet tell for {listed(unsure)}." if unsure else ""


def _count(number: int) -> str:
    return "One study" if number == 1 else f"{number} studies"
