-- shared_number: which agencies' records are the same person, by the Police National Computer number that they share.
--
-- A record without a number that passed its checks stands for itself, method "unlinked", and `reason` says why.
SELECT
  source_id,
  source_line,
  organisation_id,
  person_id,
  CASE WHEN pnc IS NOT NULL THEN 'pnc:' || pnc ELSE organisation_id || ':' || person_id END AS linked_id,
  CASE WHEN pnc IS NOT NULL THEN 'shared_number' ELSE 'unlinked' END AS method,
  CAST(1 AS DOUBLE) AS probability,
  pnc_fault AS reason
FROM checked_number
