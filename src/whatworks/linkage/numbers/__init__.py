"""Numbers that name a person, cleaned and held to their check letters, their forms and the births they stand with."""
