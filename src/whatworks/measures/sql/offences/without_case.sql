-- without_case: records whose reference names no case, met with other agencies' by person, day and code, one to one.
--
-- First with an offence that others report under a case and this agency does not; what is left with others' records
-- without a case. A record without a code stands for itself.
-- doubtful: there was a choice, of several records here or of several offences there.
WITH blank AS (
  SELECT
    linked_id,
    organisation_id,
    offence_id,
    offence_code,
    committed_from,
    ROW_NUMBER() OVER (
      PARTITION BY linked_id, organisation_id, offence_code, committed_from
      ORDER BY sanctioned_on NULLS LAST, offence_id
    ) AS place
  FROM offence_report
  WHERE case_ref IS NULL AND offence_code IS NOT NULL
),
wanting AS (
  SELECT linked_id, organisation_id, offence_code, committed_from, COUNT(*) AS records
  FROM blank
  GROUP BY linked_id, organisation_id, offence_code, committed_from
),
other AS (
  SELECT DISTINCT w.organisation_id, o.linked_id, o.offence_code, o.committed_from, o.case_key, COALESCE(r.place, 1) AS place
  FROM wanting AS w
  JOIN offence_in_case AS o
    ON o.linked_id = w.linked_id AND o.offence_code = w.offence_code AND o.committed_from = w.committed_from
  LEFT JOIN repeated_count AS r ON r.organisation_id = o.organisation_id AND r.offence_id = o.offence_id
),
own AS (
  SELECT DISTINCT o.organisation_id, o.linked_id, o.case_key, COALESCE(r.place, 1) AS place
  FROM wanting AS w
  JOIN offence_in_case AS o
    ON o.linked_id = w.linked_id AND o.organisation_id = w.organisation_id AND o.committed_from = w.committed_from
  LEFT JOIN repeated_count AS r ON r.organisation_id = o.organisation_id AND r.offence_id = o.offence_id
),
free AS (
  SELECT
    t.*,
    ROW_NUMBER() OVER (
      PARTITION BY t.linked_id, t.organisation_id, t.offence_code, t.committed_from
      ORDER BY t.case_key, t.place
    ) AS turn
  FROM other AS t
  LEFT JOIN own AS n
    ON n.organisation_id = t.organisation_id
    AND n.linked_id = t.linked_id
    AND n.case_key = t.case_key
    AND n.place = t.place
  WHERE n.case_key IS NULL
),
offered AS (
  SELECT linked_id, organisation_id, offence_code, committed_from, COUNT(*) AS offences
  FROM free
  GROUP BY linked_id, organisation_id, offence_code, committed_from
)
SELECT
  b.organisation_id,
  b.offence_id,
  COALESCE(f.case_key, '(code) ' || b.offence_code || ' ' || CAST(b.committed_from AS VARCHAR)) AS case_key,
  COALESCE(f.place, b.place - COALESCE(a.offences, 0)) AS place,
  w.records > 1 OR COALESCE(a.offences, 0) > 1 AS doubtful
FROM blank AS b
JOIN wanting AS w
  ON w.linked_id = b.linked_id
  AND w.organisation_id = b.organisation_id
  AND w.offence_code = b.offence_code
  AND w.committed_from = b.committed_from
LEFT JOIN offered AS a
  ON a.linked_id = b.linked_id
  AND a.organisation_id = b.organisation_id
  AND a.offence_code = b.offence_code
  AND a.committed_from = b.committed_from
LEFT JOIN free AS f
  ON f.linked_id = b.linked_id
  AND f.organisation_id = b.organisation_id
  AND f.offence_code = b.offence_code
  AND f.committed_from = b.committed_from
  AND f.turn = b.place
