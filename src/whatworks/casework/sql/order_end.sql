-- order_end: each day on which all orders of a person with one provider ended, and the provider whose order follows.
--
-- An order follows where it is another provider's, begins within four weeks of that day, before or after, and lasts
-- beyond it. Ends that no order follows are told apart: nobody is to pick them up.
WITH held AS (
  SELECT
    i.linked_id, COALESCE(r.provider, r.organisation_id) AS provider, r.from_date, r.to_date,
    r.organisation_id || '/' || r.requirement_id AS unit
  FROM requirement AS r
  JOIN linked_person AS i ON i.organisation_id = r.organisation_id AND i.person_id = r.person_id
  WHERE r.to_date IS NULL OR r.to_date >= r.from_date
),
ended AS (
  SELECT h.linked_id, h.provider, h.to_date AS exit_on, MIN(h.unit) AS unit
  FROM held AS h
  CROSS JOIN setting AS s
  WHERE h.to_date <= s.as_at AND NOT EXISTS (
    SELECT 1
    FROM held AS o
    WHERE
      o.linked_id = h.linked_id AND o.provider = h.provider AND o.from_date <= h.to_date + INTERVAL '28' DAY
      AND (o.to_date IS NULL OR o.to_date > h.to_date)
  )
  GROUP BY h.linked_id, h.provider, h.to_date
),
followed AS (
  SELECT
    e.unit, n.provider,
    ROW_NUMBER() OVER (PARTITION BY e.unit ORDER BY n.from_date DESC, n.provider) AS choice
  FROM ended AS e
  JOIN held AS n
    ON n.linked_id = e.linked_id AND n.provider <> e.provider
    AND n.from_date BETWEEN e.exit_on - INTERVAL '28' DAY AND e.exit_on + INTERVAL '28' DAY
    AND (n.to_date IS NULL OR n.to_date > e.exit_on)
),
back AS (
  SELECT e.unit, MIN(c.received_on) AS returned_on, BOOL_OR(c.received_on < e.exit_on) AS inside
  FROM ended AS e
  JOIN custody_stay AS c ON c.linked_id = e.linked_id AND c.until > e.exit_on
  GROUP BY e.unit
)
SELECT
  e.unit, e.linked_id, e.exit_on, CAST(NULL AS VARCHAR) AS prison, b.returned_on, e.provider AS leaves,
  f.provider AS next_provider,
  CASE WHEN b.inside THEN 'in_custody' WHEN f.unit IS NULL THEN 'no_next_order' END AS apart
FROM ended AS e
LEFT JOIN followed AS f ON f.unit = e.unit AND f.choice = 1
LEFT JOIN back AS b ON b.unit = e.unit
