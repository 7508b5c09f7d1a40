-- watched_up_to: the last day of which every table that is asked was sent: the earliest of their latest extracts.
SELECT MIN(t.as_at) AS as_at
FROM (
  SELECT s."table" AS name, MAX(s.as_at) AS as_at
  FROM source AS s
  WHERE s.rows_kept > 0
  GROUP BY s."table"
) AS t
JOIN asked_table AS a ON a.name = t.name
