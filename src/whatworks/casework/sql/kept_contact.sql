-- kept_contact: every contact that a person kept, and with whom.
SELECT i.linked_id, c.contacted_on, c.provider
FROM agency_contact AS c
JOIN identity AS i ON i.organisation_id = c.organisation_id AND i.person_id = c.person_id
