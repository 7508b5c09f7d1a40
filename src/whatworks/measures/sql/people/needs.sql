-- needs: on which of the seven pathways a unit had a need at the outset, and whether it was met by the end of a span.
--
-- At the outset: the latest assessment made by the end of the settling-in days after the index date (31 by default;
-- schemes assess when they begin) found a level above none, not met before the index date; where agencies assessed on
-- one day, the one trusted first. Met: a day within the span, the index date included, on which that need was met.
-- Null where the pathway was never assessed.
WITH ranked AS (
  SELECT
    u.unit,
    u.index_date,
    n.pathway,
    n.level,
    n.met_on,
    ROW_NUMBER() OVER (
      PARTITION BY u.unit, n.pathway
      ORDER BY n.assessed_on DESC, n.place, n.organisation_id, n.level DESC, n.need_id
    ) AS choice
  FROM measured_unit AS u
  CROSS JOIN setting AS t
  JOIN need_record AS n
    ON n.linked_id = u.linked_id AND DATE_DIFF('day', u.index_date, n.assessed_on) <= t.outset_days
),
assessed AS (
  SELECT
    unit,
    pathway,
    CASE WHEN level > 0 AND (met_on IS NULL OR met_on >= index_date) THEN 1 ELSE 0 END AS at_outset,
    CASE WHEN level = 0 OR met_on < index_date THEN NULL ELSE 0 END AS not_met,
    CASE WHEN level = 0 OR met_on < index_date THEN NULL ELSE met_on END AS met_on
  FROM ranked
  WHERE choice = 1
)
SELECT
  w.unit,
  w.span,
  MAX(CASE WHEN n.pathway = 'accommodation' THEN n.at_outset END) AS needs_at_outset_accommodation,
  MAX(CASE WHEN n.pathway = 'accommodation' THEN CASE WHEN n.met_on < w.ends THEN 1 ELSE n.not_met END END) AS needs_met_accommodation,
  MAX(CASE WHEN n.pathway = 'education_training_employment' THEN n.at_outset END) AS needs_at_outset_education_training_employment,
  MAX(CASE WHEN n.pathway = 'education_training_employment' THEN CASE WHEN n.met_on < w.ends THEN 1 ELSE n.not_met END END) AS needs_met_education_training_employment,
  MAX(CASE WHEN n.pathway = 'health' THEN n.at_outset END) AS needs_at_outset_health,
  MAX(CASE WHEN n.pathway = 'health' THEN CASE WHEN n.met_on < w.ends THEN 1 ELSE n.not_met END END) AS needs_met_health,
  MAX(CASE WHEN n.pathway = 'drugs_alcohol' THEN n.at_outset END) AS needs_at_outset_drugs_alcohol,
  MAX(CASE WHEN n.pathway = 'drugs_alcohol' THEN CASE WHEN n.met_on < w.ends THEN 1 ELSE n.not_met END END) AS needs_met_drugs_alcohol,
  MAX(CASE WHEN n.pathway = 'finance_benefit_debt' THEN n.at_outset END) AS needs_at_outset_finance_benefit_debt,
  MAX(CASE WHEN n.pathway = 'finance_benefit_debt' THEN CASE WHEN n.met_on < w.ends THEN 1 ELSE n.not_met END END) AS needs_met_finance_benefit_debt,
  MAX(CASE WHEN n.pathway = 'children_families' THEN n.at_outset END) AS needs_at_outset_children_families,
  MAX(CASE WHEN n.pathway = 'children_families' THEN CASE WHEN n.met_on < w.ends THEN 1 ELSE n.not_met END END) AS needs_met_children_families,
  MAX(CASE WHEN n.pathway = 'attitudes_thinking_behaviour' THEN n.at_outset END) AS needs_at_outset_attitudes_thinking_behaviour,
  MAX(CASE WHEN n.pathway = 'attitudes_thinking_behaviour' THEN CASE WHEN n.met_on < w.ends THEN 1 ELSE n.not_met END END) AS needs_met_attitudes_thinking_behaviour
FROM measure_window AS w
LEFT JOIN assessed AS n ON n.unit = w.unit
GROUP BY w.unit, w.span
