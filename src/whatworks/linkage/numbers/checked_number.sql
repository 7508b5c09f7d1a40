-- checked_number: the numbers of each agency's record of a person that can be relied on to name somebody.
--
-- They are those of `number_in_form` without those of `number_of_nobody`. `pnc_fault` says why a record has no PNC number.
SELECT
  n.organisation_id,
  n.person_id,
  CASE WHEN u.number IS NULL THEN n.pnc END AS pnc,
  CASE WHEN up.number IS NULL THEN n.prison_no END AS prison_no,
  CASE WHEN uc.number IS NULL THEN n.crn_no END AS crn_no,
  COALESCE(n.fault, u.fault) AS pnc_fault
FROM number_in_form AS n
LEFT JOIN number_of_nobody AS u ON u.kind = 'pnc' AND u.number = n.pnc
LEFT JOIN number_of_nobody AS up ON up.kind = 'prison_no' AND up.number = n.prison_no
LEFT JOIN number_of_nobody AS uc ON uc.kind = 'crn_no' AND uc.number = n.crn_no
