"""Papers on journeys: time in each stage, hand-offs, trials, published timeliness."""
