"""The action log as a workbook that goes out to owners and comes back, with what stood when it was sent."""

from collections.abc import Sequence
from datetime import date

from whatworks.board.register.sheet import ACTION_SHEET
from whatworks.papers.forms.register_workbook import SENT_SHEET as SENT_SHEET
from whatworks.papers.forms.register_workbook import register_workbook

ACTIONS_SHEET = "Actions"
_HELP = (
    "Change owners, dates, state, closing day, evidence and update in the sheet Actions, and send the workbook back.",
    "It is read with: whatworks board sheet import FILE --by NAME",
    "A state is open, in progress, done or dropped. What is done needs evidence, or an update that says what was done.",
    "Days are written as 30/06/2025. Several owners are parted by semicolons.",
    "Rows that you delete stay as they are. New promises are entered with: whatworks board action add",
)


def action_sheet(rows: Sequence[Sequence[str]], body: str, as_at: date) -> bytes:
    """Return the workbook of the rows of `sheet_rows`; the same rows give the same bytes."""
    titled = (ACTIONS_SHEET, f"Action log of {body}")
    return register_workbook(ACTION_SHEET, rows, titled, as_at, _HELP, wide=("Promise", "Standing"))
