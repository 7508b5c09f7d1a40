-- victim_reached: each victim, and the furthest that anybody came with them.
--
-- Information sent is not contact; contact is understood where the victim confirmed it.
SELECT
  v.organisation_id || '/' || v.victim_id AS unit,
  v.referral_source,
  v.residence,
  v.borough,
  v.known_on,
  v.needs_assessed_on IS NOT NULL AS assessed,
  i.linked_id,
  COUNT(CASE WHEN c.result = 'information_supplied' THEN 1 END) > 0 AS informed,
  COUNT(CASE WHEN c.result = 'contact_made' THEN 1 END) > 0 AS contacted,
  COUNT(c.understood_on) > 0 AS understood,
  COUNT(c.contact_id) > 0 AS tried
FROM victim AS v
LEFT JOIN victim_contact AS c ON c.organisation_id = v.organisation_id AND c.victim_id = v.victim_id
LEFT JOIN identity AS i ON i.organisation_id = v.organisation_id AND i.person_id = v.person_id
GROUP BY
  v.organisation_id, v.victim_id, v.referral_source, v.residence, v.borough, v.known_on, v.needs_assessed_on,
  i.linked_id
