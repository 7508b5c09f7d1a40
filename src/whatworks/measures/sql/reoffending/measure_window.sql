-- measure_window: for each unit of the cohort, when its follow-up ends and by when an offence must be proved.
--
-- Windows are half-open: the first day counts, the day of the anniversary does not. A day that does not exist (29
-- February of a common year) becomes the last day of its month. A window is mature once the months in which a reoffence
-- can be proved have passed by the as-at date; an immature one says nothing.
-- known: the person can be linked to the conviction record, so that no reoffence means none.
-- starts_at_sanction: the index day is that of a caution or a court order, so what was sanctioned that very day is the
-- index offence even if it was committed that day. Where the cohort does not name the kind, index_event does.
WITH bounds AS (
  SELECT
    c.unit,
    c.linked_id,
    c.index_date,
    c.kind,
    CAST(c.index_date + INTERVAL '1' MONTH * 12 AS DATE) AS ends_1y,
    CAST(c.index_date + INTERVAL '1' MONTH * 18 AS DATE) AS proved_1y,
    CAST(c.index_date + INTERVAL '1' MONTH * 24 AS DATE) AS ends_2y,
    CAST(c.index_date + INTERVAL '1' MONTH * 30 AS DATE) AS proved_2y
  FROM cohort AS c
),
sanction_day AS (
  SELECT DISTINCT linked_id, index_date
  FROM index_event
  WHERE kind IN ('caution', 'order_start')
)
SELECT
  b.unit,
  b.linked_id,
  b.index_date,
  b.kind,
  b.ends_1y,
  b.proved_1y,
  b.ends_2y,
  b.proved_2y,
  b.proved_1y <= s.as_at AS mature_1y,
  b.proved_2y <= s.as_at AS mature_2y,
  k.linked_id IS NOT NULL AS known,
  CASE
    WHEN b.kind IS NULL THEN d.linked_id IS NOT NULL
    ELSE b.kind IN ('caution', 'order_start')
  END AS starts_at_sanction
FROM bounds AS b
CROSS JOIN setting AS s
LEFT JOIN person_in_conviction_record AS k ON k.linked_id = b.linked_id
LEFT JOIN sanction_day AS d ON d.linked_id = b.linked_id AND d.index_date = b.index_date
