from whatworks.people.contacts import contacts as contacts
from whatworks.people.meeting import meeting as meeting
from whatworks.people.rule import ListRule as ListRule
from whatworks.people.rule import load_rule as load_rule
