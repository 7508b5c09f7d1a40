"""The board's ledger: rows of all its declared tables, each change with who, when, why and what stood before."""

from whatworks.board.evidence.intervention import Delivery, Emmie, Intervention
from whatworks.board.evidence.study import Study
from whatworks.board.risks.risk import Message, Proof, Risk, Watch, WatchReading
from whatworks.board.tables import BOARD_TABLES, Assessed
from whatworks.records.register.declared_row import table_of
from whatworks.records.register.ledger import Ledger
from whatworks.records.tables.declaration import Table

_ROWS: dict[str, type] = {
    "intervention": Intervention, "delivery": Delivery, "study": Study, "emmie": Emmie, "risk": Risk, "watch": Watch,
    "reading": WatchReading, "proof": Proof, "message": Message, "assessment": Assessed,
}  # fmt: skip
_DERIVED = {name: table_of(row, name) for name, row in ((f"board_{name}", row) for name, row in _ROWS.items())}
DECLARED: dict[str, type[Table]] = {**BOARD_TABLES, **_DERIVED}
"""By name: those of the record, then of evidence, of risks and of equality."""

LEDGER = Ledger(DECLARED, "board_", {"motion": "decision", "event": "meeting", "planned": "planned item"})

rows, entries, row_of = LEDGER.rows, LEDGER.entries, LEDGER.row
add, add_many, change, check = LEDGER.add, LEDGER.add_many, LEDGER.change, LEDGER.check
note, history, place, remove = LEDGER.note, LEDGER.history, LEDGER.place, LEDGER.remove
make_ready, set_quietly, term = LEDGER.make_ready, LEDGER.set_quietly, LEDGER.term
