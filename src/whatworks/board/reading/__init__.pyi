from whatworks.board.reading.paper import as_json as as_json
from whatworks.board.reading.paper import read_paper as read_paper
from whatworks.board.reading.paper import read_papers as read_papers
