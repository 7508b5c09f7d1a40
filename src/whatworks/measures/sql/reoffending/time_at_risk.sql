-- time_at_risk: nights within the follow-up lost to custody for matters before the index date, from the union of those
-- stays; `outcome` takes them from the length of the window.
WITH marked AS (
  SELECT
    *,
    MAX(until) OVER (
      PARTITION BY unit ORDER BY received_on, until ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS held_until
  FROM earlier_custody
),
fresh AS (
  SELECT
    unit,
    ends_1y,
    ends_2y,
    GREATEST(received_on, index_date, COALESCE(held_until, index_date)) AS from_date,
    until
  FROM marked
)
SELECT
  unit,
  CAST(SUM(GREATEST(0, DATE_DIFF('day', from_date, LEAST(until, ends_1y)))) AS BIGINT) AS nights_1y,
  CAST(SUM(GREATEST(0, DATE_DIFF('day', from_date, LEAST(until, ends_2y)))) AS BIGINT) AS nights_2y
FROM fresh
GROUP BY unit
