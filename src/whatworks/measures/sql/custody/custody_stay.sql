-- custody_stay: the union of a person's stays in custody, whatever agency or warrant they stand under.
--
-- Spells overlap (remand and sentence, two warrants, two agencies' records), so nights are counted here and never by
-- adding spells. Spells that overlap or follow without a night between become one stay, from `received_on` up to and
-- without the day `until`.
WITH marked AS (
  SELECT
    linked_id,
    received_on,
    until,
    MAX(until) OVER (
      PARTITION BY linked_id ORDER BY received_on, until ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS held_until
  FROM custody_record
  WHERE until > received_on
),
numbered AS (
  SELECT
    linked_id,
    received_on,
    until,
    SUM(CASE WHEN received_on <= held_until THEN 0 ELSE 1 END) OVER (
      PARTITION BY linked_id ORDER BY received_on, until ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS stay
  FROM marked
)
SELECT linked_id, MIN(received_on) AS received_on, MAX(until) AS until
FROM numbered
GROUP BY linked_id, stay
