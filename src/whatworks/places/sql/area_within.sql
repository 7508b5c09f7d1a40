-- area_within: in which area of the edition asked for an area lies: by a look-up between editions, or as a parent.
WITH parents AS (
  SELECT area_code, vintage, MIN(parent) AS parent
  FROM (
    SELECT area_code, vintage, parent FROM area
    UNION ALL
    SELECT area_code, vintage, parent FROM area_boundary
  ) AS p
  WHERE parent IS NOT NULL
  GROUP BY area_code, vintage
)
SELECT area_code, vintage, other_code
FROM area_lookup
WHERE other_vintage = $vintage
UNION
SELECT area_code, vintage, parent
FROM parents
WHERE vintage = $vintage
UNION
SELECT p.area_code, p.vintage, q.parent
FROM parents AS p
JOIN parents AS q ON q.area_code = p.parent AND q.vintage = p.vintage
WHERE p.vintage = $vintage
UNION
SELECT l.area_code, l.vintage, q.parent
FROM area_lookup AS l
JOIN parents AS q ON q.area_code = l.other_code AND q.vintage = l.other_vintage
WHERE l.other_vintage = $vintage
ORDER BY 1, 2, 3
