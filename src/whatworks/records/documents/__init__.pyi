from whatworks.records.documents.document import PARAGRAPH as PARAGRAPH
from whatworks.records.documents.document import Aside as Aside
from whatworks.records.documents.document import Cell as Cell
from whatworks.records.documents.document import Document as Document
from whatworks.records.documents.document import Grid as Grid
from whatworks.records.documents.document import Line as Line
from whatworks.records.documents.opening import read_document as read_document
