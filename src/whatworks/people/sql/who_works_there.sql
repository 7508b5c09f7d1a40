-- who_works_there: what agencies did from one day to another, where, and about which kind of incident (null: any).
--
-- Operations are activities; schemes work in their areas while they last.
SELECT
  a.organisation_id AS agency, a.kind AS what, a.about_kind, a.area_code, a.area_vintage, a.easting, a.northing,
  a.from_time
FROM activity AS a
WHERE a.from_time >= $first AND a.from_time < $last
UNION ALL
SELECT DISTINCT
  s.organisation_id, 'scheme ' || s.name, NULL, x.area_code, x.area_vintage, CAST(NULL AS DOUBLE),
  CAST(NULL AS DOUBLE), CAST(NULL AS TIMESTAMP)
FROM scheme AS s
JOIN scheme_area AS x ON x.organisation_id = s.organisation_id AND x.scheme_id = s.scheme_id
WHERE s.from_date < $last AND (s.to_date IS NULL OR s.to_date >= $first)
ORDER BY 1, 2, 3, 4, 5, 8, 6, 7
