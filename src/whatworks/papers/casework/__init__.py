"""Papers on casework: who is picked up at the gate, who is lost, and whether orders, homes and jobs hold."""
