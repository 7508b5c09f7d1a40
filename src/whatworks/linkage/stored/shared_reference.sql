-- shared_reference: pairs of records of people that stand under one arrest, case or crime reference, of the pairs in `asked_pair`.
--
-- Spaces and signs do not count. A reference without a digit above zero names no case, and one on more than ten records of one
-- agency names none either. Records are named by their running numbers.
WITH told AS (
  SELECT organisation_id, person_id, offence_ref
  FROM offence
  UNION
  SELECT organisation_id, person_id, offence_ref
  FROM sentence
  UNION
  SELECT organisation_id, person_id, offence_ref
  FROM participation
),
cleaned AS (
  SELECT DISTINCT r.record, r.organisation, REGEXP_REPLACE(UPPER(t.offence_ref), '[^A-Z0-9]', '', 'g') AS reference
  FROM told AS t
  JOIN link_record AS r ON r.organisation = t.organisation_id AND r.person_id = t.person_id
  WHERE REGEXP_MATCHES(t.offence_ref, '[1-9]')
),
crowded AS (
  SELECT DISTINCT reference
  FROM (SELECT reference FROM cleaned GROUP BY reference, organisation HAVING COUNT(*) > 10) AS many
),
held AS (
  SELECT c.record, c.reference
  FROM cleaned AS c
  LEFT JOIN crowded AS n ON n.reference = c.reference
  WHERE n.reference IS NULL
)
SELECT DISTINCT p.l, p.r
FROM asked_pair AS p
JOIN held AS a ON a.record = p.l
JOIN held AS b ON b.record = p.r AND b.reference = a.reference
ORDER BY p.l, p.r
