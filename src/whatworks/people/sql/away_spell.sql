-- away_spell: from which day to which a person could not offend at large: in custody, or dead (null: to this day).
SELECT i.linked_id, c.received_on AS away_from, c.released_on AS away_to
FROM custody_spell AS c
JOIN identity AS i ON i.organisation_id = c.organisation_id AND i.person_id = c.person_id
UNION ALL
SELECT i.linked_id, MIN(p.died_on), NULL
FROM person AS p
JOIN identity AS i ON i.organisation_id = p.organisation_id AND i.person_id = p.person_id
WHERE p.died_on IS NOT NULL
GROUP BY i.linked_id
ORDER BY 1, 2, 3
