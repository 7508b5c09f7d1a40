from whatworks.evaluation.evaluate import evaluate_units as evaluate_units
from whatworks.evaluation.matching.match import match as match
from whatworks.evaluation.matching.result import Match as Match
from whatworks.evaluation.question.compare_rates import compare_rates as compare_rates
from whatworks.evaluation.question.lock import LockBook as LockBook
from whatworks.evaluation.question.protocol import (
    Protocol as Protocol,
)
from whatworks.evaluation.question.protocol import (
    check_protocol as check_protocol,
)
from whatworks.evaluation.question.protocol import (
    load_protocol as load_protocol,
)
from whatworks.evaluation.question.protocol import (
    protocol_schema as protocol_schema,
)
from whatworks.evaluation.result import Result as Result
from whatworks.evaluation.result import result_schema as result_schema
from whatworks.evaluation.studied.flat.people import flat_units as flat_units
from whatworks.evaluation.studied.partnership_sample import partnership_units as partnership_units
from whatworks.evaluation.studied.units import AnalysisSample as AnalysisSample
from whatworks.evaluation.values.file import read_flat as read_flat
from whatworks.evaluation.values.table_columns import read_column as read_column
from whatworks.evaluation.whole import (
    evaluate_flat as evaluate_flat,
)
from whatworks.evaluation.whole import (
    evaluate_partnership as evaluate_partnership,
)
from whatworks.evaluation.whole import (
    read_result as read_result,
)
from whatworks.evaluation.whole import (
    write_result as write_result,
)
