-- unusable_reference: references that name no case: without a digit above zero ("N/A", "-", "0", blank), or standing on
-- the offences of more people than share one (`people_per_reference`), as "TBC1" or "99/9999999" do.
WITH told AS (
  SELECT TRANSLATE(UPPER(o.offence_ref), ' /-.', '') AS case_ref, i.linked_id
  FROM offence AS o
  JOIN linked_person AS i ON i.organisation_id = o.organisation_id AND i.person_id = o.person_id
  WHERE o.offence_ref IS NOT NULL
),
often AS (
  SELECT t.case_ref
  FROM told AS t
  CROSS JOIN setting AS s
  GROUP BY t.case_ref
  HAVING COUNT(*) > MAX(s.people_per_reference)
)
SELECT DISTINCT case_ref
FROM told
WHERE LENGTH(TRANSLATE(case_ref, '123456789', '')) = LENGTH(case_ref)
UNION
SELECT t.case_ref
FROM told AS t
JOIN often AS f ON f.case_ref = t.case_ref
CROSS JOIN setting AS s
GROUP BY t.case_ref
HAVING COUNT(DISTINCT t.linked_id) > MAX(s.people_per_reference)
