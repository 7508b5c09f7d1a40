-- known_need: a unit's needs on each pathway as known on its index date.
--
-- The latest assessment dated and recorded by then; where agencies assessed on one day, the one trusted first. The
-- level is the one assessed: when a need was met is not dated by when that was written down. A pathway never assessed
-- has no row: that is not the same as no need.
WITH ranked AS (
  SELECT
    w.unit,
    n.pathway,
    n.level,
    ROW_NUMBER() OVER (
      PARTITION BY w.unit, n.pathway
      ORDER BY n.assessed_on DESC, n.place, n.organisation_id, n.level DESC, n.need_id
    ) AS choice
  FROM measured_unit AS w
  JOIN need_record AS n
    ON n.linked_id = w.linked_id AND n.assessed_on <= w.index_date AND n.recorded_on <= w.index_date
)
SELECT unit, pathway, level
FROM ranked
WHERE choice = 1
