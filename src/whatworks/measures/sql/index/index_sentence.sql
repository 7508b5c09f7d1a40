-- index_sentence: the sentence that a unit's index date belongs to.
--
-- The one named by the spell that ended on the index date; else the latest sentence given by then (for a caution, one
-- given that very day, which is rare). Of several, a custodial one first, then the longest.
WITH released AS (
  SELECT DISTINCT w.unit, c.sentence_id
  FROM measured_unit AS w
  JOIN custody_record AS c ON c.linked_id = w.linked_id AND c.released_on = w.index_date
  WHERE c.sentence_id IS NOT NULL AND (w.kind IS NULL OR w.kind NOT IN ('caution', 'order_start'))
),
candidate AS (
  SELECT
    w.unit,
    s.case_ref,
    s.sentenced_on,
    s.length_days,
    ROW_NUMBER() OVER (
      PARTITION BY w.unit
      ORDER BY
        CASE WHEN r.unit IS NULL THEN 1 ELSE 0 END,
        s.sentenced_on DESC,
        CASE WHEN s.kind = 'custody' THEN 0 ELSE 1 END,
        COALESCE(s.length_days, -1) DESC,
        s.organisation_id,
        s.sentence_id
    ) AS choice
  FROM measured_unit AS w
  JOIN sentence_record AS s ON s.linked_id = w.linked_id AND s.sentenced_on <= w.index_date
  LEFT JOIN released AS r ON r.unit = w.unit AND r.sentence_id = s.sentence_id
  WHERE w.kind IS NULL OR w.kind <> 'caution' OR s.sentenced_on = w.index_date
)
SELECT unit, case_ref, sentenced_on, length_days
FROM candidate
WHERE choice = 1
