-- outcome: every outcome of every unit, at one and at two years.
--
-- A figure is null where it cannot be known: the person is not in the conviction record, or the window is immature. In
-- all other cases nothing found is zero; only days to the first reoffence are null for who had none. Days free end with
-- the first reoffence, a death, or the window; free_ended_by is 1, 2 or 0. Breaches and
-- appointments are null for who had no requirement in force; a month is 30.4375 days (365.25 / 12).
WITH shown AS (
  SELECT
    w.*,
    CASE WHEN f.months = 24 THEN w.mature_2y ELSE w.mature_1y END AS mature,
    w.known AND CASE WHEN f.months = 24 THEN w.mature_2y ELSE w.mature_1y END AS shown,
    w.known AND w.mature_1y AS shown_1y,
    w.known AND w.mature_2y AS shown_2y
  FROM measure_window AS w
  CROSS JOIN follow_up AS f
),
need_by_pathway AS (
  SELECT
    unit,
    MAX(CASE WHEN pathway = 'accommodation' THEN at_outset END) AS needs_at_outset_accommodation,
    MAX(CASE WHEN pathway = 'accommodation' THEN met END) AS needs_met_accommodation,
    MAX(CASE WHEN pathway = 'education_training_employment' THEN at_outset END) AS needs_at_outset_education_training_employment,
    MAX(CASE WHEN pathway = 'education_training_employment' THEN met END) AS needs_met_education_training_employment,
    MAX(CASE WHEN pathway = 'health' THEN at_outset END) AS needs_at_outset_health,
    MAX(CASE WHEN pathway = 'health' THEN met END) AS needs_met_health,
    MAX(CASE WHEN pathway = 'drugs_alcohol' THEN at_outset END) AS needs_at_outset_drugs_alcohol,
    MAX(CASE WHEN pathway = 'drugs_alcohol' THEN met END) AS needs_met_drugs_alcohol,
    MAX(CASE WHEN pathway = 'finance_benefit_debt' THEN at_outset END) AS needs_at_outset_finance_benefit_debt,
    MAX(CASE WHEN pathway = 'finance_benefit_debt' THEN met END) AS needs_met_finance_benefit_debt,
    MAX(CASE WHEN pathway = 'children_families' THEN at_outset END) AS needs_at_outset_children_families,
    MAX(CASE WHEN pathway = 'children_families' THEN met END) AS needs_met_children_families,
    MAX(CASE WHEN pathway = 'attitudes_thinking_behaviour' THEN at_outset END) AS needs_at_outset_attitudes_thinking_behaviour,
    MAX(CASE WHEN pathway = 'attitudes_thinking_behaviour' THEN met END) AS needs_met_attitudes_thinking_behaviour
  FROM needs
  GROUP BY unit
)
SELECT
  o.unit,
  o.known,
  o.mature,
  o.mature_1y,
  o.mature_2y,
  CASE WHEN o.shown_1y THEN CASE WHEN p.frequency_1y > 0 THEN 1 ELSE 0 END END AS proven_reoffending_1y,
  CASE WHEN o.shown_1y THEN COALESCE(p.frequency_1y, 0) END AS frequency_1y,
  CASE WHEN o.shown_1y THEN p.days_to_first_1y END AS days_to_first_1y,
  CASE WHEN o.shown_1y THEN CASE WHEN e.within_1y THEN 1 ELSE 0 END END AS died_1y,
  CASE
    WHEN o.shown_1y THEN LEAST(
      COALESCE(p.days_to_first_1y, DATE_DIFF('day', o.index_date, o.ends_1y)),
      CASE WHEN e.within_1y THEN e.days ELSE DATE_DIFF('day', o.index_date, o.ends_1y) END
    )
  END AS days_free_1y,
  CASE
    WHEN NOT o.shown_1y THEN NULL
    WHEN p.days_to_first_1y IS NOT NULL AND NOT COALESCE(e.within_1y AND e.days < p.days_to_first_1y, FALSE) THEN 1
    WHEN e.within_1y THEN 2
    ELSE 0
  END AS free_ended_by_1y,
  CASE WHEN o.shown_1y THEN CASE WHEN p.charges_1y > 0 THEN 1 ELSE 0 END END AS charged_1y,
  CASE WHEN o.shown_1y THEN COALESCE(p.charges_1y, 0) END AS charges_1y,
  CASE WHEN o.shown_1y THEN CASE WHEN p.reconvictions_1y > 0 THEN 1 ELSE 0 END END AS reconvicted_1y,
  CASE WHEN o.shown_1y THEN COALESCE(s.seriousness_1y, 0) / CAST(100 AS DOUBLE) END AS seriousness_1y,
  CASE WHEN o.shown_1y THEN COALESCE(s.unweighted_1y, 0) END AS unweighted_offences_1y,
  CASE WHEN o.shown_1y THEN CASE WHEN c.first_tier_1y = 1 THEN 1 ELSE 0 END END AS first_reoffence_indictable_1y,
  CASE WHEN o.shown_1y THEN CASE WHEN c.first_tier_1y = 2 THEN 1 ELSE 0 END END AS first_reoffence_either_way_1y,
  CASE WHEN o.shown_1y THEN CASE WHEN c.first_tier_1y = 3 THEN 1 ELSE 0 END END AS first_reoffence_summary_1y,
  CASE
    WHEN o.shown_1y THEN CASE WHEN p.frequency_1y > 0 AND c.first_tier_1y IS NULL THEN 1 ELSE 0 END
  END AS first_reoffence_without_class_1y,
  CASE WHEN o.shown_1y THEN COALESCE(c.indictable_1y, 0) END AS indictable_reoffences_1y,
  CASE WHEN o.shown_1y THEN COALESCE(c.either_way_1y, 0) END AS either_way_reoffences_1y,
  CASE WHEN o.shown_1y THEN COALESCE(c.summary_1y, 0) END AS summary_reoffences_1y,
  CASE WHEN o.shown_1y THEN COALESCE(c.unknown_1y, 0) END AS reoffences_without_class_1y,
  CASE WHEN o.shown_1y THEN CASE WHEN f.custody_1y > 0 THEN 1 ELSE 0 END END AS custody_for_reoffending_1y,
  CASE WHEN o.shown_1y THEN COALESCE(f.custody_1y, 0) END AS custody_frequency_1y,
  CASE WHEN o.shown_1y THEN COALESCE(n.nights_1y, 0) END AS custody_nights_1y,
  CASE WHEN o.shown_1y THEN DATE_DIFF('day', o.index_date, o.ends_1y) - COALESCE(t.nights_1y, 0) END AS time_at_risk_days_1y,
  CASE WHEN o.shown_1y THEN COALESCE(l.short_1y, 0) END AS short_sentences_1y,
  CASE WHEN o.shown_1y THEN COALESCE(l.long_1y, 0) END AS long_sentences_1y,
  CASE WHEN o.shown_1y THEN COALESCE(l.unknown_length_1y, 0) END AS sentences_unknown_length_1y,
  CASE WHEN o.shown_1y AND u.days_1y > 0 THEN u.days_1y / CAST(30.4375 AS DOUBLE) END AS months_under_requirement_1y,
  CASE WHEN o.shown_1y AND u.days_1y > 0 THEN COALESCE(b.breaches_1y, 0) END AS breaches_1y,
  CASE WHEN o.shown_1y AND u.days_1y > 0 THEN COALESCE(b.breaches_1y, 0) / (u.days_1y / CAST(30.4375 AS DOUBLE)) END AS breaches_per_month_1y,
  CASE WHEN o.shown_1y AND u.days_1y > 0 THEN COALESCE(a.due_1y, 0) END AS appointments_due_1y,
  CASE WHEN o.shown_1y AND u.days_1y > 0 THEN COALESCE(a.kept_1y, 0) END AS appointments_kept_1y,
  CASE WHEN o.shown_2y THEN CASE WHEN p.frequency_2y > 0 THEN 1 ELSE 0 END END AS proven_reoffending_2y,
  CASE WHEN o.shown_2y THEN COALESCE(p.frequency_2y, 0) END AS frequency_2y,
  CASE WHEN o.shown_2y THEN p.days_to_first_2y END AS days_to_first_2y,
  CASE WHEN o.shown_2y THEN CASE WHEN e.within_2y THEN 1 ELSE 0 END END AS died_2y,
  CASE
    WHEN o.shown_2y THEN LEAST(
      COALESCE(p.days_to_first_2y, DATE_DIFF('day', o.index_date, o.ends_2y)),
      CASE WHEN e.within_2y THEN e.days ELSE DATE_DIFF('day', o.index_date, o.ends_2y) END
    )
  END AS days_free_2y,
  CASE
    WHEN NOT o.shown_2y THEN NULL
    WHEN p.days_to_first_2y IS NOT NULL AND NOT COALESCE(e.within_2y AND e.days < p.days_to_first_2y, FALSE) THEN 1
    WHEN e.within_2y THEN 2
    ELSE 0
  END AS free_ended_by_2y,
  CASE WHEN o.shown_2y THEN CASE WHEN p.charges_2y > 0 THEN 1 ELSE 0 END END AS charged_2y,
  CASE WHEN o.shown_2y THEN COALESCE(p.charges_2y, 0) END AS charges_2y,
  CASE WHEN o.shown_2y THEN CASE WHEN p.reconvictions_2y > 0 THEN 1 ELSE 0 END END AS reconvicted_2y,
  CASE WHEN o.shown_2y THEN COALESCE(s.seriousness_2y, 0) / CAST(100 AS DOUBLE) END AS seriousness_2y,
  CASE WHEN o.shown_2y THEN COALESCE(s.unweighted_2y, 0) END AS unweighted_offences_2y,
  CASE WHEN o.shown_2y THEN CASE WHEN c.first_tier_2y = 1 THEN 1 ELSE 0 END END AS first_reoffence_indictable_2y,
  CASE WHEN o.shown_2y THEN CASE WHEN c.first_tier_2y = 2 THEN 1 ELSE 0 END END AS first_reoffence_either_way_2y,
  CASE WHEN o.shown_2y THEN CASE WHEN c.first_tier_2y = 3 THEN 1 ELSE 0 END END AS first_reoffence_summary_2y,
  CASE
    WHEN o.shown_2y THEN CASE WHEN p.frequency_2y > 0 AND c.first_tier_2y IS NULL THEN 1 ELSE 0 END
  END AS first_reoffence_without_class_2y,
  CASE WHEN o.shown_2y THEN COALESCE(c.indictable_2y, 0) END AS indictable_reoffences_2y,
  CASE WHEN o.shown_2y THEN COALESCE(c.either_way_2y, 0) END AS either_way_reoffences_2y,
  CASE WHEN o.shown_2y THEN COALESCE(c.summary_2y, 0) END AS summary_reoffences_2y,
  CASE WHEN o.shown_2y THEN COALESCE(c.unknown_2y, 0) END AS reoffences_without_class_2y,
  CASE WHEN o.shown_2y THEN CASE WHEN f.custody_2y > 0 THEN 1 ELSE 0 END END AS custody_for_reoffending_2y,
  CASE WHEN o.shown_2y THEN COALESCE(f.custody_2y, 0) END AS custody_frequency_2y,
  CASE WHEN o.shown_2y THEN COALESCE(n.nights_2y, 0) END AS custody_nights_2y,
  CASE WHEN o.shown_2y THEN DATE_DIFF('day', o.index_date, o.ends_2y) - COALESCE(t.nights_2y, 0) END AS time_at_risk_days_2y,
  CASE WHEN o.shown_2y THEN COALESCE(l.short_2y, 0) END AS short_sentences_2y,
  CASE WHEN o.shown_2y THEN COALESCE(l.long_2y, 0) END AS long_sentences_2y,
  CASE WHEN o.shown_2y THEN COALESCE(l.unknown_length_2y, 0) END AS sentences_unknown_length_2y,
  CASE WHEN o.shown_2y AND u.days_2y > 0 THEN u.days_2y / CAST(30.4375 AS DOUBLE) END AS months_under_requirement_2y,
  CASE WHEN o.shown_2y AND u.days_2y > 0 THEN COALESCE(b.breaches_2y, 0) END AS breaches_2y,
  CASE WHEN o.shown_2y AND u.days_2y > 0 THEN COALESCE(b.breaches_2y, 0) / (u.days_2y / CAST(30.4375 AS DOUBLE)) END AS breaches_per_month_2y,
  CASE WHEN o.shown_2y AND u.days_2y > 0 THEN COALESCE(a.due_2y, 0) END AS appointments_due_2y,
  CASE WHEN o.shown_2y AND u.days_2y > 0 THEN COALESCE(a.kept_2y, 0) END AS appointments_kept_2y,
  CASE WHEN o.shown THEN d.needs_at_outset_accommodation END AS needs_at_outset_accommodation,
  CASE WHEN o.shown THEN d.needs_met_accommodation END AS needs_met_accommodation,
  CASE WHEN o.shown THEN d.needs_at_outset_education_training_employment END AS needs_at_outset_education_training_employment,
  CASE WHEN o.shown THEN d.needs_met_education_training_employment END AS needs_met_education_training_employment,
  CASE WHEN o.shown THEN d.needs_at_outset_health END AS needs_at_outset_health,
  CASE WHEN o.shown THEN d.needs_met_health END AS needs_met_health,
  CASE WHEN o.shown THEN d.needs_at_outset_drugs_alcohol END AS needs_at_outset_drugs_alcohol,
  CASE WHEN o.shown THEN d.needs_met_drugs_alcohol END AS needs_met_drugs_alcohol,
  CASE WHEN o.shown THEN d.needs_at_outset_finance_benefit_debt END AS needs_at_outset_finance_benefit_debt,
  CASE WHEN o.shown THEN d.needs_met_finance_benefit_debt END AS needs_met_finance_benefit_debt,
  CASE WHEN o.shown THEN d.needs_at_outset_children_families END AS needs_at_outset_children_families,
  CASE WHEN o.shown THEN d.needs_met_children_families END AS needs_met_children_families,
  CASE WHEN o.shown THEN d.needs_at_outset_attitudes_thinking_behaviour END AS needs_at_outset_attitudes_thinking_behaviour,
  CASE WHEN o.shown THEN d.needs_met_attitudes_thinking_behaviour END AS needs_met_attitudes_thinking_behaviour
FROM shown AS o
LEFT JOIN proven_reoffending AS p ON p.unit = o.unit
LEFT JOIN seriousness AS s ON s.unit = o.unit
LEFT JOIN reoffence_class AS c ON c.unit = o.unit
LEFT JOIN custody_for_reoffending AS f ON f.unit = o.unit
LEFT JOIN custody_nights AS n ON n.unit = o.unit
LEFT JOIN time_at_risk AS t ON t.unit = o.unit
LEFT JOIN sentences_by_length AS l ON l.unit = o.unit
LEFT JOIN under_requirement AS u ON u.unit = o.unit
LEFT JOIN breaches AS b ON b.unit = o.unit
LEFT JOIN appointments AS a ON a.unit = o.unit
LEFT JOIN need_by_pathway AS d ON d.unit = o.unit
LEFT JOIN death AS e ON e.unit = o.unit
ORDER BY o.unit
