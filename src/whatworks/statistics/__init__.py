"""What can be said from arrays of numbers? Arithmetic that knows no protocol, no result and no person."""
