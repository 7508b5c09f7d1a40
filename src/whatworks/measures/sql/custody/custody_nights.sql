-- custody_nights: nights in custody within the follow-up, for whatever reason, from the union of overlapping stays.
SELECT
  w.unit,
  CAST(SUM(GREATEST(0, DATE_DIFF('day', GREATEST(c.received_on, w.index_date), LEAST(c.until, w.ends_1y)))) AS BIGINT) AS nights_1y,
  CAST(SUM(DATE_DIFF('day', GREATEST(c.received_on, w.index_date), LEAST(c.until, w.ends_2y))) AS BIGINT) AS nights_2y
FROM measure_window AS w
JOIN custody_stay AS c ON c.linked_id = w.linked_id AND c.received_on < w.ends_2y AND c.until > w.index_date
GROUP BY w.unit
