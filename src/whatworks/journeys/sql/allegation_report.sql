-- allegation_report: each allegation with the case that it is a part of, its person across agencies, and its borough.
SELECT
  COALESCE(a.offence_ref, a.organisation_id || '/' || a.allegation_id) AS case_ref,
  COALESCE(i.linked_id, a.organisation_id || '/' || a.person_id) AS person,
  a.seriousness, a.recorded_on, a.suspect_named_on, a.referred_on, a.decided_on, a.decision, a.result, b.borough
FROM allegation AS a
LEFT JOIN identity AS i ON i.organisation_id = a.organisation_id AND i.person_id = a.person_id
LEFT JOIN area_borough AS b ON b.area_code = a.area_code AND b.latest
