-- period_span: the days of a cohort's periods, from the first to the last, in which an offence may count.
SELECT linked_id, MIN(from_date) AS from_date, MAX(until) AS until
FROM period_window
GROUP BY linked_id, unit
