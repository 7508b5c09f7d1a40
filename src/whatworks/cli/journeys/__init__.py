"""`whatworks journeys`: where cases wait, where they are dropped, what becomes of trials."""
