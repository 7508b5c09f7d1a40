"""All tables that the board keeps, whichever of its parts declares them."""

from whatworks.board.evidence.intervention import Delivery, Emmie, Intervention
from whatworks.board.evidence.study import Study
from whatworks.board.risks.risk import Message, Proof, Risk, Watch, WatchReading
from whatworks.board.tables import BOARD_TABLES, Assessed
from whatworks.records.register.declared_row import table_of
from whatworks.records.tables.declaration import Table

_ROWS: dict[str, type] = {
    "board_intervention": Intervention,
    "board_delivery": Delivery,
    "board_study": Study,
    "board_emmie": Emmie,
    "board_risk": Risk,
    "board_watch": Watch,
    "board_reading": WatchReading,
    "board_proof": Proof,
    "board_message": Message,
    "board_assessment": Assessed,
}
DECLARED: dict[str, type[Table]] = {**BOARD_TABLES, **{name: table_of(row, name) for name, row in _ROWS.items()}}
"""By name: those of the record, then of evidence, of risks and of equality."""
