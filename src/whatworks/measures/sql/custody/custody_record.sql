-- custody_record: every stay in custody that an agency holds, with the person it belongs to.
--
-- Nights run from the night of reception to the night before release: received on the 1st and released on the 3rd is
-- two nights, in and out on one day is none. A stay that lasts counts up to the as-at date.
SELECT
  i.linked_id,
  c.organisation_id,
  c.spell_id,
  c.sentence_id,
  c.status,
  c.received_on,
  c.released_on,
  COALESCE(c.released_on, s.as_at) AS until
FROM custody_spell AS c
JOIN linked_person AS i ON i.organisation_id = c.organisation_id AND i.person_id = c.person_id
CROSS JOIN setting AS s
