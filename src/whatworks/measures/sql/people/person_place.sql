-- person_place: the order of people, by the least (organisation_id, person_id) of their records.
--
-- Whatever is drawn, matched or numbered person by person goes by it, so that nothing hangs on the text of a linked_id.
SELECT linked_id, MIN(place) AS place
FROM (
  SELECT i.linked_id, RANK() OVER (ORDER BY i.organisation_id, i.person_id) AS place
  FROM identity AS i
) AS ranked
GROUP BY linked_id
