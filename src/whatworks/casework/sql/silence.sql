-- silence: the days between two kept contacts of a spell on an order, from the spell's start and up to its end.
--
-- left_on: the next kept contact, null where the spell ended, or was watched no longer, before there was one.
WITH mark AS (
  SELECT linked_id, starts, until, as_at, starts AS on_day
  FROM order_spell
  UNION
  SELECT s.linked_id, s.starts, s.until, s.as_at, c.contacted_on AS on_day
  FROM order_spell AS s
  JOIN kept_contact AS c ON c.linked_id = s.linked_id AND c.contacted_on > s.starts AND c.contacted_on < s.until
)
SELECT
  linked_id, starts, until, as_at, on_day,
  LEAD(on_day) OVER (PARTITION BY linked_id, starts ORDER BY on_day) AS left_on
FROM mark
