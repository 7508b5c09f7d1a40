from whatworks.money.contracts.load import load_terms as load_terms
from whatworks.money.contracts.outcome_file import read_outcomes as read_outcomes
from whatworks.money.contracts.searching import findings as findings
from whatworks.money.contracts.settling import settle as settle
from whatworks.money.contracts.settling import settle_paths as settle_paths
from whatworks.money.contracts.terms import Terms as Terms
from whatworks.money.contracts.terms import terms_schema as terms_schema
