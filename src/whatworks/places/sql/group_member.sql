-- group_member: each part of a person in a group, the person by linked number where there is one.
SELECT
  m.organisation_id,
  m.group_id,
  COALESCE(i.linked_id, m.organisation_id || '/' || m.person_id) AS person,
  m.role,
  m.under_18,
  m.from_date,
  m.to_date
FROM offending_group_membership AS m
LEFT JOIN identity AS i ON i.organisation_id = m.organisation_id AND i.person_id = m.person_id
ORDER BY m.organisation_id, m.group_id, m.membership_id
