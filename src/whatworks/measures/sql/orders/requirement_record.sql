-- requirement_record: every requirement of an order or licence, with the person it binds.
SELECT i.linked_id, r.organisation_id, r.requirement_id, r.from_date, r.to_date
FROM requirement AS r
JOIN linked_person AS i ON i.organisation_id = r.organisation_id AND i.person_id = r.person_id
