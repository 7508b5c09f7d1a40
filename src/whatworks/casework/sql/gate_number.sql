-- gate_number: each exit under every number by which an agency knows the person: contacts are many, and are met by these.
SELECT e.unit, e.exit_on, e.leaves, i.organisation_id, i.person_id
FROM gate_exit AS e
JOIN identity AS i ON i.linked_id = e.linked_id
