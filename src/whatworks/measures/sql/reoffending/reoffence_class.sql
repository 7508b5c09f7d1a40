-- reoffence_class: proven reoffences by how they may be tried (the Justice Data Lab's tiers: indictable only, either way,
-- summary), and the tier of the first.
--
-- first_tier is 1, 2 or 3, of several reoffences committed on that first day the gravest. A reoffence whose class is not
-- known is in no tier and counted in `unknown`; first_tier is null where one of the first day's is not known and none of
-- them is of tier 1.
WITH tiered AS (
  SELECT
    r.unit,
    r.proven_1y,
    r.proven_2y,
    r.proven_1y AND r.days = p.days_to_first_1y AS first_1y,
    r.proven_2y AND r.days = p.days_to_first_2y AS first_2y,
    CASE r.offence_class WHEN 'indictable_only' THEN 1 WHEN 'either_way' THEN 2 WHEN 'summary' THEN 3 END AS tier
  FROM reoffence AS r
  JOIN proven_reoffending AS p ON p.unit = r.unit
)
SELECT
  unit,
  COUNT(*) FILTER (WHERE proven_1y AND tier = 1) AS indictable_1y,
  COUNT(*) FILTER (WHERE proven_2y AND tier = 1) AS indictable_2y,
  COUNT(*) FILTER (WHERE proven_1y AND tier = 2) AS either_way_1y,
  COUNT(*) FILTER (WHERE proven_2y AND tier = 2) AS either_way_2y,
  COUNT(*) FILTER (WHERE proven_1y AND tier = 3) AS summary_1y,
  COUNT(*) FILTER (WHERE proven_2y AND tier = 3) AS summary_2y,
  COUNT(*) FILTER (WHERE proven_1y AND tier IS NULL) AS unknown_1y,
  COUNT(*) FILTER (WHERE proven_2y AND tier IS NULL) AS unknown_2y,
  CASE
    WHEN MIN(tier) FILTER (WHERE first_1y) = 1 OR COUNT(*) FILTER (WHERE first_1y AND tier IS NULL) = 0
      THEN MIN(tier) FILTER (WHERE first_1y)
  END AS first_tier_1y,
  CASE
    WHEN MIN(tier) FILTER (WHERE first_2y) = 1 OR COUNT(*) FILTER (WHERE first_2y AND tier IS NULL) = 0
      THEN MIN(tier) FILTER (WHERE first_2y)
  END AS first_tier_2y
FROM tiered
GROUP BY unit
