-- gate_need: the pathways on which a person who came out had a medium or high need, by the last assessment before.
WITH last_one AS (
  SELECT
    e.unit, n.pathway, n.level, n.met_on, e.exit_on,
    ROW_NUMBER() OVER (
      PARTITION BY e.unit, n.pathway ORDER BY n.assessed_on DESC, n.place, n.organisation_id, n.need_id
    ) AS choice
  FROM gate_exit AS e
  JOIN need_record AS n ON n.linked_id = e.linked_id AND n.assessed_on <= e.exit_on
)
SELECT unit, pathway
FROM last_one
WHERE choice = 1 AND level >= 2 AND (met_on IS NULL OR met_on > exit_on)
