-- offence_record: every agency's record of an offence, with the person it belongs to and the key of the offence.
--
-- Records of one agency are never merged. Records of different agencies are of one offence if person and offence_key are
-- the same: by case, day and code or group (`offence_in_case`); where a reference names no case, by day and code
-- (`without_case`); with no code either, a record stands for itself. One to one, so that each count counts once.
-- doubtful: an agency holds several such records, so which of them met which cannot be told; their number can.
SELECT
  o.*,
  o.case_key || ' ' || CAST(COALESCE(r.place, 1) AS VARCHAR) AS offence_key,
  r.place IS NOT NULL AS doubtful
FROM offence_in_case AS o
LEFT JOIN repeated_count AS r ON r.organisation_id = o.organisation_id AND r.offence_id = o.offence_id
UNION ALL
SELECT
  o.*,
  COALESCE(b.case_key, '(row) ' || o.organisation_id || ' ' || o.offence_id) AS case_key,
  COALESCE(
    b.case_key || ' ' || CAST(b.place AS VARCHAR), '(row) ' || o.organisation_id || ' ' || o.offence_id
  ) AS offence_key,
  COALESCE(b.doubtful, FALSE) AS doubtful
FROM offence_report AS o
LEFT JOIN without_case AS b ON b.organisation_id = o.organisation_id AND b.offence_id = o.offence_id
WHERE o.case_ref IS NULL
