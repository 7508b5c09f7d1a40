-- time_at_risk: days of a span less the nights lost to custody for matters before the index date, from the union of those
-- stays.
WITH marked AS (
  SELECT
    *,
    MAX(until) OVER (
      PARTITION BY unit, span ORDER BY received_on, until ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS held_until
  FROM earlier_custody
),
lost AS (
  SELECT
    unit,
    span,
    CAST(SUM(
      GREATEST(0, DATE_DIFF('day', GREATEST(received_on, starts, COALESCE(held_until, starts)), LEAST(until, ends)))
    ) AS BIGINT) AS nights
  FROM marked
  GROUP BY unit, span
)
SELECT w.unit, w.span, DATE_DIFF('day', w.starts, w.ends) - COALESCE(l.nights, 0) AS time_at_risk_days
FROM measure_window AS w
LEFT JOIN lost AS l ON l.unit = w.unit AND l.span = w.span
