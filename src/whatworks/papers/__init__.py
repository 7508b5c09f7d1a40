"""How does the board read it? One paper, in every form, from an evaluation's result alone.

`write_papers(result, out)` withholds small counts and whatever would give them back, rounds what is left (`publish`),
builds one paper from that (`build`), and renders it as HTML, Word, PDF, two spreadsheets and `summary.json`, whose
schema is `summary_schema()` and ships as `summary.schema.json`. No form sees an unrounded or withheld figure. Other
rooms' papers are built beside it and rendered by `write_paper`.
"""

from whatworks.papers.disclosure.audit import publish
from whatworks.papers.evaluation.build import build
from whatworks.papers.evaluation.clearance import summary_schema
from whatworks.papers.evaluation.release import PublishedResult
from whatworks.papers.writing import FORMS, NAMES, STYLES, check_forms, check_style, write_paper, write_papers

__all__ = [
    "FORMS",
    "NAMES",
    "STYLES",
    "PublishedResult",
    "build",
    "check_forms",
    "check_style",
    "publish",
    "summary_schema",
    "write_paper",
    "write_papers",
]
