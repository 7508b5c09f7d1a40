-- case_without_stage: how many cases of each kind have a file and no stage of that kind.
SELECT c.kind, COUNT(*) AS cases
FROM casefile AS c
WHERE NOT EXISTS (
  SELECT 1
  FROM case_stage AS s
  WHERE s.organisation_id = c.organisation_id AND s.case_id = c.case_id AND s.kind = c.kind
)
GROUP BY c.kind
