-- gate_case: each exit with the day of each way out, who was to pick up, and the borough that the person went to.
--
-- An address outside every area of the partnership is another area. Deaths before the exit are wrong records. Who came
-- out before the first contact was recorded cannot have been seen by the records, and is told apart.
SELECT
  e.unit, e.linked_id, e.exit_on, e.prison, COALESCE(e.next_provider, g.next_provider) AS provider,
  f.contacted_on, e.returned_on, d.died_on, h.borough, s.as_at,
  CASE
    WHEN k.contacts_from IS NULL OR e.exit_on < k.contacts_from THEN 'before_contacts'
    WHEN h.area_code IS NOT NULL AND h.borough IS NULL AND e.apart IS NULL THEN 'other_area'
    ELSE e.apart
  END AS apart
FROM gate_exit AS e
CROSS JOIN setting AS s
CROSS JOIN contacts_from AS k
LEFT JOIN first_contact AS f ON f.unit = e.unit
LEFT JOIN gate_duty AS g ON g.unit = e.unit
LEFT JOIN residence AS h ON h.linked_id = e.linked_id AND h.on_date = e.exit_on
LEFT JOIN (
  SELECT x.unit, MIN(p.died_on) AS died_on
  FROM gate_exit AS x
  JOIN identity AS i ON i.linked_id = x.linked_id
  JOIN person AS p ON p.organisation_id = i.organisation_id AND p.person_id = i.person_id
  WHERE p.died_on >= x.exit_on
  GROUP BY x.unit
) AS d ON d.unit = e.unit
