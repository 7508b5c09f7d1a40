-- period_custody: nights in custody in each period, from the union of overlapping stays.
SELECT w.unit, w.period, CAST(SUM(DATE_DIFF('day', GREATEST(c.received_on, w.from_date), LEAST(c.until, w.until))) AS BIGINT) AS nights
FROM period_window AS w
JOIN custody_stay AS c ON c.linked_id = w.linked_id AND c.received_on < w.until AND c.until > w.from_date
GROUP BY w.unit, w.period
