"""What a fall pays: a file for each payment rule. A file that is put here is a rule that terms may name."""
