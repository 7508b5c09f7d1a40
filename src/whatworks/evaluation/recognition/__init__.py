"""Know data again whose outcomes were seen, whatever they are called now and however they were exported."""
