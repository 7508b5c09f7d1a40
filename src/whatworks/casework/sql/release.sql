-- release: each day on which a person came out of custody, from which prison, and what is told apart and in no share.
--
-- The end of a whole stay (`custody_stay`): who moves from one warrant to the next on the same day was never out. Who was
-- let go from a sentence and taken back on the same day, on recall or remand, is told apart, as is who was only remanded.
WITH spell AS (
  SELECT
    i.linked_id, k.organisation_id, k.spell_id, k.sentence_id, k.received_on, k.released_on, k.status, k.establishment,
    k.organisation_id || '/' || k.spell_id AS unit
  FROM custody_spell AS k
  JOIN linked_person AS i ON i.organisation_id = k.organisation_id AND i.person_id = k.person_id
),
out AS (
  SELECT
    s.linked_id, s.until, MIN(k.unit) AS unit, BOOL_AND(k.status = 'remand') AS remand,
    CASE WHEN COUNT(DISTINCT k.establishment) = 1 THEN MIN(k.establishment) END AS prison
  FROM custody_stay AS s
  JOIN spell AS k ON k.linked_id = s.linked_id AND k.released_on = s.until
  GROUP BY s.linked_id, s.until
),
next_in AS (
  SELECT linked_id, until, LEAD(received_on) OVER (PARTITION BY linked_id ORDER BY received_on) AS returned_on
  FROM custody_stay
)
SELECT
  o.unit, o.linked_id, o.until AS exit_on, o.prison, n.returned_on, CAST(NULL AS VARCHAR) AS leaves,
  CAST(NULL AS VARCHAR) AS next_provider, CASE WHEN o.remand THEN 'remand_release' END AS apart
FROM out AS o
JOIN next_in AS n ON n.linked_id = o.linked_id AND n.until = o.until
UNION ALL
SELECT
  MIN(k.unit) AS unit, k.linked_id, k.released_on AS exit_on, CAST(NULL AS VARCHAR) AS prison,
  k.released_on AS returned_on, CAST(NULL AS VARCHAR) AS leaves, CAST(NULL AS VARCHAR) AS next_provider,
  'same_day_return' AS apart
FROM spell AS k
JOIN spell AS n ON n.linked_id = k.linked_id AND n.received_on = k.released_on AND n.unit <> k.unit
WHERE
  k.status <> 'remand' AND k.released_on > k.received_on
  AND n.status <> 'sentence' AND (n.released_on IS NULL OR n.released_on > n.received_on)
  AND (n.sentence_id IS NULL OR k.sentence_id IS NULL OR n.sentence_id <> k.sentence_id OR n.status <> k.status)
GROUP BY k.linked_id, k.released_on
