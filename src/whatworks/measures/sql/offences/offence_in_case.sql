-- offence_in_case: offences whose reference names a case. Records of different agencies may be of one offence where
-- `case_key` is the same: person, case, day of commission, and code or group.
SELECT
  o.*,
  o.case_ref || ' ' || CAST(o.committed_from AS VARCHAR) || ' '
  || COALESCE(c.kind, o.offence_group, '(code) ' || o.offence_code, 'unknown') AS case_key
FROM offence_report AS o
LEFT JOIN same_code AS c
  ON c.linked_id = o.linked_id
  AND c.case_ref = o.case_ref
  AND c.committed_from = o.committed_from
  AND c.offence_code = o.offence_code
WHERE o.case_ref IS NOT NULL
