-- order_spell: each time that a person was on an order and at liberty, of one provider or of all together.
--
-- Orders that overlap or follow without a day between are one. A spell begins with the order or with release, and ends
-- with the order, a return to custody, death, or the extract; `until` is the first day that is no part of it. None begins
-- before contacts were recorded.
WITH held AS (
  SELECT
    q.linked_id, GREATEST(q.from_date, k.contacts_from) AS from_date,
    LEAST(COALESCE(q.to_date + INTERVAL '1' DAY, s.as_at), s.as_at) AS until,
    s.as_at
  FROM asked_order AS q
  CROSS JOIN setting AS s
  CROSS JOIN contacts_from AS k
  WHERE
    q.from_date < s.as_at
    AND (q.to_date IS NULL OR (q.to_date >= k.contacts_from AND q.to_date >= q.from_date))
),
marked AS (
  SELECT
    *,
    MAX(until) OVER (
      PARTITION BY linked_id ORDER BY from_date, until ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS held_until
  FROM held
),
numbered AS (
  SELECT
    *,
    SUM(CASE WHEN from_date <= held_until THEN 0 ELSE 1 END) OVER (
      PARTITION BY linked_id ORDER BY from_date, until ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS spell
  FROM marked
),
whole AS (
  SELECT linked_id, MIN(from_date) AS from_date, MAX(until) AS until, MIN(as_at) AS as_at
  FROM numbered
  GROUP BY linked_id, spell
),
begun AS (
  SELECT w.linked_id, w.from_date AS starts, w.until, w.as_at
  FROM whole AS w
  WHERE NOT EXISTS (
    SELECT 1
    FROM custody_stay AS c
    WHERE c.linked_id = w.linked_id AND c.received_on <= w.from_date AND c.until > w.from_date
  )
  UNION ALL
  SELECT w.linked_id, c.until AS starts, w.until, w.as_at
  FROM whole AS w
  JOIN custody_stay AS c ON c.linked_id = w.linked_id AND c.until > w.from_date AND c.until < w.until
),
stopped AS (
  SELECT b.linked_id, b.starts, MIN(c.received_on) AS received_on
  FROM begun AS b
  JOIN custody_stay AS c ON c.linked_id = b.linked_id AND c.received_on >= b.starts
  GROUP BY b.linked_id, b.starts
),
dead AS (
  SELECT i.linked_id, MIN(p.died_on) AS died_on
  FROM person AS p
  JOIN identity AS i ON i.organisation_id = p.organisation_id AND i.person_id = p.person_id
  WHERE p.died_on IS NOT NULL
  GROUP BY i.linked_id
)
SELECT
  b.linked_id, b.starts,
  CAST(LEAST(b.until, COALESCE(x.received_on, b.until), COALESCE(d.died_on, b.until)) AS DATE) AS until, b.as_at
FROM begun AS b
LEFT JOIN stopped AS x ON x.linked_id = b.linked_id AND x.starts = b.starts
LEFT JOIN dead AS d ON d.linked_id = b.linked_id
WHERE LEAST(b.until, COALESCE(x.received_on, b.until), COALESCE(d.died_on, b.until)) > b.starts
