-- known_offence: the offences of a unit as they were known on its index date: recorded as well as dated by then.
--
-- Only records that an agency had written down by that day are merged, by the rules of offence_record, and a sanction
-- that came later is not seen. An offence of the index day itself is an outcome, not the past, unless it is the index
-- offence (sanctioned that very day by the caution or order that starts the follow-up).
WITH known AS (
  SELECT
    w.unit,
    w.index_date,
    w.starts_at_sanction,
    r.organisation_id,
    r.offence_id,
    r.case_key,
    r.case_ref,
    r.offence_code,
    CAST(r.standing AS VARCHAR) || r.offence_group AS offence_group,
    r.committed_from,
    CASE WHEN r.proving AND r.sanctioned_on <= w.index_date THEN r.sanctioned_on END AS sanctioned_on
  FROM measured_unit AS w
  JOIN offence_record AS r ON r.linked_id = w.linked_id AND r.known_on <= w.index_date AND r.committed_from <= w.index_date
),
placed AS (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY unit, organisation_id, case_key
      ORDER BY sanctioned_on NULLS LAST, offence_code, offence_id
    ) AS place
  FROM known
),
merged AS (
  SELECT
    unit,
    index_date,
    starts_at_sanction,
    case_key || ' ' || CAST(place AS VARCHAR) AS offence_key,
    MIN(case_ref) AS case_ref,
    SUBSTRING(MIN(offence_group), 2) AS offence_group,
    MIN(committed_from) AS committed_from,
    MIN(sanctioned_on) AS sanctioned_on
  FROM placed
  GROUP BY unit, index_date, starts_at_sanction, case_key, place
)
SELECT unit, index_date, offence_key, case_ref, offence_group, committed_from, sanctioned_on
FROM merged
WHERE committed_from < index_date OR (starts_at_sanction AND sanctioned_on = index_date)
