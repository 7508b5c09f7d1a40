"""What can the board's record answer today? One folder with an index of ten questions, and the papers behind it."""

from whatworks.papers.pack.folder import write_pack
from whatworks.papers.pack.question import ANSWERERS, QUESTIONS, Answerer, PackAnswer, PackSource, Published

__all__ = ["ANSWERERS", "QUESTIONS", "Answerer", "PackAnswer", "PackSource", "Published", "write_pack"]
