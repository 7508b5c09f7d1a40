"""From pairs of records to people: the strongest pair first, and no person who contradicts themselves."""
