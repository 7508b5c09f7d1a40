-- needs: on which of the seven pathways a unit had a need at the outset, and whether it was met by the end.
--
-- At the outset: the latest assessment made by the end of the settling-in days after the index date (31 by default;
-- schemes assess when they begin) found a level above none, not met before the index date; where agencies assessed on
-- one day, the one trusted first. Met: a day within the follow-up, the index date included, on which that need was met.
WITH ranked AS (
  SELECT
    w.unit,
    w.index_date,
    CASE WHEN s.months = 24 THEN w.ends_2y ELSE w.ends_1y END AS ends,
    n.pathway,
    n.level,
    n.met_on,
    ROW_NUMBER() OVER (
      PARTITION BY w.unit, n.pathway
      ORDER BY n.assessed_on DESC, n.place, n.organisation_id, n.level DESC, n.need_id
    ) AS choice
  FROM measure_window AS w
  CROSS JOIN follow_up AS s
  CROSS JOIN setting AS t
  JOIN need_record AS n
    ON n.linked_id = w.linked_id AND DATE_DIFF('day', w.index_date, n.assessed_on) <= t.outset_days
)
SELECT
  unit,
  pathway,
  CASE WHEN level > 0 AND (met_on IS NULL OR met_on >= index_date) THEN 1 ELSE 0 END AS at_outset,
  CASE
    WHEN level = 0 OR met_on < index_date THEN NULL
    WHEN met_on < ends THEN 1
    ELSE 0
  END AS met
FROM ranked
WHERE choice = 1
