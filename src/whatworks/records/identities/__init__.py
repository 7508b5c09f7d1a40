"""Declare who is who: the tables that the room `linkage` fills."""
