"""The command line: `whatworks COMMAND`. Heavy libraries are imported inside commands, so that --help stays quick."""

from whatworks.cli.app import main

__all__ = ["main"]
