"""Ask people about a sample of pairs, and work out from their judgements how far the links can be trusted.

`sampling` chooses the pairs, `sheet` hands them to judges, `quality` and `by_group` estimate what is wrong and what is
missing, with intervals, and `calibration` says how far the model's own doubts fall short of the truth.
"""
