-- custody_nights: nights in custody within a span, for whatever reason, from the union of overlapping stays.
SELECT w.unit, w.span, CAST(SUM(DATE_DIFF('day', GREATEST(c.received_on, w.starts), LEAST(c.until, w.ends))) AS BIGINT) AS custody_nights
FROM measure_window AS w
JOIN custody_stay AS c ON c.linked_id = w.linked_id AND c.received_on < w.ends AND c.until > w.starts
GROUP BY w.unit, w.span
