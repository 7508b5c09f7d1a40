-- breaches: breaches of a requirement within a span.
SELECT w.unit, w.span, COUNT(*) AS breaches
FROM measure_window AS w
JOIN breach_record AS b ON b.linked_id = w.linked_id AND b.breached_on >= w.starts AND b.breached_on < w.ends
GROUP BY w.unit, w.span
