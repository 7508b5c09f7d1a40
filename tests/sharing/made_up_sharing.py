"""The agencies and the few people of the made-up partnership of these tests."""

AGENCIES = ("police", "probation", "prison", "court", "council", "health")
PEOPLE = (  # number, surname, born, scheme, area
    ("P1", "Ashgrove", "1990-05-01", "GATE", "E1"),
    ("P2", "Birchall", "1985-02-28", "GATE", "E2"),
    ("P3", "Cedarlow", "2009-01-01", "GATE", "E1"),
    ("P4", "Driftell", "1970-01-01", None, "E1"),
    ("P5", "Elmsworth", None, None, None),
)
