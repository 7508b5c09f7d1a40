"""What happens in the made-up places, a file a subject, each with a truth planted in it."""
