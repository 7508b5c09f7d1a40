"""The board's ledger: rows of all its declared tables, each change with who, when, why and what stood before."""

from whatworks.board.evidence.intervention import Delivery, Emmie, Intervention
from whatworks.board.evidence.study import Study
from whatworks.board.risks.risk import Message, Proof, Risk, Watch, WatchReading
from whatworks.board.tables import BOARD_TABLES, Assessed
from whatworks.records.register.declared_row import table_of
from whatworks.records.register.ledger import Ledger
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

LEDGER = Ledger(DECLARED, "board_", {"motion": "decision", "event": "meeting", "planned": "planned item"})

rows, entries, row_of = LEDGER.rows, LEDGER.entries, LEDGER.row
add, add_many, change, check, note, history = (
    LEDGER.add,
    LEDGER.add_many,
    LEDGER.change,
    LEDGER.check,
    LEDGER.note,
    LEDGER.history,
)
make_ready, place, remove, set_quietly, term = (
    LEDGER.make_ready,
    LEDGER.place,
    LEDGER.remove,
    LEDGER.set_quietly,
    LEDGER.term,
)
