"""Make up a list of people with churn of known size, a rule that drifts in one borough, and what is true of both."""
