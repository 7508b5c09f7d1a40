from whatworks.board.equality.impact import (
    Impact as Impact,
)
from whatworks.board.equality.impact import (
    assess as assess,
)
from whatworks.board.equality.impact import (
    disparity as disparity,
)
from whatworks.board.equality.impact import (
    log_assessment as log_assessment,
)
from whatworks.board.equality.impact import (
    read_assessments as read_assessments,
)
from whatworks.board.equality.outcome import outcome_of_scheme as outcome_of_scheme
from whatworks.board.equality.people import people_of_file as people_of_file
from whatworks.board.equality.people import people_of_scheme as people_of_scheme
