"""Learn from the records themselves how likely two of them are one person, and say so of each pair.

Splink, the Ministry of Justice's library, learns how records of one person agree; what it learnt is kept as our own
numbers, and pairs are scored with those.
"""

from whatworks.linkage.model.linkage_model import LevelNumbers, LinkageModel
from whatworks.linkage.model.scoring import score
from whatworks.linkage.model.training import train

__all__ = ["LevelNumbers", "LinkageModel", "score", "train"]
