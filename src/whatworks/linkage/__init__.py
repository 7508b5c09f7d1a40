"""Say which agencies' records are the same person.

The only room that joins agencies' numbers for people. It fills the table `identity`; later rooms join on its
`linked_id` and nothing else. So far there is one way, a number that agencies share; probabilistic linkage comes later.
"""

from whatworks.linkage.numbers.police_number import police_number
from whatworks.linkage.shared_number import (
    LinkageReport,
    OrganisationLinkage,
    link_shared_number,
    linkage_report,
)

__all__ = ["LinkageReport", "OrganisationLinkage", "link_shared_number", "linkage_report", "police_number"]
