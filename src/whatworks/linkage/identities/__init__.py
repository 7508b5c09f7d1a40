"""Keep a person's linked number the same while records come and go, and write down whatever changes it."""
