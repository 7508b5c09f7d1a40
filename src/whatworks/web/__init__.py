"""The partnership's pages: what commands answer, for everyone who does not use a terminal.

A face between papers and the command line. It adds no rule of its own: a page asks what a command asks (`Question`),
shows the same answer, cleared by the same suppression, and a refusal in the room's own words. It knows no room that
the command line does not hand it, and needs the extra `whatworks[web]`.
"""

from whatworks.records.lazy_names import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
