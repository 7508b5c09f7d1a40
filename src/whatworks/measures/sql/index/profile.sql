-- profile: the covariates of each unit as known on its index date.
--
-- Ages are in completed years: the difference of two days written as yyyymmdd, without its last four digits. Someone
-- born on 29 February is a year older on 1 March of a common year.
-- What the conviction record would show is null for someone who cannot be linked to it, never zero. Someone without a
-- known sanction enters the risk score as at a first conviction on the index date.
WITH person_on AS (
  SELECT
    w.unit,
    w.linked_id,
    w.index_date,
    w.kind,
    w.known,
    CAST(MAX(CASE WHEN a.field = 'date_of_birth' THEN a.value END) AS DATE) AS born,
    MAX(CASE WHEN a.field = 'sex' THEN a.value END) AS sex,
    MAX(CASE WHEN a.field = 'ethnicity' THEN a.value END) AS ethnicity
  FROM measured_unit AS w
  LEFT JOIN person_attribute AS a ON a.linked_id = w.linked_id
  GROUP BY w.unit, w.linked_id, w.index_date, w.kind, w.known
),
need_on AS (
  SELECT
    unit,
    COUNT(*) FILTER (WHERE level >= 2) AS need_count,
    MAX(CASE WHEN pathway = 'accommodation' THEN level END) AS need_accommodation,
    MAX(CASE WHEN pathway = 'education_training_employment' THEN level END) AS need_education_training_employment,
    MAX(CASE WHEN pathway = 'health' THEN level END) AS need_health,
    MAX(CASE WHEN pathway = 'drugs_alcohol' THEN level END) AS need_drugs_alcohol,
    MAX(CASE WHEN pathway = 'finance_benefit_debt' THEN level END) AS need_finance_benefit_debt,
    MAX(CASE WHEN pathway = 'children_families' THEN level END) AS need_children_families,
    MAX(CASE WHEN pathway = 'attitudes_thinking_behaviour' THEN level END) AS need_attitudes_thinking_behaviour
  FROM known_need
  GROUP BY unit
),
history AS (
  SELECT
    p.unit,
    p.linked_id,
    p.index_date,
    p.born,
    p.sex,
    p.ethnicity,
    CASE WHEN p.known THEN COALESCE(o.sanctioned_on, p.index_date) END AS convicted_on,
    CASE WHEN p.known THEN LEAST(h.first_sanctioned_on, COALESCE(o.sanctioned_on, p.index_date)) END AS first_on,
    CASE WHEN p.known THEN COALESCE(h.sanctions, 0) - CASE WHEN o.is_sanction THEN 1 ELSE 0 END END
      AS previous_sanctions,
    CASE WHEN p.known THEN COALESCE(h.offences_2y, 0) END AS previous_offences_2y,
    o.offence_group AS index_offence_group,
    CASE WHEN s.unit IS NULL AND p.kind = 'caution' THEN 0 ELSE s.length_days END AS sentence_length_days
  FROM person_on AS p
  LEFT JOIN known_history AS h ON h.unit = p.unit
  LEFT JOIN index_offence AS o ON o.unit = p.unit
  LEFT JOIN index_sentence AS s ON s.unit = p.unit
),
numbered AS (
  SELECT
    unit,
    EXTRACT(YEAR FROM index_date) * 10000 + EXTRACT(MONTH FROM index_date) * 100 + EXTRACT(DAY FROM index_date) AS day_i,
    EXTRACT(YEAR FROM convicted_on) * 10000 + EXTRACT(MONTH FROM convicted_on) * 100
      + EXTRACT(DAY FROM convicted_on) AS day_c,
    EXTRACT(YEAR FROM first_on) * 10000 + EXTRACT(MONTH FROM first_on) * 100 + EXTRACT(DAY FROM first_on) AS day_f,
    EXTRACT(YEAR FROM born) * 10000 + EXTRACT(MONTH FROM born) * 100 + EXTRACT(DAY FROM born) AS day_b
  FROM history
)
SELECT
  d.unit,
  CAST(FLOOR((a.day_i - a.day_b) / CAST(10000 AS DOUBLE)) AS BIGINT) AS age,
  CAST(FLOOR((a.day_c - a.day_b) / CAST(10000 AS DOUBLE)) AS BIGINT) AS age_at_conviction,
  CAST(FLOOR((a.day_f - a.day_b) / CAST(10000 AS DOUBLE)) AS BIGINT) AS age_first_sanction,
  d.sex,
  d.ethnicity,
  d.previous_sanctions,
  d.previous_offences_2y,
  COALESCE(c.previous_stays, 0) AS previous_custody_spells,
  COALESCE(t.custodial, 0) AS custodial_sentences,
  d.index_offence_group,
  d.sentence_length_days,
  CAST(COALESCE(c.nights_2y, 0) AS BIGINT) AS nights_in_custody_before_2y,
  r.borough,
  COALESCE(b.breaches, 0) AS breaches_before,
  n.need_count,
  n.need_accommodation,
  n.need_education_training_employment,
  n.need_health,
  n.need_drugs_alcohol,
  n.need_finance_benefit_debt,
  n.need_children_families,
  n.need_attitudes_thinking_behaviour
FROM history AS d
JOIN numbered AS a ON a.unit = d.unit
LEFT JOIN known_custody AS c ON c.unit = d.unit
LEFT JOIN known_sentence AS t ON t.unit = d.unit
LEFT JOIN known_breach AS b ON b.unit = d.unit
LEFT JOIN need_on AS n ON n.unit = d.unit
LEFT JOIN residence AS r ON r.linked_id = d.linked_id AND r.on_date = d.index_date
ORDER BY d.unit
