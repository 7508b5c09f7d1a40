from whatworks.board.evidence.advice import advise as advise
from whatworks.board.evidence.entry import read_entries as read_entries
from whatworks.board.evidence.entry import read_studies as read_studies
from whatworks.board.evidence.judgement import judge as judge
from whatworks.board.evidence.register import (
    add_file as add_file,
)
from whatworks.board.evidence.register import (
    add_result as add_result,
)
from whatworks.board.evidence.register import (
    add_studies as add_studies,
)
from whatworks.board.evidence.register import (
    read_register as read_register,
)
from whatworks.board.evidence.standards import read_standards as read_standards
from whatworks.board.evidence.standards import shipped_standards as shipped_standards
from whatworks.board.evidence.values import read_values as read_values
from whatworks.board.evidence.worth import worth_of_testing as worth_of_testing
