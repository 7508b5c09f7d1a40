-- custody_home: nights in custody within a window, each stay once, at the home known on the day of reception.
--
-- Nights are those of the union of a person's stays. A home that is not known (no fixed abode among them) is empty.
SELECT
  c.linked_id,
  r.area_code,
  CAST(SUM(DATE_DIFF('day', GREATEST(c.received_on, $starts), LEAST(c.until, $ends))) AS BIGINT) AS nights
FROM custody_stay AS c
LEFT JOIN residence AS r ON r.linked_id = c.linked_id AND r.on_date = c.received_on
WHERE c.received_on < $ends AND c.until > $starts
GROUP BY c.linked_id, r.area_code
ORDER BY c.linked_id, r.area_code
