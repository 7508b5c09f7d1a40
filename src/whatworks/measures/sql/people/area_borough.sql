-- area_borough: the borough that holds an area, in each edition of the boundaries; a borough holds itself.
--
-- Wards and small areas climb to their parent, at most twice (small area, ward, borough). `latest` marks the last
-- edition of a code, which is taken where an address does not say its edition.
WITH one AS (
  SELECT area_code, vintage, MIN(kind) AS kind, MIN(parent) AS parent
  FROM area
  GROUP BY area_code, vintage
)
SELECT
  a.area_code,
  a.vintage,
  CASE
    WHEN a.kind = 'borough' THEN a.area_code
    WHEN b.kind = 'borough' THEN b.area_code
    WHEN c.kind = 'borough' THEN c.area_code
  END AS borough,
  a.vintage = MAX(a.vintage) OVER (PARTITION BY a.area_code) AS latest
FROM one AS a
LEFT JOIN one AS b ON b.area_code = a.parent AND b.vintage = a.vintage
LEFT JOIN one AS c ON c.area_code = b.parent AND c.vintage = a.vintage
