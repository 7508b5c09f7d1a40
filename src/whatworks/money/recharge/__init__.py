"""What does each borough pay for a service that boroughs share, by which rule, and would any do better to leave?

Terms (`read_terms`, `term_faults`) say what the service costs and how it may be recharged; a usage file
(`read_usage`) says who placed families with whom. `recharge` bills each year by every model to the penny, and says how
bills move, what each model rewards, what a service of any group's own would cost, the Shapley shares, and whether the
core is empty.
`read_referrals` and `business_case` set demand, supply and options beside it. No file takes in where a refuge is.
"""

from whatworks.money.recharge.business_case import business_case
from whatworks.money.recharge.recharge import recharge
from whatworks.money.recharge.referrals import read_referrals
from whatworks.money.recharge.term_faults import term_faults
from whatworks.money.recharge.terms_file import read_terms
from whatworks.money.recharge.usage_file import read_usage

__all__ = ["business_case", "read_referrals", "read_terms", "read_usage", "recharge", "term_faults"]
