from whatworks.surveys.answers import Answers as Answers
from whatworks.surveys.answers import read_answers as read_answers
from whatworks.surveys.change import change as change
from whatworks.surveys.estimate import estimate as estimate
from whatworks.surveys.trend import trend as trend
from whatworks.surveys.unreported import unreported as unreported
from whatworks.surveys.wave import Break as Break
from whatworks.surveys.wave import Wave as Wave
