"""Papers of places: a module a question, each giving one `Answer`."""
