"""What does a paper say, line by line and cell by cell?

`read_document` opens text, HTML, Word, PDF, CSV, Excel and OpenDocument files and returns a `Document`: its lines as
they stand and its tables as `Grid`s, each cell with its lines. It opens files and judges nothing: what the lines mean
is for the rooms above. Files that cannot be read are refused with a sentence; those read in part say so in `partial`.
"""

from whatworks.records.lazy_names import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
