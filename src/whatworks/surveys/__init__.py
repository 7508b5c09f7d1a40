"""What does the public say, how sure is that, and did it move by more than the survey's own noise?

`read_answers` takes the answers to one question out of the records; `estimate`, `change` and `trend` say what they
give, `unreported` how many crimes police never came to know. Waves whose question, mode or population differ are never
compared, and a trend is never a cause: that is what `evaluate` is for.
"""

from whatworks.records.lazy_names import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
