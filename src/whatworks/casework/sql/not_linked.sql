-- not_linked: stays in custody that ended, or orders, of people whom no link was asked about yet.
SELECT a.source_table, COUNT(*) AS not_linked
FROM (
  SELECT 'custody_spell' AS source_table, k.organisation_id, k.person_id
  FROM custody_spell AS k
  WHERE k.released_on IS NOT NULL
  UNION ALL
  SELECT 'requirement' AS source_table, r.organisation_id, r.person_id
  FROM requirement AS r
) AS a
WHERE NOT EXISTS (
  SELECT 1
  FROM identity AS i
  WHERE i.organisation_id = a.organisation_id AND i.person_id = a.person_id
)
GROUP BY a.source_table
