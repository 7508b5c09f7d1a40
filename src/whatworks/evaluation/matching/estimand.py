"""Whom an effect is about, in MatchIt's letters."""

from typing import Literal

Estimand = Literal["ATT", "ATC", "ATE", "ATO"]
WORDS: dict[str, str] = {
    "ATT": "the effect on the people treated",
    "ATC": "the effect that the scheme would have had on the comparisons",
    "ATE": "the effect on everybody, treated or not",
    "ATO": "the effect on the people who might as well have been in the scheme as not",
    "ATM": "the effect on those who had a comparison",
}
