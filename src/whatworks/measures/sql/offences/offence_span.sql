-- offence_span: the days of a person's spans, from the first to the last, in which an offence may count.
SELECT linked_id, MIN(starts) AS from_date, MAX(ends) AS until
FROM measure_window
GROUP BY linked_id
