-- reoffence_class: proven reoffences by how they may be tried (the Justice Data Lab's tiers: indictable only, either way,
-- summary), and the tier of the first.
--
-- Of several reoffences committed on the first day the gravest gives its tier. A reoffence whose class is not known is in
-- no tier and counted as without a class; so is the first where one of its day's is not known and none is of the gravest.
WITH tiered AS (
  SELECT
    r.unit,
    r.span,
    r.days = f.days AS is_first,
    CASE r.offence_class WHEN 'indictable_only' THEN 1 WHEN 'either_way' THEN 2 WHEN 'summary' THEN 3 END AS tier
  FROM reoffence AS r
  JOIN first_reoffence AS f ON f.unit = r.unit AND f.span = r.span
  WHERE r.proven
),
counted AS (
  SELECT
    unit,
    span,
    COUNT(*) FILTER (WHERE tier = 1) AS indictable,
    COUNT(*) FILTER (WHERE tier = 2) AS either_way,
    COUNT(*) FILTER (WHERE tier = 3) AS summary,
    COUNT(*) FILTER (WHERE tier IS NULL) AS unknown,
    CASE
      WHEN MIN(tier) FILTER (WHERE is_first) = 1 OR COUNT(*) FILTER (WHERE is_first AND tier IS NULL) = 0
        THEN MIN(tier) FILTER (WHERE is_first)
    END AS first_tier
  FROM tiered
  GROUP BY unit, span
)
SELECT
  unit,
  span,
  CASE WHEN first_tier = 1 THEN 1 ELSE 0 END AS first_reoffence_indictable,
  CASE WHEN first_tier = 2 THEN 1 ELSE 0 END AS first_reoffence_either_way,
  CASE WHEN first_tier = 3 THEN 1 ELSE 0 END AS first_reoffence_summary,
  CASE WHEN first_tier IS NULL THEN 1 ELSE 0 END AS first_reoffence_without_class,
  indictable AS indictable_reoffences,
  either_way AS either_way_reoffences,
  summary AS summary_reoffences,
  unknown AS reoffences_without_class
FROM counted
