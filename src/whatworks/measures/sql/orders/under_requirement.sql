-- under_requirement: days within the follow-up on which a unit was under a requirement of an order or licence, from the
-- union of its requirements (they overlap). The last day in force counts; one without an end lasts.
WITH clipped AS (
  SELECT
    w.unit,
    w.index_date,
    w.ends_1y,
    w.ends_2y,
    GREATEST(r.from_date, w.index_date) AS from_date,
    LEAST(COALESCE(CAST(r.to_date + INTERVAL '1' DAY AS DATE), w.ends_2y), w.ends_2y) AS until
  FROM measure_window AS w
  JOIN requirement_record AS r
    ON r.linked_id = w.linked_id
    AND r.from_date < w.ends_2y
    AND (r.to_date IS NULL OR r.to_date >= w.index_date)
    AND (r.to_date IS NULL OR r.to_date >= r.from_date)
),
marked AS (
  SELECT
    *,
    MAX(until) OVER (
      PARTITION BY unit ORDER BY from_date, until ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS covered_until
  FROM clipped
),
fresh AS (
  SELECT unit, ends_1y, GREATEST(from_date, COALESCE(covered_until, from_date)) AS from_date, until
  FROM marked
)
SELECT
  unit,
  CAST(SUM(GREATEST(0, DATE_DIFF('day', from_date, LEAST(until, ends_1y)))) AS BIGINT) AS days_1y,
  CAST(SUM(GREATEST(0, DATE_DIFF('day', from_date, until))) AS BIGINT) AS days_2y
FROM fresh
GROUP BY unit
