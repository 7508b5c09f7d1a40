from whatworks.people.concentration import people_concentration as people_concentration
from whatworks.people.contacts import contacts as contacts
from whatworks.people.fall import expected_fall as expected_fall
from whatworks.people.fall import fall_after as fall_after
from whatworks.people.meeting import meeting as meeting
from whatworks.people.overlap import overlap as overlap
from whatworks.people.rule import ListRule as ListRule
from whatworks.people.rule import load_rule as load_rule
