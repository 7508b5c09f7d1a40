-- repeated_count: records that share their case_key with another of the same agency, each with its place among them.
--
-- They are counts of one case, and stay as many offences; the first of one agency meets the first of the others, those
-- sanctioned earliest first.
WITH several AS (
  SELECT linked_id, organisation_id, case_key
  FROM offence_in_case
  GROUP BY linked_id, organisation_id, case_key
  HAVING COUNT(*) > 1
)
SELECT
  o.organisation_id,
  o.offence_id,
  ROW_NUMBER() OVER (
    PARTITION BY o.linked_id, o.organisation_id, o.case_key
    ORDER BY o.sanctioned_on NULLS LAST, o.offence_code, o.offence_id
  ) AS place
FROM offence_in_case AS o
JOIN several AS s
  ON s.linked_id = o.linked_id AND s.organisation_id = o.organisation_id AND s.case_key = o.case_key
