"""All tables that the board keeps, whichever of its parts declares them."""

from whatworks.board.equality.tables import EQUALITY_TABLES
from whatworks.board.evidence.tables import EVIDENCE_TABLES
from whatworks.board.risks.tables import RISK_TABLES
from whatworks.board.tables import BOARD_TABLES
from whatworks.records.tables.declaration import Table

DECLARED: dict[str, type[Table]] = {**BOARD_TABLES, **EVIDENCE_TABLES, **RISK_TABLES, **EQUALITY_TABLES}
"""By name: those of the record, of evidence, of risks and of equality."""
