"""Results that are kept as files, so that approved papers hang on what papers do with a result and on nothing else.

They were worked out once, from made-up people; `python tests/papers/kept.py` works them out again, which is needed only
where a result gains a field that papers show.
"""

import sys
from functools import cache
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))

from whatworks.evaluation.result import Result
from whatworks.evaluation.result.digits import as_written

KEPT = Path(__file__).parent / "kept"


@cache
def kept(name: str) -> Result:
    """Return a result as it is kept."""
    return Result.model_validate_json((KEPT / f"{name}.json").read_text(encoding="utf-8"))


def doubted() -> Result:
    """An evaluation with all that says how it could be wrong."""
    return kept("doubted")


def by_area() -> Result:
    """A scheme whose areas cannot tell, though its people would have seemed to."""
    return kept("by_area")


if __name__ == "__main__":
    from papers.area_result import by_area_again
    from papers.doubted_result import doubted_again

    for name, made in (("doubted", doubted_again), ("by_area", by_area_again)):
        (KEPT / f"{name}.json").write_text(as_written(made()).model_dump_json(indent=1) + "\n", encoding="utf-8")
