-- residence: where a person lived on a day, as was known on that day.
--
-- The address with the latest first day, begun and recorded by then; where agencies tie, their order of preference. Its
-- last day is not asked: it may have been written down later, and the last address known is the best guess of a
-- borough for someone who comes out of custody. An address without a first day counts from when it was recorded.
WITH dated AS (
  SELECT
    i.linked_id,
    a.organisation_id,
    a.address_id,
    a.area_code,
    a.area_vintage,
    COALESCE(a.from_date, a.recorded_on) AS from_date,
    COALESCE(a.recorded_on, a.from_date) AS recorded_on
  FROM address AS a
  JOIN linked_person AS i ON i.organisation_id = a.organisation_id AND i.person_id = a.person_id
  WHERE a.area_code IS NOT NULL
),
ranked AS (
  SELECT
    w.linked_id,
    w.on_date,
    d.area_code,
    d.area_vintage,
    ROW_NUMBER() OVER (
      PARTITION BY w.linked_id, w.on_date
      ORDER BY d.from_date DESC, COALESCE(p.place, 1000), d.organisation_id, d.recorded_on DESC, d.address_id
    ) AS choice
  FROM residence_wanted AS w
  JOIN dated AS d ON d.linked_id = w.linked_id AND d.from_date <= w.on_date AND d.recorded_on <= w.on_date
  LEFT JOIN preference AS p ON p.field = 'address' AND p.organisation_id = d.organisation_id
)
SELECT r.linked_id, r.on_date, r.area_code, b.borough
FROM ranked AS r
LEFT JOIN area_borough AS b
  ON b.area_code = r.area_code AND (b.vintage = r.area_vintage OR (r.area_vintage IS NULL AND b.latest))
WHERE r.choice = 1
