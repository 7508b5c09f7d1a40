"""What works, what does not, what do we stop? The register of interventions and the evidence for each.

`add_result` takes an evaluation of our own, `add_file` and `add_studies` what people enter by hand; `read_register`
gives it all back, `judge` says what is known of each, `advise` whether to commission, continue, test or stop it and who
would lose, and `worth_of_testing` what another year's test would be worth. Standards of evidence are data
(`shipped_standards`, `read_standards`). Nothing known is never shown as not working.
"""

from whatworks.records.lazy_names import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
