"""Write docs/register.md from the board's declarations: `python tests/house/register_page.py [FILE]`."""

import sys
from pathlib import Path

from whatworks.board.register.ledger import DECLARED
from whatworks.records.tables.data_dictionary import page

HEAD = """\
# The board's register

Written by `make docs` from the declarations in `src/whatworks/board/`; a test holds it to them. These tables lie in the
partnership's store beside the records. Rows that come from a paper also have `source_id` and `source_line`: the paper,
and the line there. `board_change` keeps who changed what, when, why, and what stood before.
"""


def register_page() -> str:
    """Return the whole page."""
    return page(DECLARED, HEAD)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(register_page(), encoding="utf-8")
    else:
        print(register_page(), end="")
