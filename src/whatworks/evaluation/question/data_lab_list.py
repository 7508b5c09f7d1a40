"""The outcomes that the Justice Data Lab reports, in its order, and what is said where some cannot be given.

Source: the Ministry of Justice's program that writes the Data Lab's reports (moj-analytical-services, JDL_RAP). Its
tables are: 1 rate, 2 frequency; and for reoffenders only, 3 time to the first reoffence, 4 and 5 rate and frequency by
court outcome (Indictable, Either way, Summary), 6 and 7 rate and frequency of custodial sentences.
"""

from whatworks.evaluation.question.offence_tiers import SUPPLY, TIERS

FIRST_TIER = tuple(f"first_reoffence_{tier}" for tier in TIERS)
OF_TIER = tuple(f"{tier}_reoffences" for tier in TIERS)
CUSTODY = ("custody_for_reoffending", "custody_frequency")
EVERYBODY = ("proven_reoffending", "frequency", *FIRST_TIER, *OF_TIER, *CUSTODY)
"""Outcomes of all people: the first two are the Data Lab's; of the others it prints reoffenders' figures only."""
REOFFENDERS = ("days_to_first", *FIRST_TIER, *OF_TIER, *CUSTODY)
"""The Data Lab's tables for reoffenders only (time, court outcome and custody, each as rate and frequency)."""
OF_FLAT_FILE = (
    "The Data Lab also reports, for reoffenders only, the time to the first reoffence, its court outcome by tier, and "
    "custody for reoffending. A flat file gives of these what its protocol names, and no more."
)
OTHER_WINDOW = "The Data Lab reports one year; the protocol follows people for {length}, and so do these figures."
WITHOUT_CLASS = (
    "The court outcome of the first reoffence, by tier (indictable only, triable either way, summary), is not given: "
    f"of more than one reoffence in twenty no record says how it may be tried. To have it, {SUPPLY}."
)
SOME_WITHOUT_CLASS = (
    "Of some reoffences no record says how they may be tried: they are in no tier, and no tier is guessed for them."
)
