"""Learn from the records themselves how likely two of them are one person, and say so of each pair.

Splink, the Ministry of Justice's library, learns how records of one person agree; what it learnt is kept as our own
numbers, and pairs are scored with those.
"""

from whatworks.linkage.model.linkage_model import LevelNumbers, LinkageModel
from whatworks.linkage.model.scoring import score, score_records
from whatworks.linkage.model.standardise import StandardRecords, standardise
from whatworks.linkage.model.training import train, train_on
from whatworks.linkage.model.words import Evidence, PairInWords, describe_pairs

__all__ = [
    "Evidence",
    "LevelNumbers",
    "LinkageModel",
    "PairInWords",
    "StandardRecords",
    "describe_pairs",
    "score",
    "score_records",
    "standardise",
    "train",
    "train_on",
]
