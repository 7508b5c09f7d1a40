-- breaches: breaches of a requirement within the follow-up; `outcome` sets them against the months under requirement,
-- and only for people who had one in force.
SELECT
  w.unit,
  COUNT(*) FILTER (WHERE b.breached_on < w.ends_1y) AS breaches_1y,
  COUNT(*) AS breaches_2y
FROM measure_window AS w
JOIN breach_record AS b
  ON b.linked_id = w.linked_id AND b.breached_on >= w.index_date AND b.breached_on < w.ends_2y
GROUP BY w.unit
