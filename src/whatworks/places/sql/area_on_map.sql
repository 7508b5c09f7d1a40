-- area_on_map: the areas of a kind, in each edition, with their borough, their people and their outline.
--
-- An area stands in table area, in area_boundary, or in both, and several agencies may send it: what any knows is taken.
WITH known AS (
  SELECT area_code, vintage, MIN(name) AS name, MIN(parent) AS parent, MAX(population) AS population
  FROM area
  WHERE kind = $kind
  GROUP BY area_code, vintage
), drawn AS (
  SELECT area_code, vintage, MIN(name) AS name, MIN(parent) AS parent, MIN(geometry) AS geometry
  FROM area_boundary
  WHERE kind = $kind
  GROUP BY area_code, vintage
)
SELECT
  COALESCE(k.area_code, d.area_code) AS area_code,
  COALESCE(k.vintage, d.vintage) AS vintage,
  COALESCE(k.name, d.name) AS name,
  COALESCE(k.parent, d.parent) AS parent,
  k.population,
  d.geometry
FROM known AS k
FULL JOIN drawn AS d ON d.area_code = k.area_code AND d.vintage = k.vintage
ORDER BY 2, 1
