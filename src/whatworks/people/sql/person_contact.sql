-- person_contact: every contact of a person with an agency up to a day, and in what part: the role is the contact's.
--
-- role: offender or suspect of an offence, client of a service, or one of two that never count: victim, and cleared
-- (acquitted, no crime, or withdrawn as false; the police's record of the same case too, unless it was proven).
-- contact_on: for what lasts (custody, orders, schemes) its first day, moved to the window's where it began before.
-- event: one for all agencies that report it. seriousness: hundredths of the named edition's weight, a code's before
-- its group's; null where the edition weighs neither.
WITH cleared AS (
  SELECT DISTINCT i.linked_id, a.offence_ref
  FROM allegation AS a
  JOIN identity AS i ON i.organisation_id = a.organisation_id AND i.person_id = a.person_id
  WHERE a.result = 'acquitted' OR LOWER(a.reason) IN ('no_crime', 'no crime', 'withdrawn_false', 'false')
),
report AS (
  SELECT
    o.organisation_id, o.person_id, i.linked_id, 'offence' AS kind, o.committed_from AS contact_on,
    COALESCE(o.sanctioned_on <= $last, FALSE) AS proven,
    c.offence_ref IS NOT NULL AS cleared, COALESCE(o.offence_ref, o.organisation_id || '/' || o.offence_id) AS event,
    o.offence_code, o.offence_group
  FROM offence AS o
  JOIN identity AS i ON i.organisation_id = o.organisation_id AND i.person_id = o.person_id
  LEFT JOIN cleared AS c ON c.linked_id = i.linked_id AND c.offence_ref = o.offence_ref
  WHERE COALESCE(o.recorded_on, o.committed_from) <= $last
  UNION ALL
  SELECT
    a.organisation_id, a.person_id, i.linked_id, 'allegation', a.recorded_on,
    COALESCE(a.result IN ('convicted', 'convicted_at_lower_level'), FALSE),
    COALESCE(a.result = 'acquitted', FALSE)
      OR COALESCE(LOWER(a.reason) IN ('no_crime', 'no crime', 'withdrawn_false', 'false'), FALSE),
    COALESCE(a.offence_ref, a.organisation_id || '/' || a.allegation_id), NULL, a.offence_group
  FROM allegation AS a
  JOIN identity AS i ON i.organisation_id = a.organisation_id AND i.person_id = a.person_id
),
contact AS (
  SELECT
    organisation_id, person_id, linked_id, kind,
    CASE WHEN proven THEN 'offender' WHEN cleared THEN 'cleared' ELSE 'suspect' END AS role,
    contact_on, event, offence_code, offence_group, proven
  FROM report
  UNION ALL
  SELECT
    c.organisation_id, c.person_id, i.linked_id, 'custody_spell',
    CASE WHEN c.status = 'remand' THEN 'suspect' ELSE 'offender' END, GREATEST(c.received_on, $first),
    c.organisation_id || '/' || c.spell_id, NULL, NULL, NULL
  FROM custody_spell AS c
  JOIN identity AS i ON i.organisation_id = c.organisation_id AND i.person_id = c.person_id
  WHERE c.released_on IS NULL OR c.released_on >= $first
  UNION ALL
  SELECT
    r.organisation_id, r.person_id, i.linked_id, 'requirement', 'offender', GREATEST(r.from_date, $first),
    r.organisation_id || '/' || r.requirement_id, NULL, NULL, NULL
  FROM requirement AS r
  JOIN identity AS i ON i.organisation_id = r.organisation_id AND i.person_id = r.person_id
  WHERE r.to_date IS NULL OR r.to_date >= $first
  UNION ALL
  SELECT
    n.organisation_id, n.person_id, i.linked_id, 'need', 'client', n.assessed_on,
    n.organisation_id || '/' || n.need_id, NULL, NULL, NULL
  FROM need AS n
  JOIN identity AS i ON i.organisation_id = n.organisation_id AND i.person_id = n.person_id
  UNION ALL
  SELECT
    p.organisation_id, p.person_id, i.linked_id, 'participation', 'client',
    GREATEST(COALESCE(p.started_on, p.referred_on, p.offered_on), $first),
    p.organisation_id || '/' || p.participation_id, NULL, NULL, NULL
  FROM participation AS p
  JOIN identity AS i ON i.organisation_id = p.organisation_id AND i.person_id = p.person_id
  WHERE COALESCE(p.completed_on, p.ended_on) IS NULL OR COALESCE(p.completed_on, p.ended_on) >= $first
  UNION ALL
  SELECT
    v.organisation_id, v.person_id, i.linked_id, 'victim', 'victim', v.known_on,
    COALESCE(v.offence_ref, v.organisation_id || '/' || v.victim_id), NULL, NULL, NULL
  FROM victim AS v
  JOIN identity AS i ON i.organisation_id = v.organisation_id AND i.person_id = v.person_id
  UNION ALL
  SELECT
    p.organisation_id, p.person_id, i.linked_id, 'victim', 'victim', CAST(n.from_time AS DATE),
    COALESCE(n.incident_ref, p.organisation_id || '/' || p.incident_id), NULL, NULL, NULL
  FROM incident_person AS p
  JOIN incident AS n ON n.organisation_id = p.organisation_id AND n.incident_id = p.incident_id
  JOIN identity AS i ON i.organisation_id = p.organisation_id AND i.person_id = p.person_id
  WHERE p.role = 'victim'
)
SELECT
  c.linked_id, c.organisation_id, c.person_id, c.kind, c.role, c.contact_on, c.event, c.proven,
  COALESCE(w.weight, g.weight) AS seriousness
FROM contact AS c
LEFT JOIN severity_weight AS w ON w.level = 'code' AND w.key = c.offence_code
LEFT JOIN severity_weight AS g ON g.level = 'group' AND g.key = c.offence_group
WHERE c.contact_on BETWEEN $first AND $last
