-- measured_unit: each unit of the cohort with the day from which it is followed.
--
-- known: the person can be linked to the conviction record, so that no reoffence means none.
-- starts_at_sanction: the index day is that of a caution or a court order, so what was sanctioned that very day is the
-- index offence even if it was committed that day. Where the cohort does not name the kind, index_event does.
WITH sanction_day AS (
  SELECT DISTINCT linked_id, index_date
  FROM index_event
  WHERE kind IN ('caution', 'order_start')
)
SELECT
  c.unit,
  c.linked_id,
  c.index_date,
  c.kind,
  k.linked_id IS NOT NULL AS known,
  CASE
    WHEN c.kind IS NULL THEN d.linked_id IS NOT NULL
    ELSE c.kind IN ('caution', 'order_start')
  END AS starts_at_sanction
FROM cohort AS c
LEFT JOIN person_in_conviction_record AS k ON k.linked_id = c.linked_id
LEFT JOIN sanction_day AS d ON d.linked_id = c.linked_id AND d.index_date = c.index_date
