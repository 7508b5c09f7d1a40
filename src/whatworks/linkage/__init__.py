"""Say which agencies' records are the same person.

The only room that joins agencies' numbers for people. It fills the table `identity`; later rooms join on its
`linked_id` and nothing else.
"""

from whatworks.linkage.hindrances import Hindrance, hindrances
from whatworks.linkage.link import link, train_and_link
from whatworks.linkage.report import LinkageReport, OrganisationLinkage, linkage_report
from whatworks.records.declaring.linkage_block import LinkageSettings

__all__ = [
    "Hindrance",
    "LinkageReport",
    "LinkageSettings",
    "OrganisationLinkage",
    "hindrances",
    "link",
    "linkage_report",
    "train_and_link",
]
