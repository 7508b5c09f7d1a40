-- stage_report: each stay of a case in a stage, as one agency reports it, with what the case's file says.
--
-- as_at: the day of the extract, up to which a case that still waits was watched.
-- prison: where the person was released from on the day of entering, null where several prisons say so.
SELECT
  s.organisation_id,
  o.kind AS organisation_kind,
  s.case_id,
  c.offence_ref,
  i.linked_id,
  c.borough,
  s.kind,
  s.stage,
  s.entered_on,
  s.left_on,
  s.outcome,
  s.reason,
  s.organisation AS provider,
  p.prison,
  f.as_at,
  f.name AS source_name,
  s.source_line
FROM case_stage AS s
JOIN casefile AS c ON c.organisation_id = s.organisation_id AND c.case_id = s.case_id
LEFT JOIN identity AS i ON i.organisation_id = c.organisation_id AND i.person_id = c.person_id
LEFT JOIN (
  SELECT
    r.linked_id, k.released_on,
    CASE WHEN COUNT(DISTINCT k.establishment) = 1 THEN MIN(k.establishment) END AS prison
  FROM custody_spell AS k
  JOIN identity AS r ON r.organisation_id = k.organisation_id AND r.person_id = k.person_id
  GROUP BY r.linked_id, k.released_on
) AS p ON p.linked_id = i.linked_id AND p.released_on = s.entered_on
LEFT JOIN organisation AS o ON o.organisation_id = s.organisation_id
LEFT JOIN source AS f ON f.source_id = s.source_id
