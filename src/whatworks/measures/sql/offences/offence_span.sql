-- offence_span: the days of a cohort's follow-up, in which an offence may be a reoffence.
SELECT linked_id, index_date AS from_date, ends_2y AS until
FROM measure_window
