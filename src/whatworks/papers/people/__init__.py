"""Papers on whom the agencies focus together: aggregate and suppressed; they name nobody."""
