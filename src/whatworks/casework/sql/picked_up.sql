-- picked_up: with whom the first kept contact was; where several saw the person on that day, the first by name.
SELECT f.unit, MIN(c.provider) AS picked_up_by
FROM first_contact AS f
JOIN gate_number AS n ON n.unit = f.unit
JOIN agency_contact AS c
  ON c.organisation_id = n.organisation_id AND c.person_id = n.person_id AND c.contacted_on = f.contacted_on
WHERE n.leaves IS NULL OR c.provider <> n.leaves
GROUP BY f.unit
