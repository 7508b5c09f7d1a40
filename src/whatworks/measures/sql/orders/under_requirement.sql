-- under_requirement: days within a span on which a unit was under a requirement of an order or licence, from the union of
-- its requirements (they overlap). The last day in force counts; one without an end lasts.
WITH clipped AS (
  SELECT
    w.unit,
    w.span,
    GREATEST(r.from_date, w.starts) AS from_date,
    LEAST(COALESCE(CAST(r.to_date + INTERVAL '1' DAY AS DATE), w.ends), w.ends) AS until
  FROM measure_window AS w
  JOIN requirement_record AS r
    ON r.linked_id = w.linked_id
    AND r.from_date < w.ends
    AND (r.to_date IS NULL OR r.to_date >= w.starts)
    AND (r.to_date IS NULL OR r.to_date >= r.from_date)
),
marked AS (
  SELECT
    *,
    MAX(until) OVER (
      PARTITION BY unit, span ORDER BY from_date, until ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS covered_until
  FROM clipped
)
SELECT
  unit,
  span,
  CAST(SUM(
    GREATEST(0, DATE_DIFF('day', GREATEST(from_date, COALESCE(covered_until, from_date)), until))
  ) AS BIGINT) AS days
FROM marked
GROUP BY unit, span
