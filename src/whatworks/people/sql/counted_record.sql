-- counted_record: each agency's record of a person with contacts that count, and of how many kinds of part.
SELECT
  c.organisation_id,
  c.person_id,
  BOOL_OR(c.role IN ('offender', 'suspect')) AS with_law,
  COUNT(DISTINCT CASE WHEN c.proven THEN c.event END) AS proven
FROM counted_contact AS c
WHERE c.role IN ('offender', 'suspect', 'client')
GROUP BY c.organisation_id, c.person_id
