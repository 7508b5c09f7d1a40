-- refuge_supply: the places that boroughs host on a day, by what they are counted in.
SELECT
  host_borough AS borough,
  units,
  SUM(places) AS places
FROM refuge_service
WHERE from_date <= $day AND (to_date IS NULL OR to_date >= $day)
GROUP BY host_borough, units
ORDER BY 1, 2
