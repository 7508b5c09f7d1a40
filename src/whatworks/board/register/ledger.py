"""The board's ledger: rows of all its declared tables, each change with who, when, why and what stood before."""

from whatworks.board.declared import DECLARED
from whatworks.records.register.ledger import Ledger

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
