"""The command line: `whatworks COMMAND`. Heavy libraries are imported inside commands, so that --help stays quick.

Linear algebra runs on one thread, which must be said before numpy is loaded: with more, the last digits of a sum over
tens of thousands of people depend on how many cores there are, and waiting for one another costs more than it saves.
"""

import os

for _name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[_name] = "1"

from whatworks.cli.app import main  # noqa: E402 - after the threads

__all__ = ["main"]
