-- refuge_use: each household's stay: from which borough, hosted by which, for how long, in places of what unit.
SELECT
  t.origin_borough AS origin,
  s.host_borough AS host,
  s.units,
  t.places,
  t.entered_on,
  t.left_on,
  COALESCE(i.linked_id, t.stay_id) AS household
FROM refuge_stay AS t
JOIN refuge_service AS s ON s.organisation_id = t.organisation_id AND s.refuge_id = t.refuge_id
LEFT JOIN identity AS i ON i.organisation_id = t.organisation_id AND i.person_id = t.person_id
ORDER BY t.entered_on, t.organisation_id, t.stay_id
