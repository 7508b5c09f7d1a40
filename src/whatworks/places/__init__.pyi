from whatworks.places.areas import Areas as Areas
from whatworks.places.areas import areas_of as areas_of
from whatworks.places.areas import read_areas as read_areas
from whatworks.places.incidents import Incidents as Incidents
from whatworks.places.incidents import incidents_of as incidents_of
from whatworks.places.incidents import read_incidents as read_incidents
from whatworks.places.terms import load_terms as load_terms
from whatworks.places.terms import terms_schema as terms_schema
