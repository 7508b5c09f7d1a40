-- held_order: every order with the person whom it binds and the provider who delivers it.
SELECT
  i.linked_id, r.organisation_id, r.requirement_id, COALESCE(r.provider, r.organisation_id) AS provider,
  r.from_date, r.to_date
FROM requirement AS r
JOIN linked_person AS i ON i.organisation_id = r.organisation_id AND i.person_id = r.person_id
