"""Read a column of two values: yes, no, nothing where it is not known, and never a third."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import polars as pl

from whatworks.evaluation.values.cleaned_file import counts_of
from whatworks.evaluation.values.cleaning import kind_of, several_spellings
from whatworks.evaluation.values.faults import SHOWN, counted, first_row, spelling_faults
from whatworks.evaluation.values.file import FlatFile
from whatworks.evaluation.values.remedies import listed, not_known, under
from whatworks.evaluation.values.settings import Clean
from whatworks.records.missing_words import means_missing, missing_code
from whatworks.records.refusal import Fault
from whatworks.records.showing.shown import near_code

YES = ("1", "1.0", "yes", "true", "y")
NO = ("0", "0.0", "no", "false", "n")


@dataclass(frozen=True, slots=True)
class TwoValues:
    """Which texts mean yes and which no, and the keys of the protocol that say so."""

    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    yes_key: str = "positive"
    no_key: str = "negative"
    clean: tuple[Clean, ...] = ()
    blank: str | None = None
    """What stands for an empty cell that means no."""

    def read(self, field: str, column: str, file: FlatFile, faults: list[Fault]) -> pl.Series:
        """Return true, false, or null where nothing stands; add to `faults` every third value, with its rows.

        Where the protocol names one side only, the other is the one other text of the column; but what means not known,
        or says the same as the side named, is not taken for its opposite.
        """
        values = file.texts[column]
        counts = counts_of(values)
        yes, no, odd = self._sides(counts)
        faults += [
            _not_among(key, field, wanted, counts, file)
            for key, wanted, held in ((self.yes_key, self.yes, yes), (self.no_key, self.no, no))
            if wanted and not held and counts
        ]
        if odd:
            faults += self._faults(field, column, odd, {text: counts[text] for text in (*yes, *no)}, file)
        meaning = {**dict.fromkeys(yes, True), **dict.fromkeys(no, False)}
        return values.replace_strict(meaning, default=None, return_dtype=pl.Boolean)

    def _sides(self, counts: Mapping[str, int]) -> tuple[list[str], list[str], dict[str, int]]:
        """Return the texts that mean yes, those that mean no, and the others with their rows."""
        if not self.yes and not self.no:
            yes = [text for text in counts if text.casefold() in YES]
            no = [text for text in counts if text.casefold() in NO]
        else:
            yes, no = self._named(counts, self.yes), self._named(counts, self.no)
            no += [text for text in counts if text == self.blank and text not in (*yes, *no)]
            rest = [text for text in counts if text not in (*yes, *no)]
            if len(rest) == 1 and not (self.yes and self.no) and _may_be_opposite(rest[0], self.yes or self.no):
                yes, no = (yes, rest) if self.yes else (rest, no)
        return yes, no, {text: rows for text, rows in counts.items() if text not in (*yes, *no)}

    def _named(self, counts: Mapping[str, int], side: tuple[str, ...]) -> list[str]:
        kinds = {kind_of(text, self.clean) for text in side}
        return [text for text in counts if kind_of(text, self.clean) in kinds]

    def _faults(
        self, field: str, column: str, odd: Mapping[str, int], known: Mapping[str, int], file: FlatFile
    ) -> list[Fault]:
        if not known and len(odd) == 2 and not any(map(means_missing, odd)):
            remedy = f"name the one that means yes in {self.yes_key}"
            return [Fault(f"has 2 values: {counted(odd)}, not 0 and 1", remedy, file.name, field=field)]
        faults = spelling_faults(field, column, {**known, **odd}, file.name)
        spelt = {text for kind in several_spellings({**known, **odd}) for text in kind}
        odd = {text: rows for text, rows in odd.items() if text not in spelt}
        one_side = (self.yes or self.no) if not (self.yes and self.no) else ()
        if not odd or (faults and len(odd) == 1 and one_side and _may_be_opposite(next(iter(odd)), one_side)):
            return faults
        besides = f", besides {counted(known)}" if known else ""
        unknown = [text for text in odd if means_missing(text) or missing_code(text)]
        gone = not_known(column, unknown) if unknown else f"list it in missing_values {under(column)}"
        named = f"name all that mean yes in {self.yes_key}, all that mean no in {self.no_key}"
        third = Fault(
            f"holds texts that mean neither yes nor no: {counted(odd, [*self.yes, *self.no, *YES, *NO])}{besides}",
            f"{named}; what means not known: {gone}",
            file.name,
            first_row(file.texts[column], list(odd), file),
            field,
        )
        return [*faults, third]


def _may_be_opposite(text: str, named: tuple[str, ...]) -> bool:
    """Tell whether the one other text of a column may be taken for the opposite of the side that is named.

    >>> [_may_be_opposite(text, ("Yes",)) for text in ("No", "Not yet", "N/A", "YES", "y", "9")]
    [True, True, False, False, False, False]
    """
    same = any(text.casefold() in side and any(one.casefold() in side for one in named) for side in (YES, NO))
    spelt = any(kind_of(text) == kind_of(one) for one in named)
    return not (means_missing(text) or missing_code(text) or same or spelt)


def _not_among(key: str, field: str, wanted: tuple[str, ...], counts: Mapping[str, int], file: FlatFile) -> Fault:
    near = [text for text in get_close_matches(wanted[0], list(counts), 1) if near_code(text, wanted)]
    remedy = f'did you mean {key} = "{near[0]}"?' if near else f"the column holds {counted(counts)}"
    shown = wanted[0] if len(wanted) == 1 else listed(wanted[:SHOWN])
    return Fault("does not occur in the column", remedy, file.name, field=field, value=shown)
