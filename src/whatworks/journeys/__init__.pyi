from whatworks.journeys.cases import Cases as Cases
from whatworks.journeys.cases import cases_of as cases_of
from whatworks.journeys.cases import read_cases as read_cases
from whatworks.journeys.kind import JourneyKind as JourneyKind
from whatworks.journeys.kind import kind_schema as kind_schema
from whatworks.journeys.kind import load_kind as load_kind
from whatworks.journeys.stage_time import JourneyTime as JourneyTime
from whatworks.journeys.stage_time import journey_time as journey_time
