"""What is asked? The protocol, its registers and its lock."""
