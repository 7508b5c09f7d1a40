"""Keep what the board's papers say over the years: people, meetings, promises, decisions, and every change to them."""
