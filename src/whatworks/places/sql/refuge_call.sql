-- refuge_call: each call for a place of safety: whose it was, from where, what came of it, and the asked host's borough.
--
-- A call without a linked number stays without a person: it cannot be told whether it repeats another.
SELECT
  r.organisation_id || '/' || r.referral_id AS call,
  i.linked_id AS person,
  r.referred_on,
  r.origin_borough AS origin,
  s.host_borough AS host,
  r.outcome,
  r.reason,
  r.decided_on
FROM refuge_referral AS r
LEFT JOIN refuge_service AS s ON s.organisation_id = r.organisation_id AND s.refuge_id = r.refuge_id
LEFT JOIN identity AS i ON i.organisation_id = r.organisation_id AND i.person_id = r.person_id
ORDER BY r.referred_on, r.organisation_id, r.referral_id
