"""Write files whole or not at all, and files of people for their owner's eyes only."""
