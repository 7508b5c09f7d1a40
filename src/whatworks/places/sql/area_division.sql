-- area_division: the areas of one edition, and what each lies in by a look-up to another division, as of postcodes.
SELECT area_code, MIN(other_code) AS division
FROM area_lookup
WHERE vintage = $vintage AND other_vintage = $division
GROUP BY area_code
ORDER BY area_code
